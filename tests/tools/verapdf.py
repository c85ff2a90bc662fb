"""veraPDF, for tests: skipped where it is not installed, a failure in CI."""

from collections.abc import Sequence
from pathlib import Path

from press.errors import MissingLibrary
from press.preflight import verapdf
from tests.conftest import missing


def failures(files: Sequence[Path]) -> dict[Path, list[str]]:
    """What `press.preflight.verapdf.failures` finds."""
    try:
        return verapdf.failures(files)
    except MissingLibrary:
        missing("veraPDF (default-jre-headless, libjaxb-java)")
        raise
