"""Where the names stand on a map: beside their marks, never on one another, never outside. Values only.

A unit is a CSS pixel on the narrowest phone, where the map is 288 of them wide; there a name is 16 tall. Whatever can
be clicked is at least 24 by 24 units (WCAG 2.2, success criterion 2.5.8).
"""

import math
from dataclasses import dataclass
from functools import cached_property

SIZE = 16
TALL = 24
MARK = 5  # half the side of a mark
PAD = 3  # from a name to the edge of its box
CLEAR = 8  # half the side of the square round a mark that names keep out of
# Widths in hundredths of the size, those of DejaVu Sans: of the fonts that pages are shown in, one of the widest.
_WIDTHS = {
    **dict.fromkeys("ijlI|.,:;'’! ", 32),
    **dict.fromkeys("ftr-()[]/", 42),
    **dict.fromkeys("cksvxyzJL", 59),
    **dict.fromkeys("mwæœMWÆŒ–", 99),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZÅÄÖØÉ", 79),
}


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other):
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_within(self, width, height):
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height

    def joined(self, other):
        """The smallest box round both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def nearest(self, x, y):
        """The point of the box that is nearest to another."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    @classmethod
    def around(cls, x, y, half):
        return cls(math.floor(x - half), math.floor(y - half), math.ceil(x + half), math.ceil(y + half))


@dataclass(frozen=True)
class Label:
    """A name, or the number that stands for it, in its box; and the line to its mark where it stands apart from it."""

    text: str
    box: Box
    anchor: str  # start, middle or end: the side on which the text keeps to its box
    side: str = "level"  # or above, below: where it stands from its mark
    leader: tuple[float, float] | None = None

    @cached_property
    def x(self):
        return {
            "start": self.box.left + PAD,
            "middle": (self.box.left + self.box.right) // 2,
            "end": self.box.right - PAD,
        }[self.anchor]

    @cached_property
    def y(self):
        return {
            "above": self.box.bottom - 2 * PAD,
            "level": (self.box.top + self.box.bottom) // 2,
            "below": self.box.top + PAD,
        }[self.side]

    @cached_property
    def dy(self):
        """How far below y the text's baseline lies, in its size: so a smaller text stays as near to its mark."""
        return {"above": "0", "level": "0.35em", "below": "0.8em"}[self.side]


def width_of(text):
    """How wide a text is at most, in units."""
    return math.ceil(sum(_WIDTHS.get(letter, 100 if ord(letter) > 0x24F else 65) for letter in text) * SIZE / 100)


def placed(points, texts, width, height, lines=()):
    """A Label for each text, at the point (x, y) of the same index; None where there is no room for them all.

    The first is home's. lines: what the names had better not stand on, each a pair of points. The names choose in turn,
    those with the most neighbours first; then another begins, and the turn that left the names nearest to their marks
    is taken. Nothing is left to chance: the same map always reads the same.
    """
    wide = [max(TALL, width_of(text) + 2 * PAD) for text in texts]
    if max(wide) > width or sum(wide) * TALL > width * height / 2:
        return None
    marks = [Box.around(x, y, CLEAR) for x, y in points]
    wishes = [_wishes(points, index, text, marks, width, height, lines) for index, text in enumerate(texts)]
    crowded_first = sorted(range(len(points)), key=lambda index: (-_crowd(points, index), index))
    best = None
    turns = 2 if all(map(_is_number, texts[1:])) else 8
    for first in crowded_first[:turns]:
        order = [first, *(index for index in crowded_first if index != first)]
        limit = best[0] if best else math.inf
        cost, labels = _in_turn(points, order, texts, wishes, marks, (width, height), limit)
        if labels:
            best = (cost, labels)
    return best and [best[1][index] for index in range(len(points))]


def _is_number(text):
    """Whether a text is a number that stands for a name, or nothing: small enough to stand anywhere."""
    return not text or text.isdecimal()


def _crowd(points, index):
    return sum(math.dist(points[index], other) < 60 for other in points) - 1


def _wishes(points, index, text, marks, width, height, lines):
    """What a name can choose among, the best first: (cost, Label)."""
    found = []
    for number, (cost, label) in enumerate(_candidates(*points[index], text)):
        if not label.box.is_within(width, height) or any(map(label.box.overlaps, marks)):
            continue
        if label.leader:
            way = (points[index], label.leader)
            cost += 15 * sum(_meets(way, mark) for other, mark in enumerate(marks) if other != index)
        cost += 5 * sum(_meets(line, label.box) for line in lines)
        found.append((cost, number, label))
    return [(cost, label) for cost, _number, label in sorted(found, key=lambda wish: wish[:2])]


def _in_turn(points, order, texts, wishes, marks, size, limit):
    """(what it cost, {index: Label}) where each name in turn takes the best left; no labels at the limit or beyond."""
    labels, leaders, total = {}, [], 0.0
    for index in order:
        for wish in wishes[index]:
            _cost, label = wish
            if any(label.box.overlaps(other.box) for other in labels.values()):
                continue
            way = label.leader and (points[index], label.leader)
            if any(_meets(leader, label.box) or (way and _cross(leader, way)) for leader in leaders):
                continue
            if way and any(_meets(way, other.box) for other in labels.values()):
                continue
            break
        else:
            taken = [*marks, *(other.box for other in labels.values())]
            wish = _wherever(*points[index], texts[index], taken, *size)
        if not wish or total + wish[0] >= limit:
            return math.inf, None
        cost, label = wish
        labels[index] = label
        leaders += [(points[index], label.leader)] if label.leader else []
        total += cost
    return total, labels


def _wherever(x, y, text, taken, width, height):
    """(cost, Label) for a number without room near its mark: the nearest room there is. None where there is none."""
    if not _is_number(text):
        return None
    free = sorted(
        (math.dist((x, y), (left + TALL / 2, top + TALL / 2)), top, left)
        for top in range(0, height - TALL + 1, 4)
        for left in range(0, width - TALL + 1, 4)
    )
    for far, top, left in free:
        box = Box(left, top, left + TALL, top + TALL)
        if not any(map(box.overlaps, taken)):
            return 1000 + far, Label(text, box, "middle", "level", box.nearest(x, y))
    return None


def shortened(text, width):
    """The text as far as it has room in so many units."""
    if width_of(text) + 2 * PAD <= width:
        return text
    while width_of(text + "…") + 2 * PAD > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _candidates(x, y, text):
    """(cost, Label): beside the mark, then apart from it in growing rings."""
    wide = max(TALL, width_of(text) + 2 * PAD)
    for cost, across, down in (
        *((0, 1, 0), (1, -1, 0), (3, 0, -1), (3, 0, 1)),
        *((4, 1, -1), (4, 1, 1), (5, -1, -1), (5, -1, 1)),
    ):
        yield cost, _label(x, y, across * CLEAR, down * CLEAR, text, wide)
    for far in (16, 26, 38, 52, 68, 86, 106):
        for direction in range(12):
            angle = math.pi * direction / 6
            label = _label(x, y, far * math.cos(angle), far * math.sin(angle), text, wide, apart=True)
            yield 8 + far / 2, label


def _label(x, y, across, down, text, wide, apart=False):
    """A label whose nearest side or corner lies so far from the mark."""
    if across > 1 and abs(across) > 0.4 * abs(down):
        anchor, left = "start", math.ceil(x + across)
    elif across < -1 and abs(across) > 0.4 * abs(down):
        anchor, left = "end", math.floor(x + across) - wide
    else:
        anchor, left = "middle", round(x - wide / 2)
    if down > 1 and abs(down) > 0.4 * abs(across):
        side, top = "below", math.ceil(y + down)
    elif down < -1 and abs(down) > 0.4 * abs(across):
        side, top = "above", math.floor(y + down) - TALL
    else:
        side, top = "level", round(y - TALL / 2)
    box = Box(left, top, left + wide, top + TALL)
    return Label(text, box, anchor, side, box.nearest(x, y) if apart else None)


def _meets(line, box):
    """Whether a line touches a box: it starts or ends in it, or crosses a diagonal of it."""
    (x, y), (to_x, to_y) = line
    if max(x, to_x) <= box.left or min(x, to_x) >= box.right or max(y, to_y) <= box.top or min(y, to_y) >= box.bottom:
        return False
    if any(box.left < x < box.right and box.top < y < box.bottom for x, y in line):
        return True
    return _cross(line, ((box.left, box.top), (box.right, box.bottom))) or _cross(
        line, ((box.right, box.top), (box.left, box.bottom))
    )


def _cross(one, other):
    """Whether two lines cross, other than at their ends."""
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(start, end, point):
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def targets(points, labels, important, width, height):
    """What can be clicked for each label, none over another: its box, with its mark and 44 tall where there is room.

    important: the indexes that choose first.
    """
    boxes = {index: label.box for index, label in enumerate(labels)}
    marks = [Box.around(x, y, MARK + 1) for x, y in points]
    for index in sorted(boxes, key=lambda index: (index not in important, index)):
        own = boxes[index]
        with_mark = own if labels[index].leader else own.joined(marks[index])
        for wished in (_taller(with_mark, 44), _taller(own, 44), with_mark):
            others = [box for other, box in boxes.items() if other != index]
            others += [mark for other, mark in enumerate(marks) if other != index]
            if wished.is_within(width, height) and not any(map(wished.overlaps, others)):
                boxes[index] = wished
                break
    return [boxes[index] for index in range(len(labels))]


def _taller(box, tall):
    more = max(0, tall - (box.bottom - box.top))
    return Box(box.left, box.top - more // 2, box.right, box.bottom + more - more // 2)
