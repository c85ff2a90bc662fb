"""The run: which artifacts, made by which worker, checked, and published whole or not at all."""
