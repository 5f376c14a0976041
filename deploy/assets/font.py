"""Makes the site's one font: python -m deploy.assets.font FOLDER

FOLDER: the npm package "source-serif", unpacked (npm pack source-serif). The font is cut from Source Serif 4 by Adobe,
under the SIL Open Font License 1.1, which reserves the name "Source" for the whole: so the cut one has a name of its
own, Slussen, the lock. One weight, at one optical size that suits names as well as titles; letters for the languages
of Europe that write Latin, and the signs of running text.

static/fonts/slussen.woff2 is for browsers; partnerships/fonts/slussen.ttf, the same, for the cards that are drawn here.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "Slussen"
WEIGHT, OPTICAL_SIZE = 600, 36
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
SIGNS = "ȘșȚțẞ–—‘’“”„…•‑−×′″€"
FEATURES = ["ccmp", "kern", "liga", "lnum", "mark", "pnum", "tnum"]
FAMILY, STYLE, IDENTIFIER, WHOLE, POSTSCRIPT = 1, 2, 3, 4, 6  # name IDs of the OpenType specification
COPYRIGHT, LICENCE, LICENCE_URL = 0, 13, 14


def main(package):
    font = TTFont(package / "VAR" / "SourceSerif4Variable-Roman.ttf", recalcTimestamp=False)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHT, "opsz": OPTICAL_SIZE})
    options = subset.Options(layout_features=FEATURES, hinting=False, glyph_names=False)
    options.name_IDs = [COPYRIGHT, LICENCE, LICENCE_URL]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN, text=SIGNS)
    subsetter.subset(font)
    for number, text in {FAMILY: NAME, STYLE: "Regular", IDENTIFIER: NAME, WHOLE: NAME, POSTSCRIPT: NAME}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    for folder, flavor, ending in (("static", "woff2", "woff2"), ("partnerships", None, "ttf")):
        target = ROOT / folder / "fonts"
        target.mkdir(exist_ok=True)
        font.flavor = flavor
        font.save(target / f"slussen.{ending}")
        shutil.copyfile(package / "LICENSE.md", target / "OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
