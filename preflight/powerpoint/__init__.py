"""A PowerPoint file as plain data, for the checks of a deck: `reading.read(data)`."""
