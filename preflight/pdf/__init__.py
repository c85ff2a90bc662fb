"""Preflight of PDF files: their internal structure, and their pages as people see them."""
