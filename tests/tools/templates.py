"""PowerPoint templates for tests."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pptx import Presentation


def change_parts(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change the parts of a PowerPoint file in place."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file


def template(
    folder: Path, change: Callable[[Any], None] = lambda presentation: None, face: str = "Arial"
) -> Path:
    """The library's own template, changed, in a typeface: its own one is not on every machine."""
    presentation: Any = Presentation()
    change(presentation)
    file = folder / "district.pptx"
    presentation.save(str(file))

    def set_face(parts: dict[str, bytes]) -> None:
        theme = parts["ppt/theme/theme1.xml"]
        parts["ppt/theme/theme1.xml"] = theme.replace(b"Calibri", face.encode())

    return change_parts(file, set_face)
