"""Draws SVG pictures with resvg in a process of its own, which may fail without harm.

`pack/raster.py` starts this file as a program. It takes requests from its standard input and writes
pictures to its standard output, each as four bytes for the length and then the data. A request is a
line of JSON (the most seconds of a processor, and the arguments of `svg_to_bytes`), and the SVG
picture after it. An answer of no bytes means that the picture can't be
drawn.
"""

import json
import math
import os
import struct
import sys
from contextlib import suppress

#: The most memory of this process, in bytes.
_MEMORY = 400_000_000

SIZE = struct.Struct(">I")


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # Windows has no limits, macOS not all
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _limit_time(seconds: int) -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        used = os.times()
        end = math.ceil(used.user + used.system) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _draw(request: bytes) -> bytes:
    import resvg_py

    arguments, _, svg = request.partition(b"\n")
    seconds, arguments = json.loads(arguments)
    _limit_time(seconds)
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), **arguments))
    except BaseException:  # "panics" of resvg's language are not even an `Exception`
        return b""


def main() -> None:
    _limit_memory()
    while header := sys.stdin.buffer.read(SIZE.size):
        answer = _draw(sys.stdin.buffer.read(*SIZE.unpack(header)))
        sys.stdout.buffer.write(SIZE.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
