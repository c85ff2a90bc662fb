"""veraPDF for tests, which are skipped if it is not installed; in CI, that is a failure."""

from collections.abc import Sequence
from pathlib import Path

from pack.errors import MissingLibrary
from preflight import verapdf
from tests.conftest import missing


def failures(files: Sequence[Path]) -> dict[Path, list[str]]:
    """What `preflight.verapdf.failures` finds."""
    try:
        return verapdf.failures(files)
    except MissingLibrary:
        missing("veraPDF (default-jre-headless, libjaxb-java)")
        raise
