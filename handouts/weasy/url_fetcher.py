"""What WeasyPrint may load: files below given folders, and never anything from the network.

Relies on WeasyPrint asking its fetcher for everything, and on its logging what the fetcher refuses.
"""

import mimetypes
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from pack import svg_cost

#: A drawing of ours inside a style sheet.
_DRAWING = re.compile("data:(image/svg[+]xml);base64,")

#: The data of a file, and its media type.
Loaded = tuple[bytes, str]


class FolderFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Loads files below folders; for the files in `instead`, it calls what is given there."""

    def __init__(
        self, folders: Iterable[Path], instead: Mapping[Path, Callable[[], Loaded]] | None = None
    ):
        super().__init__(allowed_protocols=("file",))
        self._folders = tuple(folder.resolve() for folder in folders)
        self._instead = instead or {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Load a file. Raises `ValueError` for anything else: WeasyPrint logs it, we report it."""
        if start := svg_cost.PICTURE.match(url) or _DRAWING.match(url):
            data = b64decode(unquote(url[start.end() :]))
            return URLFetcherResponse(url, data, {"Content-Type": start[1]})
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc:
            raise ValueError(f"only files can be loaded, not {url}")
        path = Path(url2pathname(parts.path)).resolve()
        if path in self._instead:
            data, kind = self._instead[path]()
            # Not under a file's address: WeasyPrint would read pictures from there again.
            return URLFetcherResponse(f"instead-of:{url}", data, {"Content-Type": kind})
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise ValueError(f"{path} is outside the folders of the pack and the templates")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
