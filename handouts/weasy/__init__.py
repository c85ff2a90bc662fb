"""Every use of WeasyPrint. Much of it relies upon what WeasyPrint does not document.

- `pdf.py`: from a filled template to a PDF; it calls the others
- `native_libraries.py`: the import of WeasyPrint, where a system library may be missing
- `url_fetcher.py`: which files WeasyPrint may load
- `log.py`: what WeasyPrint finds wrong and only logs
- `boxes.py`: where text stands in a layout, and what has no room there
- `copyfit.py`: how loosely a sheet can be set
- `vertical_justification.py`: parts of a sheet are moved apart
- `grayscale.py`: a layout and its PDF in black ink
- `svg_text.py`: text in SVG, drawn line by line
- `svg_logo.py`: an SVG logo as a PDF page, without a layout
- `pdfua.py`: what PDF/UA-1 asks for and WeasyPrint leaves out

With a new release of WeasyPrint, run `tests/handouts/weasy`. Each test of a contract that fails
ends with a sentence: what has changed, and which of these modules must follow, or what of it can be
dropped. Then compare sheets made with both releases.
"""
