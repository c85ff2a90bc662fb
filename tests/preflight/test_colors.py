"""Colors as people see them, in whatever way a PowerPoint file specifies them."""

import pytest
from lxml import etree

from preflight.powerpoint.colors import color_of, contrast

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize(
    ("xml", "color"),
    [
        ('<a:srgbClr val="12262D"/>', "#12262d"),
        ('<a:schemeClr val="tx1"/>', "#000000"),
        ('<a:sysClr val="windowText" lastClr="1A1A1A"/>', "#1a1a1a"),
        ('<a:prstClr val="dkBlue"/>', "#00008b"),
        # As PowerPoint draws the subtitle of its template of 2007.
        ('<a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr>', "#898989"),
        # Its palette's “Black, Text 1, Lighter 50%” and “White, Background 1, Darker 25%”.
        (
            '<a:schemeClr val="tx1"><a:lumMod val="50000"/><a:lumOff val="50000"/></a:schemeClr>',
            "#808080",
        ),
        ('<a:schemeClr val="bg1"><a:lumMod val="75000"/></a:schemeClr>', "#bfbfbf"),
    ],
)
def test_a_color_is_what_powerpoint_draws(xml: str, color: str) -> None:
    assert color_of(_element(xml), {"tx1": "#000000", "bg1": "#ffffff"}) == color


@pytest.mark.parametrize(
    "xml",
    [
        '<a:schemeClr val="phClr"/>',
        '<a:srgbClr val="12262D"><a:alpha val="40000"/></a:srgbClr>',
        '<a:hslClr hue="0" sat="0" lum="0"/>',
    ],
)
def test_an_unknown_color_is_empty(xml: str) -> None:
    assert color_of(_element(xml), {}) == ""


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    # The lightest gray that is said to reach 4.5 to 1 on white.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")


def _element(xml: str) -> etree._Element:
    return etree.fromstring(f'<a:x xmlns:a="{_SPACE}">{xml}</a:x>')[0]
