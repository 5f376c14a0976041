"""The card that stands for a page where it is shared: its title on paper above the water, and its picture."""

import io

from PIL import Image, ImageDraw

from partnerships import lettering, mark, renditions

SIZE = WIDTH, HEIGHT = 1200, 630
MAX_BYTES = 100_000
CONTENT_TYPE = "image/jpeg"
EDGE = 72

# As in static/css/site.css, light.
PAPER, FOAM, DEEP = (247, 248, 245), (227, 238, 236), (211, 227, 225)
INK, RIVER, GRANITE = (16, 38, 44), (11, 92, 107), (79, 91, 95)
LINE = (167, 177, 177)  # granite at a third, on the levels' tones

WATER = 516  # where the lowest level begins
STEP = (456, 14)  # how far the level above it reaches down over it, from the left: width and height
PLACE, NAME, SMALLEST_TITLE = 34, 32, 40


def draw_card(title, place, site_name, picture=None, focal=(50, 50)):
    """The card as a JPEG of SIZE and at most MAX_BYTES.

    place: what stands below the title, such as "Arizona, USA", or nothing. picture: a picture's file, as bytes, cropped
    round the focal point (percent from the left and from the top).
    """
    card = Image.new("RGB", SIZE, PAPER)
    if picture:
        _words_over(card, title, place, _opened(picture), focal)
    else:
        _words_alone(card, title, place)
    _water(card, site_name)
    return _encoded(card)


class _Words:
    """The title, and below it the place, set to stand on a base line at the bottom."""

    def __init__(self, title, place, width, height, largest):
        self.place = lettering.clean(place)
        self.place_lines = lettering.fit(self.place, width, PLACE * 2, PLACE, PLACE, most_lines=1)[1]
        height -= PLACE * 2 if self.place else 0
        self.size, self.lines = lettering.fit(title, width, height, largest, SMALLEST_TITLE)
        # From the title's last base line to the place's: past what hangs below the one and stands above the other.
        self.place_below = round(self.size * lettering.DEPTH + PLACE * 1.2) if self.place else 0
        self.width = round(
            max(
                *(lettering.length(line, self.size) for line in self.lines),
                *(lettering.length(line, PLACE) for line in self.place_lines),
            )
        )

    def bases(self, bottom):
        """The base line of each of the title's lines."""
        step = self.size * lettering.LINE_HEIGHT
        return [round(bottom - self.place_below - step * below) for below in reversed(range(len(self.lines)))]

    def top(self, bottom):
        """The upper end of the capitals."""
        return round(self.bases(bottom)[0] - self.size * lettering.CAP_HEIGHT)

    def paint(self, card, left, bottom):
        for line, base in zip(self.lines, self.bases(bottom), strict=True):
            lettering.paint(card, (left, base), line, self.size, INK)
        for line in self.place_lines:
            lettering.paint(card, (left, bottom), line, PLACE, GRANITE)


def _words_alone(card, title, place):
    """The gate stands behind the words, large and pale."""
    scale = 27
    mark.paint(card, (WIDTH - 30 * scale + 108, WATER - 23 * scale), scale, FOAM)
    words = _Words(title, place, WIDTH - 2 * EDGE, WATER - 2 * EDGE, 124)
    words.paint(card, EDGE, WATER - EDGE)


def _words_over(card, title, place, picture, focal):
    """The picture reaches the upper and the right edge; the words stand on paper at its lower left."""
    words = _Words(title, place, 640, 290, 84)
    left = 2 * EDGE
    part = picture.crop(renditions.box(picture.size, (WIDTH - left) / WATER, focal))
    card.paste(part.resize((WIDTH - left, WATER), Image.Resampling.LANCZOS, reducing_gap=2), (left, 0))
    bottom = WATER - 44
    card.paste(PAPER, (0, words.top(bottom) - 48, EDGE + words.width + 52, WATER))
    words.paint(card, EDGE, bottom)


def _water(card, site_name):
    """The lowest level, with the stepped line above it; on it the mark and whose site it is."""
    draw = ImageDraw.Draw(card)
    card.paste(DEEP, (0, WATER, WIDTH, HEIGHT))
    card.paste(PAPER, (0, WATER, STEP[0], WATER + STEP[1]))
    draw.line([(0, WATER + STEP[1]), (STEP[0], WATER + STEP[1]), (STEP[0], WATER), (WIDTH, WATER)], fill=LINE, width=2)
    middle = (WATER + STEP[1] + HEIGHT) // 2
    mark.paint(card, (EDGE - 5, middle - 44), 2.75, RIVER)
    size, lines = lettering.fit(site_name, WIDTH - 2 * EDGE - 104, NAME * 2, NAME, NAME, most_lines=1)
    lettering.paint(card, (EDGE + 104, middle + round(size * lettering.CAP_HEIGHT / 2)), lines[0], size, INK)


def _opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.draft("RGB", (2 * WIDTH, 2 * HEIGHT))
    return picture.convert("RGB")


def _encoded(card):
    """Letters want all their colours; where a picture makes that too much, a little of all goes."""
    for quality in (90, 84, 78, 70, 60, 45, 30, 18, 8):
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, subsampling="4:4:4" if quality > 70 else "4:2:0")
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue()
