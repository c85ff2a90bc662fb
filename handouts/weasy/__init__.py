"""Every use of WeasyPrint. Much of it relies on undocumented details.

- `pdf.py`: from a filled-in template to a PDF; it calls the others
- `native_libraries.py`: imports WeasyPrint, even if a system library may be missing
- `url_fetcher.py`: which files WeasyPrint may load
- `log.py`: problems that WeasyPrint only logs
- `boxes.py`: where text is in a layout, and which text has no room
- `copyfit.py`: how loosely a sheet can be set
- `glyph_numbers.py`: lists of glyphs of all lengths with one type
- `kept_lines.py`: breaks each line of text once
- `vertical_justification.py`: moves the parts of a sheet apart
- `grayscale.py`: a layout and its PDF in black ink
- `svg_text.py`: draws text in SVG line by line
- `svg_logo.py`: an SVG logo as a PDF page, without a layout
- `pdfua.py`: what PDF/UA-1 requires and WeasyPrint leaves out

After an upgrade of WeasyPrint, run `tests/handouts/weasy`. Each contract test that fails ends with
a sentence: what has changed, and which of these modules must be adapted, or which part of it is no
longer needed. Then compare sheets made with both releases.
"""
