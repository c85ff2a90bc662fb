"""Reading level: what families read and hear is written for everyone."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pack import markdown
from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, Severity, path_text
from pack.walk import texts
from preflight.language.dictionary import Dictionary

#: The Flesch-Kincaid grade that our own words may have: a school year of the United States.
MAX_GRADE = 8.0

#: With fewer words than this, one long word moves the grade by more than a school year.
MIN_WORDS = 25

#: The kinds that are graded, and of each the texts that are read as one.
_READ_TOGETHER = {
    "topics": ("title", "body"),
    "steps": ("title", "body"),
    "myths": ("myth", "fact"),
    "questions": ("question", "answer"),
}

_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
#: The stops inside “U.S.” end no sentence.
_ABBREVIATION = re.compile(r"\b([A-Z])\.(?=[A-Z]\.)|(?<=\b[A-Z])\.(?= [a-z])")
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)\s+")


def reading_level(pack: Pack, lexicon: Dictionary | None = None) -> Iterator[Problem]:
    """A warning for every text above grade 8, with its hardest sentences.

    Grades are Flesch-Kincaid's, which is made for English: other languages have none. What
    stands in quotation marks is a source's or a speaker's, and doesn't count.
    """
    if not pack.about.language.startswith("en"):
        return
    graded = [(path, sentences) for path, sentences in _graded(pack) if sentences]
    everything = " ".join(sentence for _, sentences in graded for sentence in sentences)
    lexicon = lexicon or Dictionary(pack.about.language)
    syllables = lexicon.syllables(set(_words(everything)))

    def grade_of(text: str) -> float:
        return _grade(text, syllables)

    for path, sentences in graded:
        text = " ".join(sentences)
        if len(text.split()) < MIN_WORDS or (grade := grade_of(text)) <= MAX_GRADE:
            continue
        hardest = sorted((one for one in sentences if one.count(" ") > 3), key=grade_of)[:-4:-1]
        yield Problem(
            pack.origin.place(path),
            path_text(path),
            Fault(
                f"this reads at grade {grade:.1f}, and {MAX_GRADE:.0f} is the limit",
                "Make these sentences shorter, or put plainer words into them: "
                + " / ".join(
                    f"“{one}”" for one in hardest if one == hardest[0] or grade_of(one) > MAX_GRADE
                ),
            ),
            Severity.WARNING,
        )


def _graded(pack: Pack) -> Iterator[tuple[YamlPath, list[str]]]:
    """The sentences of each text, those of texts that are read together as one."""
    found: dict[YamlPath, list[str]] = defaultdict(list)
    for path, text in texts(pack):
        together = _READ_TOGETHER.get(str(path[0]))
        if together is None:
            continue
        if path[2] in together:
            path = (*path[:2], together[-1])
        for paragraph in markdown.paragraphs(text):
            found[path] += _sentences(paragraph)
    yield from found.items()


def _sentences(paragraph: str) -> list[str]:
    # A quotation may hold the full stop of the sentence around it.
    own = _QUOTATION.sub(lambda quoted: re.sub(r"[^.!?]", "", quoted[0][-2]), paragraph)
    sentences = (one.strip() for one in _SENTENCE_END.split(own))
    return [markdown.sentence(one) for one in sentences if re.search(r"\w", one)]


def _grade(text: str, syllables: Mapping[str, int]) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975)."""
    words = _words(text)
    sentences = len(re.findall(r"[.!?…]+[”’\")]*(?=\s|$)", _ABBREVIATION.sub(r"\1", text)))
    per_word = sum(syllables[word] for word in words) / len(words)
    return 0.39 * len(words) / max(sentences, 1) + 11.8 * per_word - 15.59


def _words(text: str) -> list[str]:
    # A word with a hyphen is one that is read as two.
    return re.findall(
        r"[a-z0-9]+(?:'[a-z]+)?", _ABBREVIATION.sub(r"\1", text).replace("’", "'").lower()
    )
