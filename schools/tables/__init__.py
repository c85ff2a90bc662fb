"""Tables that people keep in Excel, as CSV or in YAML: row by row, as text by column."""
