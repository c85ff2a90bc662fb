"""Pictures of first pages without a school, which all schools share."""

import io
import json
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from PIL import Image

from pack.artifacts import Artifact, thumbnail_name
from pack.hashing import sha256_of_file
from press.builders import PackBuilders
from press.manifest import read_manifest
from press.publish import replace_files
from schools.bases import BaseSet, lay_out
from schools.download_pages import every_artifact
from schools.specimen import blank_fields
from schools.stamp import pdf, xobjects
from schools.stamp.errors import DoesNotFit

#: The file beside the pictures that records what they were made from.
_RECORDS = "pictures.json"


def pictured(builders: PackBuilders, offered: Collection[str]) -> list[Artifact]:
    """The artifacts whose first pages are shown for the offered files: first editions."""
    ids = {one.id for one in every_artifact(builders) if one.file in offered}
    plain = {one.id: one for one in reversed(builders.plan()) if one.id in ids}
    return [one for one in plain.values() if builders.of(one).has_thumbnail]


def draw(base_set: BaseSet, artifact: Artifact) -> tuple[str, bytes]:
    """A picture of an artifact's first page without a school, and its name."""
    pack = base_set.packs[artifact.pack]
    builders = PackBuilders(pack.for_school(None), base_set.deck_template)
    data = _without_school(base_set, artifact)
    if not data and artifact.format == "pdf":
        data = lay_out(builders, (artifact,))[artifact.file].data
    return thumbnail_name(artifact), builders.of(artifact).thumbnail(artifact, data)


def _without_school(base_set: BaseSet, artifact: Artifact) -> bytes:
    """A file without a school, from a base, which is faster than a layout; empty if impossible."""
    wanted = (artifact.pack, artifact.file)
    own = [one for key, one in sorted(base_set.bases.items(), key=repr) if key[:2] == wanted]
    base = own[0] if own else None
    if not isinstance(base, pdf.Base):
        return b""
    blank = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(blank, "PNG")
    try:
        fields = blank_fields(base_set.packs[artifact.pack], base.specimen)
        return pdf.stamp(base, fields, xobjects.raster(blank.getvalue()))
    except DoesNotFit:
        return b""


def drawn_before(
    assets: Path, own: Path, wanted: Mapping[Artifact, str]
) -> Iterator[tuple[str, bytes]]:
    """The pictures from earlier builds: in a folder of what schools share, or in the pack's `own`.

    `wanted` has the fingerprint that each artifact must have had.
    """
    manifest, records = read_manifest(own), _records(assets)
    for artifact, fingerprint in wanted.items():
        name, entry = thumbnail_name(artifact), manifest.entries.get(artifact.file)
        before = entry.fingerprint if entry and entry.pictured else ""
        for root, *drawn in (
            (assets, *records.get(name, ("", ""))),
            (own, before, manifest.others.get(name, "")),
        ):
            if drawn[0] == fingerprint and drawn[1] == sha256_of_file(root / name):
                yield name, (root / name).read_bytes()
                break


def keep(assets: Path, shared: Mapping[str, bytes], wanted: Mapping[Artifact, str]) -> None:
    """Write the files that schools share: one file each, to which each school's folder links.

    Existing files with the same content are not written again. Raises `OutputError`.
    """
    digests = {name: sha256(data).hexdigest() for name, data in shared.items()}
    fresh = {
        name: shared[name] for name, one in digests.items() if sha256_of_file(assets / name) != one
    }
    drawn = {
        thumbnail_name(artifact): (fingerprint, digests[thumbnail_name(artifact)])
        for artifact, fingerprint in wanted.items()
    }
    text = json.dumps({**_records(assets), **drawn}, indent=1)
    replace_files(assets, {**fresh, _RECORDS: text.encode()})


def _records(assets: Path) -> dict[str, tuple[str, str]]:
    """The fingerprint and the digest of each stored picture, by name."""
    try:
        found = json.loads((assets / _RECORDS).read_text("utf-8"))
        return {str(name): (str(fp), str(digest)) for name, (fp, digest) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
