"""The studio: staff edit a pack in the browser, and see its sheets and slides while they type."""
