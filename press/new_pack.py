"""Create a content file for a new topic."""

import re
from pathlib import Path

from pack.errors import NameTaken, output_errors
from pack.json_schema import json_schema
from pack.theme import TEMPLATES


def start_pack(name: str, folder: Path) -> Path:
    """Write `NAME.yaml`, and the schema for editors, to a folder.

    Raises `NameTaken` if the file already exists or the name is invalid, and `OutputError` if the
    folder can't be written to.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise NameTaken(
            f"“{name}” can't be the name of a pack. Use lowercase letters, digits and single "
            "hyphens, as in water-safety."
        )
    file = folder / f"{name}.yaml"
    if file.exists():
        raise NameTaken(f"{file} already exists. Choose another name.")
    title = name.replace("-", " ").capitalize()
    text = (TEMPLATES / "starter.yaml").read_text("utf-8").replace("TITLE", title)
    with output_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "content.schema.json").write_text(json_schema(), "utf-8")
        file.write_text(text, "utf-8")
    return file
