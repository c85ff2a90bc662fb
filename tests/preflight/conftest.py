"""What tests of links share."""

from collections.abc import Iterator

import pytest

from tests.preflight.sites import Site, open_site


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the network that the tests run in can't reach this computer's websites."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "*")


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site
