"""What WeasyPrint may load: files below given folders, nothing from the network, ever."""

import mimetypes
from base64 import b64decode
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from source import svg


class FolderFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    def __init__(self, folders: Iterable[Path]) -> None:
        super().__init__(allowed_protocols=("file",))
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Raises `ValueError`, which WeasyPrint logs and we report, for anything else."""
        if start := svg.PICTURE.match(url):
            data = b64decode(unquote(url[start.end() :]))
            return URLFetcherResponse(url, data, {"Content-Type": start[1]})
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc:
            raise ValueError(f"only files are loaded, not {url}")
        path = Path(url2pathname(parts.path)).resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise ValueError(f"{path} lies outside the pack and the templates")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
