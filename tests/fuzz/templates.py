"""PowerPoint templates that attack: `python -m tests.fuzz.templates --seed 1 --count 300`."""

import io
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pptx import Presentation

from pack.theme import TEMPLATES
from tests.conftest import CONTENT
from tests.fuzz.mutate import of_archive
from tests.fuzz.runner import Kind, main


@cache
def _bases() -> tuple[dict[str, bytes], ...]:
    """Good templates: the library's own with a slide, and ours."""
    presentation: Any = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Theirs"
    saved = io.BytesIO()
    presentation.save(saved)
    ours = (TEMPLATES / "slides" / "theme.pptx").read_bytes()
    return tuple(_parts(data) for data in (saved.getvalue(), ours))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _make(random: Random, folder: Path) -> Sequence[object]:
    file = folder / "district.pptx"
    base = dict(random.choice(_bases()))
    # Most of what matters is in the layouts, the master and the theme.
    file.write_bytes(of_archive(random, base))
    return "template", "--check", file, CONTENT


KIND = Kind("templates", _make)

if __name__ == "__main__":
    main(KIND)
