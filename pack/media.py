"""Checks of the pictures and videos that a content file names: their place and their format."""

from pathlib import Path

from pydantic import ValidationInfo

from pack import raster
from pack.office_files import TEMPLATE, ArchiveError, check_office_file
from pack.pictures import MAX_BITMAP, PictureError, check_bitmap, is_svg, read_whole
from pack.svg_sanitizer import read_svg
from pack.validation import context_of, fault


def inside(value: str, info: ValidationInfo, what: str) -> Path:
    """The file that a value names, which must be inside the pack's folder."""
    folder = context_of(info).folder
    try:
        path = (folder / value).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        raise fault(
            f"there is no {what} “{value}”",
            f"Check its name, and put the file into {folder.resolve()}.",
        ) from None
    if Path(value).is_absolute() or not path.is_relative_to(folder.resolve()):
        raise fault(
            f"the {what} “{value}” is outside the content folder",
            f"Copy it into {folder.resolve()} and write its path from there, like images/logo.png.",
        )
    return path


def movie(value: str, info: ValidationInfo) -> str:
    path = inside(value, info, "video")
    try:
        with path.open("rb") as stream:
            kind = stream.read(12)[4:8]
    except OSError:
        kind = b""
    # ISO/IEC 14496-12, 4.3: files of this family start with a box of this type.
    if kind != b"ftyp":
        raise fault(f"“{value}” is not an MP4 video", "Save the video as MP4 (H.264).")
    return value


def presentation(value: str, info: ValidationInfo) -> str:
    path = inside(value, info, "PowerPoint file")
    try:
        types = check_office_file(path, TEMPLATE)
    except ArchiveError as error:
        what, remedy = error.fault
        raise fault(f"“{value}” can't be used as a template: {what}", remedy) from None
    except OSError:
        raise fault(f"“{value}” can't be opened", "Check that you may read it.") from None
    if not any("presentationml" in one for one in types):
        raise fault(
            f"“{value}” is not a PowerPoint file (.pptx or .potx), or it has a password",
            "Open it in PowerPoint, and save it as “PowerPoint Presentation” without a password.",
        )
    return value


def picture(value: str, info: ValidationInfo) -> str:
    path = inside(value, info, "picture")
    try:
        if is_svg(path):
            raster.shown(read_svg(path))
        else:
            check_bitmap(read_whole(path, MAX_BITMAP))
    except PictureError as error:
        raise fault(*error.fault) from None
    return value
