"""A pack and its finished files as a page from which families and schools download them."""
