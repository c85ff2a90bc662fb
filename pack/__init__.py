"""YAML in, a checked and frozen `Pack` out. Knows nothing about PDF, slides or web pages."""

__version__ = "0.1.0"

#: The rooms of the house, from the top floor down: each may import the rooms below it, never one
#: above. (`handouts`, `slides` and `website` share a floor and don't import each other; so do
#: `languages` and `editing`.)
ROOMS = (
    "console",
    "studio",
    "preview",
    "schools",
    "press",
    "preflight",
    "handouts",
    "slides",
    "website",
    "drawings",
    "languages",
    "editing",
    "pack",
)
