"""Fixtures for tests of links."""

from collections.abc import Iterator

import pytest

from tests.preflight.sites import Site, open_site


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bypass any proxy: it can't reach the websites on this computer."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "*")


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site
