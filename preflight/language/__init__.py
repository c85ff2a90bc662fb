"""Is the language fit for the people who read it? Safe, plain and correctly spelled."""
