"""veraPDF, for tests: skipped where it is not installed, a failure in CI."""

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
