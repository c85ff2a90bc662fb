"""Every use of WeasyPrint's inside. Whatever a new release of it changes, it is mended here.

`tests/handouts/weasy/` holds each of these seams to a contract.
"""
