"""Makes the site's one font: python -m deploy.assets.font FOLDER

FOLDER: the npm package "source-serif", unpacked (npm pack source-serif). The font is cut from Source Serif 4 by Adobe,
under the SIL Open Font License 1.1, which reserves the name "Source" for the whole: so the cut one has a name of its
own, Slussen, the lock. One weight, at one optical size that suits names as well as titles; letters for the languages
of Europe that write Latin, and the signs of running text.

static/fonts/slussen.woff2 is for browsers; partnerships/fonts/slussen.ttf for the cards that are drawn here. What
Pillow needs to find the kerning in the font is not on every machine, and a card must look the same on all: so the
kerning stands in a file of its own, slussen-kerning.json.
"""

import json
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
# Pairs of these are kerned on cards, where it shows: by at least so many thousandths of the size.
KERNED = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÆØÉabcdefghijklmnopqrstuvwxyzåäöæøéèü0123456789 .,:;?!–-()/&’”"
LEAST_KERNING = 12
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
    lines = (f"{told(left)}: {told(pairs)}" for left, pairs in kerned_pairs(font).items())
    (target / "slussen-kerning.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def told(value):
    return json.dumps(value, ensure_ascii=False)


def kerned_pairs(font):
    """{"A": {"V": thousandths, …}, …}"""
    glyphs = font.getBestCmap()
    tables = [
        getattr(subtable, "ExtSubTable", subtable)
        for lookup in font["GPOS"].table.LookupList.Lookup
        for subtable in lookup.SubTable
    ]
    tables = [table for table in tables if table.LookupType == 2]
    pairs = {a: {b: kerning(tables, glyphs[ord(a)], glyphs[ord(b)]) for b in KERNED} for a in KERNED}
    return {a: {b: by for b, by in row.items() if abs(by) >= LEAST_KERNING} for a, row in pairs.items()}


def kerning(tables, left, right):
    """What the first of the tables that knows the pair says; see OpenType's GPOS, lookup type 2."""
    for table in tables:
        if left not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            found = next((record for record in records if record.SecondGlyph == right), None)
        else:
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
            found = row.Class2Record[table.ClassDef2.classDefs.get(right, 0)]
        if found:
            return getattr(found.Value1, "XAdvance", 0) if found.Value1 else 0
    return 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
