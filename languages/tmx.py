"""Translation memories (TMX 1.4b), which other translators' programs can search."""

from collections.abc import Iterable

from languages.catalog import Translation, TranslationState
from pack import __version__


def write_tmx(entries: Iterable[Translation], source: str, target: str) -> bytes:
    """The current translations as a memory; `source` and `target` are the tags of the languages."""
    from lxml import etree

    language = "{http://www.w3.org/XML/1998/namespace}lang"
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "handout-press",
            "creationtoolversion": __version__,
            "segtype": "block",
            "o-tmf": "PO",
            "adminlang": "en",
            "srclang": source,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for entry in entries:
        if entry.state is not TranslationState.CURRENT:
            continue
        unit = etree.SubElement(body, "tu")
        etree.SubElement(unit, "prop", type="x-context").text = entry.context
        for tag, text in ((source, entry.source), (target, entry.target)):
            variant = etree.SubElement(unit, "tuv", {language: tag})
            etree.SubElement(variant, "seg").text = _without_controls(text)
    return bytes(
        etree.tostring(
            root,
            xml_declaration=True,
            encoding="UTF-8",
            pretty_print=True,
            doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        )
    )


def _without_controls(text: str) -> str:
    """A text without what XML can't have (XML 1.0, 2.2)."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)
