"""A PowerPoint file as plain data, for checking a deck: `reader.read(data)`."""
