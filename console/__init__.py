"""What people read in a terminal: messages as text, and how far a run is."""
