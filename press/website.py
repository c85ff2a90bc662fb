"""From finished artifacts to the page that families and schools download them from."""

from collections.abc import Iterable

from press.plan import Artifact
from source.model import Pack
from website.pages import Download, render


def pages(pack: Pack, finished: Iterable[tuple[Artifact, bytes, int, bytes]]) -> dict[str, bytes]:
    """What goes into the pack's output folder beside its files, by its name there.

    `finished` holds each of the pack's artifacts with its bytes, its number of pages or slides,
    and a picture of its first page, in the order in which they are shown.
    """
    return render(
        pack,
        [
            Download(one.file, one.kind, one.id, one.variant, count, data, picture)
            for one, data, count, picture in finished
        ],
    )
