"""The pack that lists of schools are read for."""

import pytest

from pack.model import Pack
from tests.pack.bad_packs import accepted


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Pack]:
    return [accepted(tmp_path_factory.mktemp("pack"))]
