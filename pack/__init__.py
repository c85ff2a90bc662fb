"""YAML in, checked and frozen `Pack` out. Knows nothing of PDF, slides or web pages."""

__version__ = "0.1.0"

#: The rooms of the house, from the top floor down: each may use those below it and none above.
#: (`handouts`, `slides` and `website` share a floor: none knows another.)
ROOMS = (
    "console",
    "preview",
    "schools",
    "press",
    "preflight",
    "handouts",
    "slides",
    "website",
    "pack",
)
