"""YAML in, checked and frozen `Pack` out. Knows nothing of PDF, slides or web pages."""

__version__ = "0.1.0"
