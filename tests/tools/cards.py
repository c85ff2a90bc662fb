"""What a download page says about the files that it offers."""

from lxml import etree


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def listed(page: etree._Element) -> list[str]:
    """The files that a page offers, in its order."""
    return [str(link) for link in page.xpath("//*[@class='files']//a/@href")]


def card_of(page: etree._Element, file: str) -> str:
    """The words around the link to a file: those of its card, or of its line in a list."""
    (link,) = page.xpath("//*[@class='files']//a[@href=$file]", file=file)
    around = "ancestor::*[self::li or self::section][1]"
    return words(link.xpath(around)[0])
