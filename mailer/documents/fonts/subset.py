"""Make the two faces of this folder from the files of Inter 4 (npm: inter-ui).

    pip install fonttools brotli && npm pack inter-ui && tar xzf inter-ui-*.tgz
    python3 subset.py package/web

Latin only, one glyph for each character (so that text extracts as it was
written), and kerning flattened to a plain `kern` table that sfnt.rs reads.
"""

import copy
import sys

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

RANGES = [
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x18F, 0x18F), (0x1A0, 0x1A1),
    (0x1AF, 0x1B0), (0x1CD, 0x1DC), (0x1E2, 0x1EF), (0x1F4, 0x1F5), (0x1F8, 0x21B),
    (0x21E, 0x21F), (0x226, 0x233), (0x259, 0x259), (0x2BB, 0x2BC), (0x2C6, 0x2C7),
    (0x2D8, 0x2DD), (0x1E00, 0x1EFF), (0x2009, 0x2009), (0x2010, 0x2015),
    (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x202F, 0x202F),
    (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2264, 0x2265), (0x25A1, 0x25A1), (0x2713, 0x2713),
]
# Pairs are kept where French text meets them.
KERNED = [c for lo, hi in [(0x20, 0x7E), (0xA0, 0xFF), (0x152, 0x153), (0x2013, 0x2014),
                           (0x2018, 0x201D)] for c in range(lo, hi + 1)]


def characters():
    return [c for lo, hi in RANGES for c in range(lo, hi + 1)]


def kerning(font):
    """Every pair of kerned characters and its adjustment, in font units."""
    cmap = font.getBestCmap()
    wanted = {cmap[c] for c in KERNED if c in cmap}
    pairs = {}
    lookups = {i for record in font["GPOS"].table.FeatureList.FeatureRecord
               if record.FeatureTag == "kern" for i in record.Feature.LookupListIndex}
    for index in sorted(lookups):
        found = {}
        for table in font["GPOS"].table.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first in wanted.intersection(table.Coverage.glyphs):
                for second, value in of_first(table, first, wanted):
                    found.setdefault((first, second), value)
        for pair, value in found.items():
            pairs[pair] = pairs.get(pair, 0) + value
    # Under four thousandths of an em nobody sees it.
    return {pair: value for pair, value in pairs.items() if abs(value) >= 8}


def of_first(table, first, wanted):
    if table.Format == 1:
        records = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
        return [(r.SecondGlyph, advance(r.Value1)) for r in records if r.SecondGlyph in wanted]
    row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)].Class2Record
    classes = table.ClassDef2.classDefs
    return [(second, advance(row[classes.get(second, 0)].Value1)) for second in wanted]


def advance(value):
    return getattr(value, "XAdvance", 0) if value else 0


def one_glyph_a_character(font):
    """Characters that share a glyph get a copy each, so that each extracts as itself."""
    order = list(font.getGlyphOrder())
    seen = {}
    for table in font["cmap"].tables:
        for code, name in sorted(table.cmap.items()):
            if seen.setdefault(name, code) != code:
                twin = f"{name}.u{code:04X}"
                if twin not in order:
                    order.append(twin)
                    font["glyf"].glyphs[twin] = copy.deepcopy(font["glyf"].glyphs[name])
                    font["hmtx"].metrics[twin] = font["hmtx"].metrics[name]
                table.cmap[code] = twin
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["maxp"].numGlyphs = len(order)


def make(source, target):
    options = subset.Options(hinting=False, layout_features=["kern"], name_IDs=[0, 1, 2, 4, 6, 13, 14],
                             notdef_outline=True, recalc_timestamp=False)
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    pairs = kerning(font)
    for tag in ("GPOS", "GSUB", "GDEF"):
        if tag in font:
            del font[tag]
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4][:1]
    one_glyph_a_character(font)
    # The biggest adjustments win: one subtable holds 10 920 pairs.
    kept = dict(sorted(pairs.items(), key=lambda kv: (-abs(kv[1]), kv[0]))[:10_000])
    subtable = KernTable_format_0()
    subtable.version, subtable.coverage, subtable.apple = 0, 1, False
    subtable.kernTable = kept
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [subtable]
    font["post"].formatType = 3.0
    font.flavor = None
    font.save(target)
    print(target, len(font.getGlyphOrder()), "glyphs,", len(kept), "of", len(pairs), "pairs")


if __name__ == "__main__":
    for weight in ("Regular", "SemiBold"):
        make(f"{sys.argv[1]}/Inter-{weight}.woff2", f"Inter-{weight}.ttf")
