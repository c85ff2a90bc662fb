"""A pack's deck for a parent night: a PowerPoint file, editable, searchable and accessible."""
