"""Bitmaps that attack, as logos: `python -m tests.fuzz.pictures --seed 1 --count 300`.

Large ones are gray: on Linux, the memory that a process has had before counts as its child's, too.
"""

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from PIL import Image

from tests.conftest import WATER
from tests.fuzz.runner import Kind, main

_SIZES = ((400, 400), (1, 60_000), (7000, 7000), (65_000, 760), (16_000, 1500), (400, 400))
_ENDINGS = ("png", "jpg", "gif", "webp", "bmp", "tif")


def _make(random: Random, folder: Path) -> Sequence[object]:
    name = f"logo.{random.choice(_ENDINGS)}"
    (folder / name).write_bytes(picture(random))
    file = folder / "schools.csv"
    file.write_text(f"name,logo\nOak School,{name}\nElm School,\n")
    return "schools", "--contact", "Office", "--check", file, WATER


def picture(random: Random) -> bytes:
    """A bitmap that swells, lies or is damaged."""
    kinds: list[Callable[[Random], bytes]] = [_png, _png, _jpeg, _gif, _other]
    data = random.choice(kinds)(random)
    for _ in range(random.choice([0, 0, 1, 5])):
        at = random.randrange(min(len(data), random.choice([60, 10**9])))
        match random.randrange(4):
            case 0:
                data = data[:at] + random.randbytes(4) + data[at + 4 :]
            case 1:
                data = data[:at] + b"\xff" * 4 + data[at + 4 :]
            case 2:
                data = data[: at + 20]
            case _:
                data = data[:at] + data[at : at + 50] * 99 + data[at:]
    return data


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(random: Random) -> bytes:
    bits, color, channels = random.choice(
        [(1, 0, 1), (8, 0, 1), (16, 0, 1), (8, 2, 3), (16, 2, 3), (8, 3, 1), (8, 4, 2), (8, 6, 4)]
    )
    width, height = random.choice([*_SIZES, (50_000, 50_000), (2**31 - 1, 1), (0, 0)])
    told = min(height, random.choice([height, 9]))  # rows that are really there
    packer = zlib.compressobj(1)
    row = bytes(min((width * bits * channels + 7) // 8 + 1, 300_000))
    rows = b"".join(packer.compress(row) for _ in range(min(told, 8000))) + packer.flush()
    swollen = zlib.compress(bytes(random.choice([100, 80_000_000])))
    extra = random.choice(
        [
            *(b"", b"", _chunk(b"tRNS", bytes(6)), _chunk(b"zTXt", b"k\0\0" + swollen)),
            *(_chunk(b"iCCP", b"k\0\0" + swollen), _chunk(b"tEXt", b"k\0") * 100_000),
            *(_chunk(b"acTL", struct.pack(">II", 2**31, 0)), _chunk(b"eXIf", random.randbytes(99))),
            *(_chunk(b"iTXt", b"k\0\1\0\0\0" + swollen), _chunk(b"PLTE", bytes(7))),
        ]
    )
    header = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, random.choice([0, 0, 1]))
    palette = _chunk(b"PLTE", bytes(768)) if color == 3 else b""
    end = _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + palette + extra + end


def _jpeg(random: Random) -> bytes:
    size = random.choice(_SIZES)
    mode = random.choice(["L", "RGB", "CMYK"]) if size == (400, 400) else "L"
    out = io.BytesIO()
    Image.new(mode, size).save(
        out, "JPEG", progressive=random.random() < 0.5,
        exif=b"Exif\0\0" + random.choice([b"", random.randbytes(200), b"MM\0*\0\0\0\x08\xff\xff"]),
        icc_profile=random.choice([None, random.randbytes(100_000)]),
    )  # fmt: skip
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * random.choice([0, 5, 400]) + whole[-2:]


def _gif(random: Random) -> bytes:
    out = io.BytesIO()
    Image.new("P", random.choice(_SIZES[:3])).save(out, "GIF")
    whole = out.getvalue()
    start = whole.index(b",")
    comment = b"!\xfe" + (b"\xff" + b"a" * 255) * random.choice([0, 20_000]) + b"\0"
    frames = whole[start:-1] * (1 if len(whole) > 20_000 else random.choice([1, 10_000]))
    return whole[:start] + comment + frames + b";"


def _other(random: Random) -> bytes:
    kind = random.choice(["WEBP", "BMP", "TIFF", "ICO", "PPM"])
    size = (400, 400) if kind == "ICO" else random.choice([_SIZES[0], (5000, 4000), (7000, 5000)])
    out = io.BytesIO()
    first = Image.new("RGB" if size == (400, 400) else "L", size)
    if kind in ("WEBP", "TIFF") and size == (400, 400):
        first.save(out, kind, save_all=True, append_images=[first.copy() for _ in range(20)])
    else:
        first.save(out, kind)
    return out.getvalue()


KIND = Kind("pictures", _make)

if __name__ == "__main__":
    main(KIND)
