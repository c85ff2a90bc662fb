"""Preflight of numbers in text from right to left, by where their digits stand on the page."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, pairwise

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.numbers import PART, has_parts
from preflight.pdf.page_view import PageView, around
from preflight.pdf.printed_rows import printed_rows

ORDER = Rule("page-number-order", "Unicode Standard Annex 9")

#: Two parts of a number, and what is between them.
_Pair = tuple[str, str, str]


def check_numbers(view: PageView, numbers: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for every place where one of these numbers is not in its order."""
    if not numbers:
        return
    pairs: dict[_Pair, set[str]] = defaultdict(set)
    for number in numbers:
        for pair, _ in _pairs(number):
            pairs[pair].add(number)
    alone = {number for number in numbers if not has_parts(number)}
    for line in printed_rows(view.page):
        for meant, (start, end) in (*_swapped(line.text, pairs), *_mirrored(line.text, alone)):
            shown, either = line.text[start:end], " or ".join(f"“{number}”" for number in meant)
            what = f"{shown} is printed here, but the number is {either}"
            remedy = "The program must isolate it from the text around it (<bdi>)."
            spot = around([*line.boxes[start:end]])
            yield Finding(ORDER, view.number, Fault(what, remedy), meant[0], spot=spot)


def _swapped(
    text: str, pairs: Mapping[_Pair, Collection[str]]
) -> Iterator[tuple[list[str], tuple[int, int]]]:
    """Numbers with parts that have changed places; text may stand between the other parts."""

    def meant(pair: _Pair) -> Collection[str]:
        """The numbers that have these two parts the other way around."""
        one, between, two = pair
        backwards = two[::-1], between, one[::-1]
        return () if pair in pairs else pairs.get((two, between, one)) or pairs.get(backwards, ())

    found = [(meant(pair), span) for pair, span in _pairs(text)]
    for is_wrong, group in groupby(found, key=lambda one: bool(one[0])):
        if is_wrong:
            numbers, spans = zip(*group, strict=True)
            counted = Counter(number for some in numbers for number in some)
            most = max(counted.values())
            likeliest = sorted(number for number in counted if counted[number] == most)
            yield likeliest, (spans[0][0], spans[-1][1])


def _mirrored(text: str, alone: Collection[str]) -> Iterator[tuple[list[str], tuple[int, int]]]:
    """Numbers of one part whose digits run backwards, unless they are a part of something else."""
    for found in re.finditer(r"(?<![\w@./_&=?:-])\d+(?![@/_&=?:-]|\.\w)", text):
        if found[0] not in alone and found[0][::-1] in alone:
            yield [found[0][::-1]], found.span()


def _pairs(text: str) -> Iterator[tuple[_Pair, tuple[int, int]]]:
    """Every two parts that follow each other, and where they begin and end."""
    for one, two in pairwise(PART.finditer(text)):
        # Brackets may be written in either direction.
        between = "".join(sorted(text[one.end() : two.start()].replace("(", ")")))
        yield (one[0], between, two[0]), (one.start(), two.end())
