"""A pack's texts in other languages: what is to be translated, translations, checks, reviews.

Knows files as bytes; who calls it reads and writes them. Knows nothing about PDF, slides or pages.
"""
