"""What a question asks for: its words, and all the terms by which each may be found."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from partnerships.stemming import WORD, is_function_word, term, whole

LONGEST_QUERY = 200
MOST_WORDS = 8
VOWELS = "aeiouy"
# Shorter ones begin or end too many words. A stem may be short because of its endings: möjlighet, moj.
SHORTEST_BEGINNING = 3
SHORTEST_STEM = 4


@dataclass(frozen=True)
class Word:
    """A word of the question.

    stems: its terms. ends: terms of the index that end with one of them, as studentutbyte ends with utbyte. closest:
    terms that look like it, where it is none itself.
    """

    typed: str
    stems: tuple[str, ...]
    ends: tuple[str, ...] = ()
    closest: tuple[str, ...] = ()

    @property
    def exact(self):
        """Terms that are the word."""
        return (*self.stems, *self.closest)

    @property
    def beginnings(self):
        """What terms may begin with: studentutbyte begins studentutbytesprogrammet, lärare begins lärarutbyte."""
        stems = [stem for stem in self.stems if len(stem) >= SHORTEST_STEM]
        typed = whole(self.typed).rstrip(VOWELS)
        return tuple(dict.fromkeys([*stems, *([typed] if len(typed) >= SHORTEST_BEGINNING else []), *self.ends]))

    @cached_property
    def pattern(self):
        """Finds the word's terms in terms that have spaces between."""
        beginnings = sorted(map(re.escape, self.beginnings), key=len)
        exact = sorted(map(re.escape, self.exact), key=len)
        either = [f"(?:{'|'.join(exact)})(?!\\S)", *([f"(?:{'|'.join(beginnings)})"] if beginnings else [])]
        return re.compile(rf"(?<!\S)(?:{'|'.join(either)})")


def normalised(query):
    """The question as it is shown again: no longer than LONGEST_QUERY, without control characters."""
    query = unicodedata.normalize("NFC", query[: 4 * LONGEST_QUERY])
    cleaned = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in query)
    return cleaned.strip()[:LONGEST_QUERY].rstrip()


def words_of(query, language):
    """The Words of a normalised question, at most MOST_WORDS; those that only carry others left out, if there are any.

    On pages in another language than Swedish, Swedish texts may stand in: there a word is looked for in both.
    """
    languages = dict.fromkeys([language, settings.LANGUAGE_CODE])
    typed = WORD.findall(query)
    telling = [word for word in typed if not any(is_function_word(word, each) for each in languages)]
    words = {}
    for word in telling or typed:
        stems = tuple(dict.fromkeys(term(word, each) for each in languages))
        words.setdefault(stems, Word(word, stems))
    return list(words.values())[:MOST_WORDS]


def any_pattern(words):
    """Finds any term of any of the words, like Word.pattern."""
    return re.compile("|".join(word.pattern.pattern for word in words))
