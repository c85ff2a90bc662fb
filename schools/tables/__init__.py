"""Tables in Excel, CSV or YAML files: row by row, as text by column."""
