"""Reading level: what families read and hear must be easy to understand."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pack import markdown
from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, Severity, path_text
from pack.walk import texts
from preflight.language.dictionary import Dictionary
from preflight.language.reading_measures import Measure, measure_of

#: In a text shorter than this, one long word changes the grade by more than a school year.
MIN_WORDS = 25

#: The kinds of items that are graded, and for each the texts that are read together.
_READ_TOGETHER = {
    "topics": ("title", "body"),
    "steps": ("title", "body"),
    "myths": ("myth", "fact"),
    "questions": ("question", "answer"),
}

_QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
#: The periods in “U.S.” and “EE. UU.” do not end a sentence.
_ABBREVIATION = re.compile(r"\b([A-Z])\.(?=[A-Z]\.)|(?<=\b[A-Z])\.(?= [a-z])")
_STATES = re.compile(r"\bEE\.\s?UU\.")
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)\s+")


def reading_level(pack: Pack, dictionary: Dictionary | None = None) -> Iterator[Problem]:
    """Yield a warning for every text that is too hard to read, with its hardest sentences.

    A language without a recognized measure isn't checked. Text in quotation marks is a source's or
    a speaker's and doesn't count.
    """
    if (measure := measure_of(pack.about.language)) is None:
        return
    graded = [(path, sentences) for path, sentences in _graded(pack) if sentences]
    everything = " ".join(sentence for _, sentences in graded for sentence in sentences)
    dictionary = dictionary or Dictionary(pack.about.language)
    syllables = measure.syllables(set(_words(everything)), dictionary)

    def value_of(text: str) -> float:
        return _value(measure, text, syllables)

    for path, sentences in graded:
        text = " ".join(sentences)
        if len(text.split()) < MIN_WORDS or measure.is_easy(value := value_of(text)):
            continue
        long = (one for one in sentences if one.count(" ") > 3)
        hardest = sorted(long, key=value_of, reverse=not measure.falls)[:3]
        yield Problem(
            pack.origin.place(path),
            path_text(path),
            Fault(
                measure.told.format(value=value, limit=measure.limit),
                "Make these sentences shorter, or use plainer words: "
                + " / ".join(
                    f"“{one}”"
                    for one in hardest
                    if one == hardest[0] or not measure.is_easy(value_of(one))
                ),
            ),
            Severity.WARNING,
        )


def _graded(pack: Pack) -> Iterator[tuple[YamlPath, list[str]]]:
    """The sentences of each text; texts that are read together count as one."""
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
    paragraph = _STATES.sub("EEUU", paragraph)
    # A quotation may contain the period of the sentence around it.
    own = _QUOTATION.sub(lambda quoted: re.sub(r"[^.!?]", "", quoted[0][-2]), paragraph)
    sentences = (one.strip() for one in _SENTENCE_END.split(own))
    return [markdown.sentence(one) for one in sentences if re.search(r"\w", one)]


def _value(measure: Measure, text: str, syllables: Mapping[str, int]) -> float:
    words = _words(text)
    sentences = len(re.findall(r"[.!?…]+[”’\")»]*(?=\s|$)", _ABBREVIATION.sub(r"\1", text)))
    per_word = sum(syllables[word] for word in words) / len(words)
    return measure.value(len(words) / max(sentences, 1), per_word)


def _words(text: str) -> list[str]:
    # A hyphenated word is read as two.
    return re.findall(
        r"[^\W_]+(?:'[^\W\d_]+)?", _ABBREVIATION.sub(r"\1", text).replace("’", "'").lower()
    )
