"""Drawings as plain data, without any renderer: pictograms, figures, and how they are arranged."""
