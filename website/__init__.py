"""Pack and finished files → the page from which families and schools download them."""
