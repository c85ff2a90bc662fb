"""Preflight of PDF files: as they are built, and as they are seen."""
