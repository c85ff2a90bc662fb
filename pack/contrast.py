"""Luminance and contrast of sRGB colors (WCAG 2.2, relative luminance and contrast ratio).

The curve's threshold is 0.04045, as in IEC 61966-2-1. WCAG had 0.03928 before May 2021; no 8-bit
value lies between the two.
"""

#: The shares of red, green and blue in a color's luminance.
WEIGHTS = (0.2126, 0.7152, 0.0722)


def linear(part: float) -> float:
    """The linear light of a channel value; both range from 0 to 1."""
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


#: The same for values from 0 to 255, precomputed because checks look up many colors.
_LIGHT = tuple(linear(value / 255) for value in range(256))


def luminance(color: tuple[int, int, int]) -> float:
    """The relative luminance of a color with channels from 0 to 255: 0 for black, 1 for white."""
    red, green, blue = (_LIGHT[value] for value in color)
    return WEIGHTS[0] * red + WEIGHTS[1] * green + WEIGHTS[2] * blue


def ratio(one: float, other: float) -> float:
    """The contrast ratio of two luminances, from 1 to 21."""
    dark, light = sorted((one, other))
    return (light + 0.05) / (dark + 0.05)
