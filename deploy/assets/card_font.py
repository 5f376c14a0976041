"""Makes the font that share cards are set in: Source Serif 4, semibold, large, with the letters of Latin languages.

    npm pack @fontsource-variable/source-serif-4 && tar xzf fontsource-variable-source-serif-4-*.tgz
    python -m deploy.assets.card_font package

Writes partnerships/fonts/. The font's licence reserves its name for the original, so this part of it has another.
Kerning goes into a file of its own: what Pillow needs to find it in the font is not on every machine, and a card must
look the same on all of them.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent.parent / "partnerships" / "fonts"
FAMILY = "Lock Serif"
WEIGHT, OPTICAL_SIZE = 600, 48
# Basic Latin, Latin-1, Latin Extended-A; dashes, quotes, ellipsis, bullets, euro, no-break hyphen and spaces.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2009, 0x2016), *range(0x2018, 0x2023), 0x2026, 0x202F]
LETTERS += [0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2212]
NAMES = {1: FAMILY, 2: "Regular", 3: f"{FAMILY} SemiBold", 4: f"{FAMILY} SemiBold", 6: "LockSerif-SemiBold"}
KEPT_NAMES = {0, 5, 13, 14}  # copyright, version, licence
# Pairs of these are kerned, where it shows.
KERNED = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÆØÉabcdefghijklmnopqrstuvwxyzåäöæøéèü0123456789 .,:;?!–-()/&’”"
LEAST_KERNING = 12  # in thousandths of the size


def main(package):
    parts = [
        part(package / "files" / f"source-serif-4-{script}-opsz-normal.woff2") for script in ("latin", "latin-ext")
    ]
    copyright_line = parts[0]["name"].getDebugName(0)
    pairs = kerning(parts[0])
    font = merged(parts)
    rename(font)
    TARGET.mkdir(exist_ok=True)
    font.save(TARGET / "lock-serif-semibold.ttf")
    lines = ",\n".join(json.dumps(pair, ensure_ascii=False) + f": {value}" for pair, value in pairs.items())
    (TARGET / "lock-serif-semibold-kerning.json").write_text(f"{{\n{lines}\n}}\n")
    licence = (package / "LICENSE").read_text()
    body = licence[licence.index("This Font Software is licensed") :]
    changed = "Lock Serif is a part of Source Serif 4 under another name: one weight, one size, Latin letters.\n"
    (TARGET / "OFL.txt").write_text(f"{copyright_line}\n\n{changed}\n{body.strip()}\n")


def part(path):
    """One script's letters, of one weight and size, without what only small screens need."""
    font = TTFont(path, recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": WEIGHT, "opsz": OPTICAL_SIZE})
    options = Options(layout_features=["kern"], hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = None
    for table in ("STAT", "gasp", "prep", "BASE", "GSUB", "GDEF"):
        if table in font:
            del font[table]
    return font


def kerning(font):
    """{"AV": thousandths, …} of the pairs whose kerning shows."""
    glyphs = font.getBestCmap()
    tables = [
        getattr(subtable, "ExtSubTable", subtable)
        for lookup in font["GPOS"].table.LookupList.Lookup
        for subtable in lookup.SubTable
    ]
    tables = [table for table in tables if table.LookupType == 2]
    pairs = {a + b: kerned(tables, glyphs[ord(a)], glyphs[ord(b)]) for a in KERNED for b in KERNED}
    return {pair: value for pair, value in pairs.items() if abs(value) >= LEAST_KERNING}


def kerned(tables, left, right):
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


def merged(parts):
    files = []
    for font in parts:
        del font["GPOS"]
        files.append(BytesIO())
        font.save(files[-1])
        files[-1].seek(0)
    font = Merger().merge(files)
    font["head"].created = font["head"].modified = parts[0]["head"].created
    font.recalcTimestamp = False
    return font


def rename(font):
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    for number, words in NAMES.items():
        names.setName(words, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
