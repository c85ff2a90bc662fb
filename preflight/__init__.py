"""Is each artifact fit for the people who get it? Checked on its bytes, in every build."""
