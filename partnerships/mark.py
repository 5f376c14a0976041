"""The mark: two gate leaves of a lock, meeting in a shallow V. The same as in static/img/mark.svg, for pixels."""

from PIL import Image, ImageDraw

SIDE = 32  # of the square that the leaves are drawn in
LEAVES = (
    ((2, 10), (15.4, 16.7), (15.4, 23.7), (2, 17)),
    ((30, 10), (16.6, 16.7), (16.6, 23.7), (30, 17)),
)
_FINER = 8


def mask(scale):
    """The leaves as a mask ("L"), cut close: scale: pixels for one of SIDE's units. Gives (mask, (left, top))."""
    points = [point for leaf in LEAVES for point in leaf]
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    right, bottom = max(x for x, _y in points), max(y for _x, y in points)
    size = (round((right - left) * scale), round((bottom - top) * scale))
    large = Image.new("L", (size[0] * _FINER, size[1] * _FINER))
    draw = ImageDraw.Draw(large)
    across, down = large.width / (right - left), large.height / (bottom - top)
    for leaf in LEAVES:
        draw.polygon([((x - left) * across - 0.5, (y - top) * down - 0.5) for x, y in leaf], fill=255)
    return large.resize(size, Image.Resampling.BOX), (round(left * scale), round(top * scale))


def paint(picture, at, scale, colour):
    """Paints the mark; at: where the upper left corner of its square comes to lie."""
    leaves, offset = mask(scale)
    picture.paste(colour, (at[0] + offset[0], at[1] + offset[1]), leaves)
