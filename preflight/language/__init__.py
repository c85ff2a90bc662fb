"""Are the words fit for the people who read them? Safe, plain and rightly spelled."""

from press.preflight.words.lexicon import Lexicon
from press.preflight.words.messaging import safe_messaging, unaccompanied
from press.preflight.words.reading import reading_level
from press.preflight.words.spelling import spelling

__all__ = ["Lexicon", "reading_level", "safe_messaging", "spelling", "unaccompanied"]
