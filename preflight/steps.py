"""Does a step have one number, on whichever sheet or slide it is? Checks the finished files."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pack import markdown
from pack.model import Pack
from pack.problems import Fault
from preflight.findings import Finding, Rule

NUMBER = Rule("step-number", "house rule: steps")


class NumberedText(NamedTuple):
    """A text with a number beside it; `page` is its page or slide, from 1."""

    page: int
    number: int
    text: str


def misnumbered(texts: Iterable[NumberedText], pack: Pack) -> Iterator[Finding]:
    """Yield a finding for every step whose number in a finished file is not its own."""
    numbers: dict[str, set[int]] = {}
    for name, step in pack.steps.items():
        title = " ".join(markdown.plain(step.title).split())
        numbers.setdefault(title, set()).add(pack.step_number(name))
    for page, number, text in texts:
        # The longest title with which the text begins: another may be its beginning.
        title = max((title for title in numbers if _begins(text, title)), key=len, default="")
        if title and number not in numbers[title]:
            what = f"the step “{title}” has the number {number} here, but "
            what += f"{min(numbers[title])} in the content file"
            remedy = "In the template, number it with “pack.step_number(name)”."
            yield Finding(NUMBER, page, Fault(what, remedy), title)


def _begins(text: str, title: str) -> bool:
    """Whether a text begins with a title, and not only with a part of its last word."""
    text = " ".join(text.split())
    return text.startswith(title) and not text[len(title) : len(title) + 1].isalnum()
