"""Two versions of a text, told as what stands in both and what in one of them only."""

import re
from bisect import bisect
from collections import Counter
from difflib import SequenceMatcher
from itertools import takewhile

from partnerships import richtext

SAME, GONE, NEW = "same", "gone", "new"

# What differs by sentences is compared by words.
_PIECES = (re.compile(r"[^.!?\n]+[.!?]*\s*|[.!?]+\s*|\n\s*"), re.compile(r"\w+|[^\w\s]|\s+"))
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_MOST_PAIRS = 60_000  # of pieces that difflib gets: with repetitive ones its time grows by the cube
_MOST_ROUNDS = 8
_CONTEXT = 90


def changes(before, after):
    """[(kind, text), …] in the order of reading: same and gone make the text before, same and new the one after."""
    return list(_told(_without_lone_spaces(list(_compared(before, after, *_PIECES)))))


def _compared(old, new, pieces, *finer):
    """(kind, text before, text after) of each stretch; a kind other than SAME is "changed"."""
    for olds, news in _stretches(pieces.findall(old), pieces.findall(new)):
        old, new = "".join(olds), "".join(news)
        if old == new:
            if old:
                yield SAME, old, new
        elif finer:
            yield from _compared(old, new, *finer)
        else:
            yield "changed", old, new


def _stretches(olds, news, rounds=_MOST_ROUNDS):
    """Both lists in the same stretches, alike or different, in a time that hardly depends on what they hold."""
    start = _alike(olds, news)
    yield olds[:start], news[:start]
    olds, news = olds[start:], news[start:]
    end = _alike(olds[::-1], news[::-1])
    yield from _middle(olds[: len(olds) - end], news[: len(news) - end], rounds)
    yield olds[len(olds) - end :], news[len(news) - end :]


def _alike(olds, news):
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False)))


def _middle(olds, news, rounds):
    if len(olds) * len(news) <= _MOST_PAIRS:
        for _kind, start, end, new_start, new_end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
            yield olds[start:end], news[new_start:new_end]
        return
    start = new_start = 0
    found = _landmarks(olds, news, 1) or _landmarks(olds, news, 4)  # one word, or else two and their spaces
    for place, new_place in found if rounds else ():
        yield from _stretches(olds[start:place], news[new_start:new_place], rounds - 1)
        yield olds[place : place + 1], news[new_place : new_place + 1]
        start, new_start = place + 1, new_place + 1
    if start:
        yield from _stretches(olds[start:], news[new_start:], rounds - 1)
    else:
        yield olds, news


def _landmarks(olds, news, width):
    """[(place, new place), …] of runs of pieces that stand once in each, of as many as come in the same order."""
    places = _single(news, width)
    last, before, ends = [], {}, []  # the longest rising rows of new places, by their length
    for piece, place in _single(olds, width).items():
        if piece in places:
            pair = (place, places[piece])
            length = bisect(ends, pair[1])
            before[pair] = last[length - 1] if length else None
            last[length : length + 1], ends[length : length + 1] = [pair], [pair[1]]
    found, pair = [], last[-1] if last else None
    while pair:
        found.append(pair)
        pair = before[pair]
    return found[::-1]


def _single(pieces, width):
    runs = list(zip(*(pieces[start:] for start in range(width)), strict=False))
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _without_lone_spaces(found):
    """Two changes with but a space between them read as one."""
    joined = []
    for place, (kind, old, new) in enumerate(found):
        is_between = 0 < place < len(found) - 1 and found[place - 1][0] != SAME != found[place + 1][0]
        if kind == SAME and old.isspace() and is_between:
            kind = "changed"
        if joined and joined[-1][0] == kind:
            _kind, before, after = joined.pop()
            old, new = before + old, after + new
        joined.append((kind, old, new))
    return joined


def _told(found):
    for kind, old, new in found:
        if kind == SAME:
            yield SAME, old
        else:
            yield from ((side, text) for side, text in ((GONE, old), (NEW, new)) if text)


def readable(html):
    """The words of a rich text, with where its links lead."""
    return richtext.plain(_LINK.sub(r"\2 (\1)", richtext.clean(html))).strip()


def shortened(found):
    """The same changes, with of long stretches that stand in both only what is next to a change."""
    last = len(found) - 1
    return [
        (kind, _ends(text, place > 0, place < last) if kind == SAME else text)
        for place, (kind, text) in enumerate(found)
    ]


def _ends(text, after_a_change, before_a_change):
    if len(text) <= 2 * _CONTEXT + 20:
        return text
    start = text[:_CONTEXT].rpartition(" ")[0] + " " if after_a_change else ""
    end = " " + text[-_CONTEXT:].partition(" ")[2] if before_a_change else ""
    return f"{start}…{end}"
