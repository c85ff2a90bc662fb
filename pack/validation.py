"""What values are checked against, and how a check reports a fault."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from pack.theme import Theme


@dataclass(frozen=True)
class Context:
    """What values are checked against: the ids in the file, its folder, the theme, the region.

    Ids are None where they can't be read, and the language is "" where it is unknown; both are
    reported already.
    """

    ids: Mapping[str, Collection[str] | None]
    folder: Path
    theme: Theme
    region: str
    language: str = ""


def fault(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("content", "{what}", {"what": what, "remedy": remedy})


def context_of(info: ValidationInfo) -> Context:
    assert isinstance(info.context, Context), "a pack is validated with its context"  # noqa: S101
    return info.context
