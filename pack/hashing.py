"""Digests, to find out whether bytes, a file or a list of texts has changed."""

import json
from hashlib import sha256
from pathlib import Path


def sha256_of_bytes(data: bytes) -> str:
    """The SHA-256 of bytes as 64 hexadecimal digits."""
    return sha256(data).hexdigest()


def sha256_of_file(file: Path) -> str:
    """The SHA-256 of a file; empty if it can't be read."""
    try:
        return sha256_of_bytes(file.read_bytes())
    except OSError:
        return ""


def short_digest(*parts: str) -> str:
    """A digest of texts: 32 hexadecimal digits, the first half of a SHA-256."""
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
