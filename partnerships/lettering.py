"""Sets lines of text in the site's serif: measures, breaks and paints them, the same on every machine."""

import json
import re
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONT = Path(__file__).resolve().parent / "fonts" / "slussen.ttf"
UNITS = 1000  # to the size
CAP_HEIGHT, DEPTH, LINE_HEIGHT = 0.67, 0.24, 1.06  # of the size
_SPACES = re.compile(r"[ \t\r\n\f\v]+")  # not the no-break ones
_HYPHEN, _ELLIPSIS = "-", "…"


@cache
def _font(size):
    # The plain layout: the other needs what not every machine has.
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _kerning():
    return json.loads(FONT.with_name("slussen-kerning.json").read_text())


@cache
def _advance(letter):
    return _font(UNITS).getlength(letter)


@cache
def _is_drawn(letter):
    """Whether the font has this letter, and not a box in its place."""
    missing = _font(64).getmask("\uffff")
    drawn = _font(64).getmask(letter)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


def clean(text):
    """The text without what the font cannot draw, such as emoji, and with single spaces."""
    text = text.replace("\N{NON-BREAKING HYPHEN}", _HYPHEN).replace("\N{SOFT HYPHEN}", "")
    text = "".join(letter for letter in text if letter in "\t\r\n\f\v" or _is_drawn(letter))
    return _SPACES.sub(" ", text).strip()


def positions(line):
    """Where each letter begins, in UNITS from the line's start; at last where the line ends."""
    at, found = 0, []
    for letter, following in pairwise(line + " "):
        found.append(at)
        at += _advance(letter) + _kerning().get(letter, {}).get(following, 0)
    return [*found, at]


def length(line, size):
    return positions(line)[-1] * size / UNITS


def paint(picture, at, line, size, colour):
    """Paints a line; at: (where it begins, its base line), in pixels."""
    draw = ImageDraw.Draw(picture)
    for letter, start in zip(line, positions(line), strict=False):
        draw.text((at[0] + start * size / UNITS, at[1]), letter, font=_font(size), fill=colour, anchor="ls")


def fit(text, width, height, largest, smallest, most_lines=3):
    """The text in lines of much the same length, as large as it fits: (size, [line, …]); sizes and lengths in pixels.

    More lines only where that makes it larger by a tenth. A word that is too long even at the smallest size is broken;
    what is too much for all the lines ends in an ellipsis.
    """
    words = clean(text).split(" ")
    best, lines = 0, []
    for number in range(1, min(most_lines, len(words)) + 1):
        balanced = _balanced(words, number)
        longest = max(length(line, UNITS) for line in balanced) or 1
        size = min(largest, int(width * UNITS / longest), int(height / (number * LINE_HEIGHT)))
        if size > best * 1.1:
            best, lines = size, balanced
    if best >= smallest:
        return best, lines
    return smallest, _filled(words, width, smallest, most_lines)


def _balanced(words, number):
    """The words in so many lines, the longest of them as short as can be."""
    widths, space = [length(word, UNITS) for word in words], _advance(" ")

    def longest(breaks):
        return max(sum(widths[a:b]) + space * (b - a - 1) for a, b in breaks)

    possible = (list(pairwise([0, *ends, len(words)])) for ends in combinations(range(1, len(words)), number - 1))
    return [" ".join(words[a:b]) for a, b in min(possible, key=longest)]


def _filled(words, width, size, most_lines):
    """The words in lines as full as they become, however long they are."""
    lines = [""]
    for word in words:
        together = f"{lines[-1]} {word}".strip()
        if length(together, size) <= width:
            lines[-1] = together
            continue
        lines.append("")
        for letter in word:
            if length(lines[-1] + letter + _HYPHEN, size) > width:
                lines[-1] += _HYPHEN
                lines.append("")
            lines[-1] += letter
    lines = list(filter(None, lines))
    if len(lines) <= most_lines:
        return lines
    last = lines[most_lines - 1]
    while length(last + _ELLIPSIS, size) > width:
        last = last[:-1]
    return [*lines[: most_lines - 1], last.rstrip(" -,.") + _ELLIPSIS]
