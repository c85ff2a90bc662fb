"""Changes of a content file's text: what was not changed stays as it is, byte for byte.

Knows files as bytes. Knows nothing about what a pack means, nor about pages in a browser.
"""
