"""From finished artifacts to the page that families and schools download them from."""

from collections.abc import Iterable
from pathlib import Path

from press.pictures import first_page, first_slide
from press.plan import Artifact
from source.model import Pack
from website.pages import Download, render


def pages(
    pack: Pack, made: Iterable[tuple[Artifact, bytes, int]], deck_template: Path | None = None
) -> list[tuple[str, bytes]]:
    """What goes into the pack's output folder beside its files: names there, and bytes.

    `made` holds each of the pack's artifacts with its bytes and its number of pages or slides,
    in the order in which they are shown; `deck_template` is what the deck was built on.
    """
    files: list[Download] = []
    for artifact, data, count in made:
        shown = {one.id for one in files}
        if artifact.id in shown:
            picture = b""  # another edition: one picture for all of them
        elif artifact.kind == "deck":
            picture = first_slide(pack, deck_template)
        else:
            picture = first_page(data)
        files.append(
            Download(
                artifact.file, artifact.kind, artifact.id, artifact.variant, count, data, picture
            )
        )
    return sorted(render(pack, files).items())
