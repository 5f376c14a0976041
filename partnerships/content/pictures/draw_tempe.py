"""Draw the picture of Tempe, Arizona: the Town Lake in low desert light.

The site needs a picture of each twin town whose rights are beyond question, so
this one is drawn rather than borrowed.  It shows the lake in the Salt River
valley: the Mill Avenue bridge with its open arches, the red Papago Buttes to
the left, Hayden Butte and the town to the right, the mesa of the Superstition
Mountains far off, and all of it again in the still water.

It is built like a screen print, one plate over another from the far to the
near, in colours that belong to the site's palette.  Points are complex numbers,
x + y·j, in pixels of the finished picture, y downward.  Every source of chance
is seeded by name, so each run gives the same picture.

    python draw_tempe.py [OUT]        (default: tempe.jpg beside this script)
"""

import io
import sys
from cmath import rect
from itertools import pairwise
from math import acos, copysign, cos, exp, log, pi, radians, sin, sqrt
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

W, H = 2400, 1350
SCALE = 2  # drawn this many times larger, then reduced to smooth the edges
MAX_BYTES = 420_000
EYE_LEVEL, SHORE, TOWN_SHORE = 775, 788, 843  # the horizon, and where two banks meet the water
SUN, SUN_RADIUS = 925 + 566j, 58

SKY = ("#8DBDBE", "#AACEC9", "#CCDDD1", "#EAE3C7", "#F3D7A4", "#EFBA7D", "#E59A68")  # downward, evenly spaced
SUN_CORE, SUN_GLOW, GLINT = "#FFF3CF", "#FBE3A6", "#FFE9B5"
CLOUD_LIT, CLOUD_HIGH, CLOUD_LOW, HAZE = "#FBE6BE", "#CBD6CB", "#E8A273", "#EBB083"
RANGE, RANGE_LIT, RANGE_SHADE = "#CD9D88", "#DDAF90", "#C08F7E"
FOOTHILL, FOOTHILL_LIT, FOOTHILL_SHADE = "#B57E70", "#CF9A7C", "#A87268"
SANDSTONE, SANDSTONE_LIT, SANDSTONE_SHADE = "#9C4529", "#CF6E3D", "#6F3439"
BUTTE, BUTTE_LIT, BUTTE_SHADE = "#5B2E2C", "#9A4226", "#3D2830"
TOWN, TOWN_LIT, WINDOW, WINDOW_DARK = "#5D5560", "#D69A6B", "#F7CF7C", "#474653"
TREES_FAR, TREES_NEAR = "#4A4545", "#1F3437"
CONCRETE_FAR, CONCRETE_NEAR, CONCRETE_LIT = "#8F7670", "#5A5A5F", "#F3CD91"
SOFFIT, SOFFIT_LIT = "#3A3A40", "#B9774C"
RIVER, RIVER_DEEP, INK, INK_LIT, RIM = "#0B5C6B", "#0A3F4B", "#10262C", "#2A5250", "#D98A45"
LEAVES_SHADE, LEAVES_LIT = (INK, "#1D3B3A", "#2F4B3D"), ("#2F4B3D", "#8E7A3C", "#D9A24A")
RIBS = ("#16343A", "#1A3C42", "#20474A", "#284B4B", "#3B5349", "#7A6644", "#E0A258")  # of a saguaro, to the sun

# Where things stand: outlines as x,y, the rest as the comment says.
CLOUD_BANKS = (  # x, y, spread, number of bars
    "1790,196,380,8 1560,300,330,6 330,262,300,6 2120,400,330,5 210,470,300,5 1330,566,200,4 640,512,170,3"
)
MESA = (
    "0,716 190,700 420,712 640,706 800,694 900,668 948,664 985,633 1030,626 1110,638 1185,631 1240,628 "
    "1262,652 1340,676 1640,676 2030,684 2400,712"
)
FOOTHILLS = "0,728 260,735 520,728 760,739 1010,722 1130,709 1250,726 1420,716 2400,733"
PAPAGO_ROCKS = (  # x, half width, height, lean
    "240,150,76,.1 742,88,84,-.2 392,96,110,.3 690,96,142,.1 536,122,192,.24 322,84,60,.2 460,80,96,.25 "
    "628,74,84,.1 560,84,64,.2 770,60,50,0"
)
HAYDEN_CREST = (
    "1090,788 1200,742 1300,694 1372,640 1430,588 1492,548 1540,500 1580,482 1622,478 1660,500 1712,528 "
    "1770,540 1822,566 1880,622 1960,672 2080,726 2240,788"
)
HAYDEN_SPINE = "1612,470 1640,560 1628,620 1668,690 1700,788"
TOWN_BLOCKS = (  # x, width, top, height of the crown, haze
    "1908,70,612,0,.3 2076,56,572,0,.34 2196,62,606,8,.3 2322,70,626,0,.3 1796,66,654,0,.1 1846,56,598,14,.12 "
    "1954,62,540,18,.06 2010,92,622,0,.16 2122,66,588,10,.04 2176,92,650,0,.14 2262,64,578,16,.1 "
    "2318,90,664,0,.05"
)
FAN_PALMS, DATE_PALMS = "1976,836,196 2162,838,318 2222,838,256 2340,840,352", "2070,838,186 2286,842,172"
BANK_BUSHES = (  # x, size
    "1962,8 1998,12 2034,8 2104,15 2134,10 2196,19 2250,13 2262,24 2318,16 2372,21 2398,18"
)
BANK_CREST = "-5,1068 120,1096 250,1126 400,1160 560,1218 700,1268 840,1318 930,1356"
BANK_FRONT = "-5,1190 160,1206 330,1258 470,1292 620,1340 690,1370"
AGAVES = "310,1204,92 566,1258,78 704,1312,58 90,1240,84"  # x, y, size

# The bridge in metres, and the camera that sees it: focal length in pixels, eye over the water in metres.
FOCAL, EYE_HEIGHT = 2400, 4.2
BRIDGE_START, BRIDGE_DIRECTION = 85 + 178j, -0.88 + 0.475j  # in plan: across + away·j
SPAN, PIER, ARCHES, DECK, SPRINGING, RISE, RIB, DEPTH = 29, 2.4, 12, 9.2, 1.1, 6.6, 0.95, 5


# --- paper, ink and plates ----------------------------------------------------


def chance(name):
    return Random(name)


def rgb(colour, *alpha):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) + alpha


def mix(a, b, t):
    """The colour a share t of the way from a to b."""
    return "#" + "".join(f"{round(p + (q - p) * t):02x}" for p, q in zip(rgb(a), rgb(b), strict=True))


def table(text):
    """Rows of numbers: "1,2 3,4" gives [[1.0, 2.0], [3.0, 4.0]]."""
    return [[float(number) for number in row.split(",")] for row in text.split()]


def ease(start, end, value):
    """0 up to start, 1 from end on, and a smooth passage between them."""
    t = min(1, max(0, (value - start) / (end - start)))
    return t * t * (3 - 2 * t)


def column(value, mode="L"):
    """A full-size image in which each row has the colour value(y)."""
    strip = Image.new(mode, (1, H * SCALE))
    strip.putdata([value(y / SCALE) for y in range(H * SCALE)])
    return strip.resize((W * SCALE, H * SCALE))


def fade(start, end, low, high):
    """A mask going smoothly from low at height start to high at height end."""
    return column(lambda y: round(low + (high - low) * ease(start, end, y)))


def noise(name, cell):
    """Even grey noise in grains of cell pixels, at the drawing's full size."""
    size = (round(W / cell), round(H / cell))
    grey = Image.frombytes("L", size, chance(name).randbytes(size[0] * size[1]))
    return grey.resize((W * SCALE, H * SCALE), Image.Resampling.BICUBIC)


def softened(mask, strength=1):
    return mask.reduce(8).filter(ImageFilter.GaussianBlur(4)).resize(mask.size).point(lambda v: v * strength)


def grained(mask):
    """Break a soft mask up into grains: a printer's shading in place of a fade."""
    return ImageChops.subtract(mask, noise("grain", 2)).point(lambda v: min(255, v * 6))


def mirrored(image, waterline):
    flipped = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return ImageChops.offset(flipped, 0, round((2 * waterline - H) * SCALE))


class Plate:
    """One transparent printing plate."""

    def __init__(self):
        self.image = Image.new("RGBA", (W * SCALE, H * SCALE))
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points, colour):
        self.draw.polygon([(p.real * SCALE, p.imag * SCALE) for p in points], fill=colour)

    def line(self, points, colour, width):
        self.draw.line([(p.real * SCALE, p.imag * SCALE) for p in points], colour, round(width * SCALE), "curve")

    def box(self, left, right, bottom, top, colour):
        self.draw.rectangle((left * SCALE, top * SCALE, right * SCALE, bottom * SCALE), colour)

    def disc(self, p, rx, ry, colour):
        box = (p.real - rx, p.imag - ry, p.real + rx, p.imag + ry)
        self.draw.ellipse([edge * SCALE for edge in box], colour)

    @property
    def shape(self):
        return self.image.getchannel("A")

    def tint(self, colour, mask):
        """Colour what is already drawn, as strongly as the mask says."""
        shape = self.shape
        self.image.paste(colour, mask=ImageChops.multiply(mask, shape))
        self.image.putalpha(shape)

    def edge(self, dx, dy):
        """A mask of the sides that face away from (dx, dy), as deep as that shift."""
        moved = ImageChops.offset(self.shape, round(dx * SCALE), round(dy * SCALE))
        return ImageChops.subtract(self.shape, moved)


def ridge(outline, roughness, rng):
    """Roughen a line by moving the middle of each stretch, over and over."""
    points = [complex(x, y) for x, y in table(outline)]
    while max(abs(b - a) for a, b in pairwise(points)) > 6:
        finer = points[:1]
        for a, b in pairwise(points):
            shift = complex(rng.uniform(-0.3, 0.3), rng.uniform(-0.5, 0.5)) * abs(b - a) * roughness
            finer += [(a + b) / 2 + shift, b]
        points = finer
    return points


def lens(centre, half, thick):
    """A thin level leaf shape: a ripple, a glint, a bar of cloud."""
    turn = [pi * k / 8 for k in range(16)]
    return [centre + complex(half * cos(a), thick * sin(a) * abs(sin(a))) for a in turn]


def streak(plate, start, length, slope, width, colour, rng):
    """A ragged streak of rock or shadow running down a hillside."""
    left, right = [], []
    for t in (k / 6 for k in range(7)):
        middle = start + length * t * complex(slope, 1) + rng.uniform(-0.25, 0.25) * width
        half = width * (1 - t) ** 0.6 * min(1, 0.3 + 3 * t) / 2
        left.append(middle - half * rng.uniform(0.4, 1.3))
        right.append(middle + half * rng.uniform(0.4, 1.3))
    plate.polygon(left + right[::-1], colour)


# --- sky and land, from far to near -------------------------------------------


def sky():
    def colour(y):
        step, t = divmod(min(y, SHORE - 1) / SHORE * (len(SKY) - 1), 1)
        return rgb(mix(SKY[int(step)], SKY[int(step) + 1], t))

    paper = column(colour, "RGB").convert("RGBA")
    for radius, strength in ((470, 26), (340, 30), (236, 36), (156, 46), (98, 70)):
        ring = Plate()
        ring.disc(SUN, radius, radius, rgb(SUN_GLOW, strength))
        paper.alpha_composite(ring.image)
    return paper


def clouds():
    plate, rng = Plate(), chance("clouds")
    for x, y, spread, bars in table(CLOUD_BANKS):
        for _ in range(int(bars)):
            at = complex(x + rng.gauss(0, spread * 0.5), y + rng.gauss(0, 16))
            half, thick = spread * rng.uniform(0.25, 0.8), rng.uniform(3, 8.5)
            body = mix(CLOUD_HIGH, CLOUD_LOW, ease(180, 520, at.imag))
            plate.polygon(lens(at, half, thick), rgb(body, 125))
            belly = at + complex(half * 0.08, thick * 0.35)
            plate.polygon(lens(belly, half * 0.84, thick * 0.5), rgb(CLOUD_LIT, 165))
    return plate


def mountains():
    """The mesa of the Superstitions, and low foothills before it."""
    plate, rng = Plate(), chance("mountains")
    for outline, foot, plain, lit, shade in (
        (MESA, 750, RANGE, RANGE_LIT, RANGE_SHADE),
        (FOOTHILLS, 775, FOOTHILL, FOOTHILL_LIT, FOOTHILL_SHADE),
    ):
        crest = ridge(outline, 0.16, rng)
        plate.polygon([*crest, complex(W, SHORE), complex(0, SHORE)], plain)
        for top in crest[2::5]:
            side, drop = copysign(1, SUN.real - top.real), (foot - top.imag) * rng.uniform(0.4, 1)
            streak(plate, top, drop, -0.2 * side, 12, shade, rng)
            streak(plate, top + side * 9, drop * rng.uniform(0.5, 1), -0.2 * side, 11, lit, rng)
    plate.tint(HAZE, fade(680, SHORE, 0, 200))
    return plate


def sandstone(x, half, height, lean, rng):
    """One rounded rock: shaded with grain on both sides, pitted with hollows."""
    rock, outline, foot = Plate(), [], complex(x, 758)
    knobs = [(rng.uniform(0.1, 0.9), rng.uniform(0.05, 0.14), rng.uniform(-0.1, 0.08)) for _ in range(6)]
    for t in (k / 60 for k in range(61)):
        c, s = -cos(pi * t), sin(pi * t)
        bump = 1 + sum(rise * exp(-(((t - at) / wide) ** 2)) for at, wide, rise in knobs)
        up = height * (s**0.5 * bump + rng.uniform(-0.006, 0.006))
        outline.append(foot + complex(half * (copysign(abs(c) ** 0.8, c) + lean * s), -up))
    rock.polygon(outline, mix(SANDSTONE, SANDSTONE_SHADE, rng.uniform(0, 0.35)))
    rock.tint(SANDSTONE_SHADE, grained(softened(rock.edge(half * 0.9, 0))))
    rock.tint(SANDSTONE_LIT, grained(softened(rock.edge(-half * 0.5, height * 0.07))))
    shape = rock.shape
    for _ in range(round(half / 9)):
        at = foot + complex(rng.uniform(-0.6, 0.7) * half, -height * rng.uniform(0.35, 0.85))
        size = rng.uniform(3, 8)
        rock.polygon(lens(at, size * rng.uniform(1, 2.6), size * 0.5), SANDSTONE_SHADE)
        rock.polygon(lens(at + size * 0.5j, size * 1.2, size * 0.16), SANDSTONE_LIT)
    rock.image.putalpha(shape)
    return rock


def papago_buttes():
    plate, rng = Plate(), chance("papago")
    for rock in table(PAPAGO_ROCKS):
        plate.image.alpha_composite(sandstone(*rock, rng).image)
    plate.tint(HAZE, fade(600, 775, 14, 160))
    return plate


def hayden_butte():
    """The dark, rocky hill beside the lake: one flank in the sun, one in shade."""
    plate, rng = Plate(), chance("hayden")
    crest, spine = ridge(HAYDEN_CREST, 0.22, rng), ridge(HAYDEN_SPINE, 0.42, rng)
    peak = spine[0].real
    plate.polygon(crest, BUTTE_SHADE)
    shape = plate.shape
    plate.polygon([p for p in crest if p.real < peak] + spine + crest[:1], BUTTE_LIT)
    sunny = [mix(BUTTE, BUTTE_LIT, 0.3), mix(BUTTE, BUTTE_LIT, 0.6), mix(BUTTE_LIT, SANDSTONE_LIT, 0.55)]
    shady = [BUTTE, mix(BUTTE, BUTTE_LIT, 0.3), mix(BUTTE_SHADE, INK, 0.4)]
    for _ in range(330):
        x = rng.uniform(1130, 2160)
        top = min(crest, key=lambda p: abs(p.real - x)).imag
        y = top + (SHORE - top) * rng.random() * 0.85
        tones = sunny if x < min(spine, key=lambda p: abs(p.imag - y)).real - 6 else shady
        length, width = rng.uniform(16, 70), rng.uniform(3, 14)
        streak(plate, complex(x, y), length, (x - peak) / 420, width, rng.choice(tones), rng)
    for _ in range(700):
        shrub = complex(rng.uniform(1130, 2200), 620 + (SHORE - 620) * rng.random() ** 0.45)
        plate.disc(shrub, rng.uniform(0.8, 2.6), rng.uniform(0.6, 1.6), mix(BUTTE_SHADE, BUTTE, rng.random()))
    plate.image.putalpha(shape)
    plate.tint(BUTTE, grained(fade(640, 830, 0, 200)))
    plate.tint(HAZE, fade(560, SHORE, 0, 96))
    return plate


def building(plate, x, width, top, crown, haze, rng):
    """A block with its narrow side in the sun, perhaps a stepped crown, and windows."""
    side, storey = width * 0.22, rng.choice((10, 11, 12))
    front, sunny, dark = mix(TOWN, HAZE, haze), mix(TOWN_LIT, HAZE, haze), mix(WINDOW_DARK, HAZE, haze)
    for inset, height in ((0.3, crown), (0.14, crown * 0.45), (0, 0)):
        left, right = x + width * inset, x + width * (1 - inset)
        plate.box(left, right, SHORE, top - height, front)
        plate.box(left, left + side, SHORE, top - height, sunny)
    for y in range(int(top) + 7, SHORE - 20, storey):
        plate.box(x + 2, x + side - 2, y + 3, y, mix(sunny, front, 0.4))
        for left in range(int(x + side) + 5, int(x + width) - 6, 8):
            plate.box(left, left + 5, y + 5, y, WINDOW if rng.random() < 0.2 else dark)


def town():
    """Downtown, and the old flour mill's silos at the foot of the hill."""
    plate, rng = Plate(), chance("town")
    for block in table(TOWN_BLOCKS):
        building(plate, *block, rng)
    for x in range(1706, 1790, 17):
        plate.box(x, x + 17, SHORE, 664, TOWN)
        plate.box(x, x + 8, SHORE, 664, TOWN_LIT)
    plate.box(1702, 1795, 664, 655, TOWN)
    plate.box(1756, 1780, 656, 640, TOWN)
    plate.tint(HAZE, fade(540, SHORE, 0, 110))
    return plate


def far_shore():
    """Trees along the far bank."""
    plate, rng = Plate(), chance("shore")
    for colour, lift in ((TREES_FAR, 9), (mix(TREES_FAR, TREES_NEAR, 0.5), 5), (TREES_NEAR, 1)):
        for _ in range(130):
            clump(plate, complex(rng.uniform(0, W), SHORE - lift), rng.uniform(7, 18), colour, rng)
    plate.box(0, W, SHORE + 1, SHORE - 9, TREES_NEAR)
    plate.tint(HAZE, fade(SHORE - 60, SHORE, 40, 66))
    return plate


# --- the bridge, in true perspective --------------------------------------------


def project(along, height, behind):
    """Where a point on or behind the bridge's near face falls in the picture."""
    plan = BRIDGE_START + (along - 1j * behind) * BRIDGE_DIRECTION
    return W / 2 + EYE_LEVEL * 1j + FOCAL * complex(plan.real, EYE_HEIGHT - height) / plan.imag


def bridge(sign):
    """The bridge (sign 1), or its mirror image under the water (sign -1)."""
    back, face, light = Plate(), Plate(), Plate()
    end = ARCHES * SPAN

    def slab(plate, a, b, low, high, behind=0, colour=INK):
        corners = ((a, low), (b, low), (b, high), (a, high))
        plate.polygon([project(along, sign * height, behind) for along, height in corners], colour)

    def spring(share, rise):
        return SPRINGING + rise * sin(acos(1 - 2 * share)) ** 0.9

    def arch(pier, rise, behind=0):
        """The curve of one arch from springing to springing."""
        shares = [(1 - cos(pi * k / 40)) / 2 for k in range(41)]
        feet = pier + PIER / 2, SPAN - PIER
        return [project(feet[0] + feet[1] * t, sign * spring(t, rise), behind) for t in shares]

    slab(back, -30, end, DECK - 1.5, DECK, DEPTH, SOFFIT)
    slab(face, -30, end, DECK - 1.5, DECK)
    for pier in range(0, end + 1, SPAN):
        for plate, behind, colour in ((back, DEPTH, SOFFIT), (face, 0, INK)):
            plate.polygon(arch(pier, RISE, behind) + arch(pier, RISE - RIB, behind)[::-1], colour)
            for share in (k / 12 for k in range(1, 12)):
                post = pier + PIER / 2 + (SPAN - PIER) * share
                slab(plate, post - 0.28, post + 0.28, spring(share, RISE) - 0.2, DECK, behind, colour)
            slab(plate, pier - PIER / 2, pier + PIER / 2, -0.2, DECK, behind, colour)
            slab(plate, pier - PIER * 0.7, pier + PIER * 0.7, -0.2, SPRINGING + 0.2, behind, colour)
        near, far = pairwise(arch(pier, RISE - RIB)), pairwise(arch(pier, RISE - RIB, DEPTH))
        for k, ((a, b), (c, d)) in enumerate(zip(near, far, strict=True)):
            back.polygon([a, b, d, c], mix(SOFFIT, SOFFIT_LIT, max(0, cos(pi * k / 40)) ** 0.8))
        slab(light, pier + PIER / 2 - 0.45, pier + PIER / 2, SPRINGING, DECK - 1.5)
        for lamp in (pier, pier - SPAN / 2):
            slab(light, lamp - 0.12, lamp + 0.12, DECK, DECK + 4)
    slab(light, -30, end, DECK, DECK + 0.32)
    slab(light, -30, end, DECK - 1.72, DECK - 1.5)
    face.tint(CONCRETE_FAR, face.shape)
    face.tint(CONCRETE_NEAR, Image.linear_gradient("L").rotate(90).resize(face.image.size))
    light.tint(CONCRETE_LIT, light.shape)
    back.image.alpha_composite(face.image)
    back.image.alpha_composite(light.image)
    return back


# --- plants -----------------------------------------------------------------------


def clump(plate, at, size, colour, rng):
    """A rounded bush or treetop, a little lighter where the sun comes from."""
    for k in range(18):
        shift = complex(rng.gauss(0, size * 0.75), -size * 0.9 * rng.random() ** 1.4)
        tone = mix(colour, RIM, 0.12) if k > 14 and (shift.real > 0) == (at.real < SUN.real) else colour
        plate.disc(at + shift, size * (0.5 - 0.02 * k), size * (0.34 - 0.015 * k), tone)


def trunk(plate, foot, crown, width, colour):
    left, right = [], []
    for t in (k / 12 for k in range(13)):
        middle = foot + complex((crown - foot).real * t**1.7, (crown - foot).imag * t)
        half = width * (0.5 - 0.2 * t + 0.25 * (1 - t) ** 6)
        left.append(middle - half)
        right.append(middle + half)
    plate.polygon(left + right[::-1], colour)


def fan_palm(plate, x, base, height, colour, rng):
    """A tall Washingtonia: thin trunk, a ball of fans, a skirt of dry leaves."""
    crown, size = complex(x + rng.uniform(-0.09, 0.09) * height, base - height), 8 + height * 0.13
    trunk(plate, complex(x, base), crown, 1.2 + height * 0.022, colour)
    plate.disc(crown - size * 0.12j, size * 0.42, size * 0.4, colour)
    for _ in range(12):
        tip = crown + size * complex(rng.uniform(-0.3, 0.3), rng.uniform(0.6, 1.15))
        plate.polygon([crown - size * 0.12, crown + size * 0.12, tip], colour)
    for k in range(34):
        angle = radians(rng.uniform(-225, 45))
        hub = crown + rect(size * rng.uniform(0.2, 0.6), angle)
        tone = mix(colour, RIM, rng.uniform(0.1, 0.5)) if k > 22 and hub.real < crown.real else colour
        plate.line([crown, hub], tone, 0.6)
        for blade in range(-6, 7):
            along = rect(size * 0.5 * (1 - abs(blade) * 0.05), angle + radians(blade * 13))
            wide = along / abs(along) * size * 0.04j
            plate.polygon([hub + wide, hub + along + abs(along) * 0.14j, hub - wide], tone)


def date_palm(plate, x, base, height, colour, rng):
    """A date palm: a sturdier trunk and long arching feathers."""
    crown, reach = complex(x + rng.uniform(-0.06, 0.06) * height, base - height), 30 + height * 0.24
    trunk(plate, complex(x, base), crown, 4 + height * 0.03, colour)
    for k in range(34):
        angle = radians(-192 + 204 * ((k * 0.618) % 1) + rng.uniform(-5, 5))
        length, droop = reach * rng.uniform(0.85, 1.1), 0.14 + 0.3 * abs(cos(angle))
        tone = mix(colour, RIM, rng.uniform(0.12, 0.5)) if k > 22 and cos(angle) < 0.3 else colour
        bow = [(t / 18, droop * (t / 18) ** 2) for t in range(19)]
        spine = [crown + length * complex(t * cos(angle), t * sin(angle) * 0.85 + sag) for t, sag in bow]
        plate.line(spine, tone, 1.2)
        for j, (a, b) in enumerate(pairwise(spine[2:])):
            leaflet = (b - a) / abs(b - a) * length * 0.2 * sin(pi * (0.28 + 0.04 * j))
            for turn in (-0.7, 0.7):
                plate.line([a, a + leaflet * rect(1, turn) + abs(leaflet) * 0.15j], tone, 0.9)


def town_bank():
    """The bank at the right where the bridge lands, with its palms."""
    plate, rng = Plate(), chance("bank")
    for palm in table(FAN_PALMS):
        fan_palm(plate, *palm, TREES_NEAR, rng)
    for palm in table(DATE_PALMS):
        date_palm(plate, *palm, TREES_NEAR, rng)
    top = ridge("1850,842 1935,834 2050,824 2200,816 2400,808", 0.08, rng)
    plate.polygon([*top, complex(W, TOWN_SHORE), complex(1850, TOWN_SHORE)], INK)
    for x, size in table(BANK_BUSHES):
        clump(plate, complex(x, 935 - x * 0.05), size, mix(INK, TREES_NEAR, rng.random()), rng)
    for _ in range(150):
        reed = complex(rng.uniform(1880, W), TOWN_SHORE)
        plate.line([reed, reed + complex(rng.uniform(-4, 4), -rng.uniform(4, 15))], INK, 0.9)
    return plate


# --- water ------------------------------------------------------------------------


def ripples(name, count, strength):
    """A mask of fine level ripples, longer and wider apart toward the viewer."""
    mask, rng = Plate(), chance(name)
    while count:
        t, x = rng.random() ** 1.8, rng.uniform(-100, W + 100)
        if sin(x * 0.0021 + 9 * t) + sin(33 * t**0.6) + rng.uniform(-1, 1) > 0:
            half, thick = rng.uniform(8, 30) + 190 * t * rng.random(), 0.5 + 4.2 * t * rng.uniform(0.4, 1)
            mask.polygon(lens(complex(x, SHORE + (H - SHORE) * t), half, thick), (255, 255, 255, strength))
            count -= 1
    return mask.shape


def swayed(image):
    """Shift each row of the water a little sideways, more toward the viewer."""
    out, top = image.copy(), SHORE * SCALE
    for row in range(top, H * SCALE):
        t = (row - top) / (H * SCALE - top)
        wave = 42 * log(1 + 9 * t)
        shift = (0.6 + 9 * t) * (sin(wave) * 0.5 + sin(wave * 1.73 + 1) * 0.3 + sin(wave * 3.1) * 0.2)
        strip = image.crop((0, row, image.width, row + 1))
        out.paste(ImageChops.offset(strip, round(shift * SCALE), 0), (0, row))
    return out


def sun_path(water):
    """Lay the sun's glow and its glints on the water."""
    glow, glints, rng = Plate(), Plate(), chance("glints")
    glow.disc(complex(SUN.real, 2 * SHORE - SUN.imag), SUN_RADIUS, SUN_RADIUS * 1.9, INK)
    water.paste(SUN_GLOW, mask=softened(softened(glow.shape), 0.5))
    for _ in range(560):
        t = rng.random() ** 1.35
        half, thick = 7 + 62 * t * rng.uniform(0.15, 1) + 10 * rng.random(), 0.6 + 3 * t * rng.uniform(0.4, 1)
        at = complex(SUN.real + rng.gauss(0, 16 + 60 * t), SHORE + 5 + (H - SHORE) * t)
        tone = mix(GLINT, WINDOW, rng.random() * 0.8)
        glints.polygon(lens(at, half, thick), rgb(tone, round(225 - 120 * t)))
    water.alpha_composite(glints.image)


def lake(mirror):
    """Turn a mirrored scene into water: tinted, swaying, cut by ripples, lit by the sun."""
    deep = column(lambda y: rgb(mix(RIVER, RIVER_DEEP, ease(900, H, y))), "RGB").convert("RGBA")
    water = swayed(Image.composite(deep, mirror, fade(SHORE + 10, H + 40, 22, 222)))
    for rise, count, strength in ((84, 2300, 165), (-84, 2000, 150)):
        shifted = water.copy()
        shifted.paste(water, (0, -rise * SCALE))
        cut = ripples(f"ripples {rise}", count, strength)
        water.paste(shifted, mask=ImageChops.multiply(cut, fade(SHORE, SHORE + 210, 15, 255)))
    sun_path(water)
    return water


# --- the near bank ------------------------------------------------------------------


def cactus_limb(plate, path, width):
    """A ribbed, round-ended limb along a path, its right side catching the sun."""
    run = [0]
    for a, b in pairwise(path):
        run.append(run[-1] + abs(b - a))

    def offset(share):
        line = []
        for k, point in enumerate(path):
            ahead = path[min(len(path) - 1, k + 1)] - path[max(0, k - 1)]
            tip = max(0, 1 - (run[-1] - run[k]) / (width * 0.6))
            swell = 0.9 + 0.12 * sin(pi * run[k] / run[-1]) + 0.02 * sin(run[k] / 19)
            line.append(point + 1j * ahead / abs(ahead) * width / 2 * share * swell * sqrt(1 - tip * tip))
        return line

    plate.polygon(offset(-1) + offset(1)[::-1], INK)
    for k, colour in enumerate(RIBS):
        plate.line(offset(1.2 * sin((k - 3) * 0.3)), colour, width * 0.06)


def saguaro(plate, foot, height, width, arms):
    for side, start, out, up in arms:
        elbow = foot - height * start * 1j
        turn = [pi / 2 * k / 16 for k in range(16)]
        bend = [elbow + out * complex(side * sin(a), -0.55 * (1 - cos(a))) for a in turn]
        rise = [elbow + complex(side * (out + 3 * sin(k / 20)), -out * 0.55 - up * k / 60) for k in range(61)]
        cactus_limb(plate, bend + rise, width * 0.72)
    cactus_limb(plate, [foot + complex(5 * sin(k / 26), -height * k / 120) for k in range(121)], width)


def agave(plate, at, size, rng):
    for k in range(25):
        leaf = rect(size * rng.uniform(0.75, 1), radians(-178 + 176 * ((k * 0.618) % 1)))
        wide = 1j * leaf / abs(leaf) * size * 0.085
        middle, tip = at + leaf * 0.36, at + complex(leaf.real, leaf.imag * 0.82)
        blade = [at - wide / 2, middle - wide, tip, middle + wide, at + wide / 2]
        plate.polygon(blade, mix(INK, INK_LIT, rng.uniform(0.1, 1.2)))
        plate.line([middle + wide, tip], RIM if leaf.real > 0 else "#3C6462", 0.8)


def palo_verde(plate, start, length, angle, width, rng):
    """A branching desert tree that ends in sprays of tiny leaves."""
    end = start + rect(length, angle)
    plate.line([start, end], INK, width)
    if length < 17:
        for _ in range(16):
            shift = complex(rng.gauss(0, 11), rng.gauss(0, 6))
            plate.disc(end + shift, 1.9, 1.2, rng.choice(LEAVES_LIT if shift.real > 2 else LEAVES_SHADE))
        return
    for turn in (-0.5, 0, 0.46):
        shorter, bent = length * rng.uniform(0.62, 0.84), angle + turn + rng.uniform(-0.18, 0.18)
        palo_verde(plate, end, shorter, bent, width * 0.66, rng)


def grass(plate, at, tall, rng):
    for lean in (rng.gauss(0.1, 0.45) for _ in range(12)):
        tone = mix(INK_LIT, RIM, 0.6) if lean > 0.5 else mix(INK, INK_LIT, rng.random())
        plate.line([at + lean * 6, at + tall * complex(sin(lean), -cos(lean))], tone, 0.9)


def near_bank():
    """The bank we stand on: saguaros, a palo verde, agaves and grass."""
    bank, plants, rng = Plate(), Plate(), chance("near")
    bank.polygon([*ridge(BANK_CREST, 0.16, rng), complex(-5, 1400)], INK)
    bank.tint(INK_LIT, softened(bank.edge(-40, 70), 0.5))
    bank.tint(mix(RIM, INK, 0.25), grained(softened(bank.edge(-8, 14), 0.7)))
    bank.polygon([*ridge(BANK_FRONT, 0.14, rng), complex(-5, 1400)], INK)
    for length, angle in ((74, -2.2), (80, -1.65), (72, -1.05)):
        palo_verde(plants, 50 + 1112j, length, angle, 7, rng)
    saguaro(plants, 428 + 1204j, 572, 50, ((-1, 0.34, 84, 168), (1, 0.5, 74, 96)))
    saguaro(plants, 206 + 1136j, 318, 34, ((1, 0.42, 50, 74),))
    for _ in range(46):
        x = rng.uniform(0, 860)
        grass(plants, complex(x, 1096 + x * 0.3 + 170 * rng.random() ** 2), rng.uniform(14, 34), rng)
    for x, y, size in table(AGAVES):
        agave(plants, complex(x, y), size, rng)
    bank.image.alpha_composite(plants.image)
    return bank


# --- the whole ----------------------------------------------------------------------


def compose():
    scene, sun, bank = sky(), Plate(), town_bank()
    for plate in (clouds(), mountains(), papago_buttes(), hayden_butte(), town(), far_shore()):
        scene.alpha_composite(plate.image)
    mirror = mirrored(scene, SHORE)
    mirror.alpha_composite(bridge(-1).image)
    mirror.alpha_composite(mirrored(bank.image, TOWN_SHORE))
    sun.disc(SUN, SUN_RADIUS, SUN_RADIUS, SUN_CORE)
    scene.alpha_composite(sun.image)
    scene.paste(lake(mirror), mask=column(lambda y: 255 if y >= SHORE else 0))
    for plate in (bridge(1), bank, near_bank()):
        scene.alpha_composite(plate.image)
    return scene.convert("RGB")


def finished(picture):
    """Reduce to the final size and lay a light paper grain over everything."""
    small = picture.resize((W, H), Image.Resampling.LANCZOS)
    paper = noise("paper", 1.5).resize((W, H)).filter(ImageFilter.GaussianBlur(0.6)).convert("RGB")
    return Image.blend(small, ImageChops.overlay(small, paper), 0.11)


def save(picture, path):
    """Write the best JPEG that keeps within MAX_BYTES."""
    for quality in range(92, 40, -1):
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= MAX_BYTES:
            break
    path.write_bytes(file.getvalue())


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("tempe.jpg")
    save(finished(compose()), Path(target))
