"""What people read in a terminal: messages and progress."""
