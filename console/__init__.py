"""What people read in a terminal: messages, progress, and the command “translate”."""
