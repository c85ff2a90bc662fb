"""SVG pictures as PNG, drawn by resvg in a process that may fail: pictures come from strangers."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock, Timer

from pack import resvg_process
from pack.pictures import PictureError
from pack.resvg_process import SIZE
from pack.svg_sanitizer import CleanSvg

#: The largest width and height in pixels of a picture drawn for a page or a slide.
_SHOWN = (1280, 1280)

#: The most seconds of a processor for a picture from outside, and for our own, which may show one.
_FOREIGN, _OWN = 5, 20

#: The most seconds by the clock: machines may be busy, and Windows limits no others.
_BY_THE_CLOCK = 60


class _Resvg:
    """The process that draws for this one. It starts with the first picture and ends with us.

    If a picture ends it, the next picture starts another one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, request: bytes) -> bytes | None:
        """The answer to a request, as `pack/resvg_process.py` says; None if the process ended."""
        with self._lock:
            process = self._process = self._process or _started()
            late = Timer(_BY_THE_CLOCK, process.kill)
            late.daemon = True
            late.start()
            answer = None
            try:
                answer = _asked(process, request)
            finally:
                late.cancel()
                if answer is None:  # after Ctrl-C, too: the answer would be taken for the next one
                    self._process = None
                    process.kill()
                    process.communicate()
            return answer


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 (this Python, and a file of ours)
        # -P: otherwise Python would take the modules next to that file for its own.
        [sys.executable, "-P", resvg_process.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0 if os.name == "posix" else None,  # Ctrl-C must not reach it
    )


def _asked(process: "subprocess.Popen[bytes]", request: bytes) -> bytes | None:
    if not (process.stdin and process.stdout):  # never: both are pipes
        return None
    try:
        process.stdin.write(SIZE.pack(len(request)) + request)
        process.stdin.flush()
        header = process.stdout.read(SIZE.size)
        if len(header) < SIZE.size:
            return None
        (length,) = SIZE.unpack(header)
        answer = process.stdout.read(length)
    except OSError:
        return None
    return answer if len(answer) == length else None


_resvg = _Resvg()


def _after_fork() -> None:
    global _resvg
    _resvg = _Resvg()  # two processes can't share one


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def draw(
    svg: str,
    width: int,
    height: int | None = None,
    fonts: Sequence[str] = (),
    seconds: int = _OWN,
) -> bytes:
    """An SVG picture as PNG. Raises `PictureError` if it can't be drawn, or not in this time.

    `fonts` are the font files for its text; the fonts of this machine are not used.
    """
    arguments = {
        "width": width,
        "height": height,
        "font_files": list(fonts),
        "skip_system_fonts": True,
        "dpi": 96,  # as in CSS: without it, lengths in millimeters are not drawn
    }
    answer = _resvg.draw(json.dumps([seconds, arguments]).encode() + b"\n" + svg.encode())
    if answer is None:
        raise PictureError(
            "this SVG takes too much time or memory to draw",
            "Save the picture as PNG, 1000 pixels wide.",
        )
    if not answer:
        raise PictureError(
            "this SVG can't be drawn", "Save it again as plain SVG, or use a PNG file."
        )
    return answer


def draw_within(svg: CleanSvg, width: int, height: int) -> bytes:
    """An SVG picture from outside as PNG, as large as fits. Raises `PictureError` as `draw`."""
    scale = min(width / svg.width, height / svg.height)
    wide, high = (max(round(side * scale), 1) for side in (svg.width, svg.height))
    # No fonts: text would depend on this machine's, so SVG files with text are refused.
    return draw(svg.data.decode(), wide, high, seconds=_FOREIGN)


@lru_cache(maxsize=16)
def shown(svg: CleanSvg) -> bytes:
    """An SVG picture as PNG, for programs that can't show it as it is. Raises `PictureError`."""
    return draw_within(svg, *_SHOWN)
