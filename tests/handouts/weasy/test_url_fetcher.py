"""Nothing is loaded from the network, and no file from outside the pack and the templates."""

from pathlib import Path

import pytest

from handouts.weasy.url_fetcher import FolderFetcher


@pytest.fixture
def fetcher(tmp_path: Path) -> FolderFetcher:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "picture.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "pack" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return FolderFetcher([tmp_path / "pack"])


def test_a_file_of_the_pack_is_loaded(fetcher: FolderFetcher, tmp_path: Path) -> None:
    response = fetcher.fetch((tmp_path / "pack" / "picture.svg").as_uri())
    assert response.read() == b"<svg/>"
    assert response.content_type == "image/svg+xml"


def test_a_picture_embedded_in_a_drawing_is_loaded(fetcher: FolderFetcher) -> None:
    response = fetcher.fetch("data:image/png;base64,aGlkZGVu%2B%2F8%3D")
    assert response.read() == b"hidden\xfb\xff"
    assert response.content_type == "image/png"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/picture.png",
        "http://127.0.0.1/picture.png",
        "ftp://example.org/picture.png",
        "data:image/svg+xml,<svg/>",
        "data:text/css;base64,Kg==",
        "file://server/share/picture.png",
        "file:///etc/passwd",
    ],
)
def test_another_address_is_refused(fetcher: FolderFetcher, address: str) -> None:
    with pytest.raises(ValueError, match=r"only files can be loaded|is outside"):
        fetcher.fetch(address)


@pytest.mark.parametrize("name", ["../secret.txt", "link.txt", "%2e%2e/secret.txt"])
def test_a_way_out_of_the_folder_is_refused(
    fetcher: FolderFetcher, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ValueError, match="is outside"):
        fetcher.fetch(f"{(tmp_path / 'pack').as_uri()}/{name}")
