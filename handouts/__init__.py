"""A pack's handouts as PDF tip sheets: Jinja2 to HTML, WeasyPrint to tagged PDF."""
