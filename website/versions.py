"""The same page in other languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from languages.tags import own_name
from pack.model import Pack
from pack.scripts import script_of


@dataclass(frozen=True)
class PageVersion:
    """A page in another language: its tag, its own name, and its folder as a relative address.

    `direction` is "ltr" or "rtl"; the folder is empty, or ends in "/".
    """

    language: str
    name: str
    direction: str
    folder: str


def versions(pack: Pack, languages: Sequence[str], *, above: str = "") -> list[PageVersion]:
    """The links of a pack's page to all others; the content's own language is the first.

    That one is in the pack's folder, the others are in folders below. `above` is where the pack's
    folder is for a page outside.
    """
    own = pack.about.language
    root = above or ("../" if own != languages[0] else "") if languages else ""
    return [
        PageVersion(
            tag,
            own_name(tag),
            script_of(tag).direction,
            f"{root}{'' if tag == languages[0] else f'{tag}/'}",
        )
        for tag in languages
        if tag != own
    ]
