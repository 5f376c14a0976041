"""Draws the site's icons from its mark, the same to the pixel each time: python -m deploy.assets.icons

On the river's colour, so that they stand out on light and dark alike; square, as each system cuts its own corners.
"""

import sys
from pathlib import Path

from PIL import Image

from partnerships import mark

TARGET = Path(__file__).resolve().parent.parent.parent / "static" / "img"
RIVER, PAPER = (11, 92, 107), (247, 248, 245)
PICTURES = {"touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
FAVICON, FAVICON_SIDES = "favicon.ico", (16, 32, 48)
LEAVES = 28  # the width of the leaves, in the mark's units
# How much of the width the leaves take. Systems cut maskable icons to a circle of four fifths; small ones need it all.
LARGE, SMALL = 0.62, 0.88


def icon(side):
    """The icon as a picture of side × side pixels."""
    leaves, _offset = mark.mask(side * (SMALL if side < 64 else LARGE) / LEAVES)
    picture = Image.new("RGB", (side, side), RIVER)
    picture.paste(PAPER, ((side - leaves.width) // 2, (side - leaves.height) // 2), leaves)
    return picture


def main(target=TARGET):
    for name, side in PICTURES.items():
        icon(side).save(target / name, optimize=True)
    *smaller, largest = [icon(side) for side in FAVICON_SIDES]
    largest.save(
        target / FAVICON,
        sizes=[(side, side) for side in FAVICON_SIDES],
        append_images=smaller,
        bitmap_format="png",
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
