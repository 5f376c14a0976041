"""How a hit is shown: its title and the piece of its text round the first hit, with the words marked."""

import re
from itertools import islice
from typing import NamedTuple

from partnerships.stemming import WORD, term, whole

LONGEST_EXCERPT = 200
# How much may stand before the hit where no sentence begins, and how short an excerpt may be to end with a sentence.
BEFORE, SHORTEST = 60, 90
_SENTENCE_ENDS = re.compile(r"[.!?…][”’\"')]?\s+")


class Piece(NamedTuple):
    text: str
    is_hit: bool


def mark(text, language, pattern):
    """The text in Pieces."""
    pieces, done = [], 0
    for word in WORD.finditer(text):
        if pattern.match(term(word[0], language)) or pattern.match(whole(word[0])):
            if word.start() > done:
                pieces.append(Piece(text[done : word.start()], False))
            pieces.append(Piece(word[0], True))
            done = word.end()
    if done < len(text):
        pieces.append(Piece(text[done:], False))
    return tuple(pieces)


def title_of(row, pattern):
    """(Pieces, the language that they are in)."""
    language = row.languages[:2]
    return mark(row.title, language, pattern), language


def excerpt_of(row, pattern):
    """(Pieces, the language that they are in): at most LONGEST_EXCERPT letters round the first hit in the text.

    From the beginning, where none of the words stands there.
    """
    start, end = _first_hit(row, pattern)
    line_start = row.text.rfind("\n", 0, start) + 1
    line_end = row.text.find("\n", end)
    line = row.text[line_start : None if line_end < 0 else line_end]
    number = row.text.count("\n", 0, line_start)
    language = row.languages[2 * number + 2 : 2 * number + 4] or row.languages[:2]
    return mark(_cut(line, start - line_start, end - line_start), language, pattern), language


def first_word(row, terms):
    """The first word in the row's title or text that has one of these terms, as it stands there; None without."""
    wanted = set(terms)
    for position, found in enumerate(row.title_terms.split()):
        word = next(islice(WORD.finditer(row.title), position, None), None)
        if found in wanted and word:
            return word[0]
    for position, found in enumerate(row.text_terms.split()):
        if found in wanted:
            word = next(islice(WORD.finditer(row.text), position, None), None)
            return word and word[0]
    return None


def _first_hit(row, pattern):
    """Where the first hit stands in the text: the terms stand in the order of its words."""
    found = pattern.search(row.text_terms)
    if not found:
        return 0, 0
    word = next(islice(WORD.finditer(row.text), row.text_terms.count(" ", 0, found.start()), None), None)
    return word.span() if word else (0, 0)


def _cut(line, start, end):
    """The part of the line round the hit, from the beginning of a sentence and to the end of one where it can be."""
    if len(line) <= LONGEST_EXCERPT:
        return line
    begins = max((found.end() for found in _SENTENCE_ENDS.finditer(line, 0, start)), default=0)
    before = ""
    if end - begins > LONGEST_EXCERPT // 2:
        space = line.find(" ", max(0, start - BEFORE), start)
        begins, before = (space + 1 if space >= 0 else start), "… "
    stops = begins + LONGEST_EXCERPT - len(before)
    if stops >= len(line):
        return before + line[begins:]
    ends = [found.start() + len(found[0].rstrip()) for found in _SENTENCE_ENDS.finditer(line, end, stops)]
    if ends and ends[-1] - begins >= SHORTEST:
        return before + line[begins : ends[-1]]
    space = line.rfind(" ", end, stops - 2)
    return before + line[begins : space if space >= 0 else stops - 2].rstrip(",;:–") + " …"
