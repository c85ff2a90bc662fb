"""Is each artifact fit for the people who get it? Every build checks the finished files."""
