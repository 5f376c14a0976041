"""What a picture is shown as: crops of it, each in the widths that the layout needs, in three kinds of file.

Takes the bytes that pictures.bare() leaves, which are upright and in sRGB; gives new bytes that hold pixels only.
"""

import io
from dataclasses import dataclass

from PIL import Image

# A number more whenever what is made below changes, so that what was made before is made anew.
RECIPE = 1


@dataclass(frozen=True)
class Crop:
    """widths: in pixels, the largest last; never wider than the picture is. ratio: width by height; None: as it is."""

    widths: tuple[int, ...]
    ratio: float | None = None
    for_others: bool = False  # that want the most ordinary kind of file, and show black where something shines through


CROPS = {
    "whole": Crop((180, 360, 720, 1080, 1600)),
    "wide": Crop((1080, 1600, 2400), 16 / 8.2),
    "card": Crop((1200,), 1200 / 630, for_others=True),
}

# The best first. AVIF at speed 8 takes a fifth of the time of its default, for one byte in twenty more.
KINDS = {
    "avif": ("AVIF", {"quality": 62, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
}
FALLBACKS = {
    "jpg": ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
    "png": ("PNG", {"compress_level": 4}),  # for what is transparent; the few that need it can wait for it
}
PAPER = (247, 248, 245)  # --paper in static/css/site.css
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True)
class Made:
    """crops: {crop: {"kinds": ["avif", …], "sizes": [[width, height], …]}}, the best kind and smallest size first;
    plain, for JSON to keep. files: (name, bytes) of each kind and size of each crop.
    """

    crops: dict[str, dict]
    files: list[tuple[str, bytes]]


def file_name(crop, width, kind):
    """A rendition's name among those of its picture: whole-720.avif."""
    return f"{crop}-{width}.{kind}"


def file_names(crops):
    """The names of all files of Made.crops."""
    return [
        file_name(name, width, kind)
        for name, crop in crops.items()
        for width, _height in crop["sizes"]
        for kind in crop["kinds"]
    ]


def box(size, ratio, focal):
    """The largest part of a picture with this ratio, its middle as near to the focal point as the edges allow.

    size: (width, height) in pixels. focal: percent from the left and from the top. Gives (left, top, right, bottom).
    """
    width, height = size
    if ratio is None:
        return 0, 0, width, height
    part = (
        min(width, max(1, round(height * ratio))),
        min(height, max(1, round(width / ratio))),
    )
    left, top = (
        min(max(round(whole * percent / 100 - kept / 2), 0), whole - kept)
        for whole, kept, percent in zip(size, part, focal, strict=True)
    )
    return left, top, left + part[0], top + part[1]


def make(content, focal):
    """All renditions of a picture: Made. content: the picture's file, as bytes. focal: percent, as for box()."""
    picture = _pixels(content)
    fallback = "png" if picture.mode == "RGBA" else "jpg"
    crops, files = {}, []
    for name, crop in CROPS.items():
        part = picture.crop(box(picture.size, crop.ratio, focal))
        kinds = [*KINDS, fallback]
        if crop.for_others:
            part, kinds = _on_paper(part), ["jpg"]
        crops[name] = {"kinds": kinds, "sizes": []}
        for width in _widths(part.width, crop.widths):
            height = max(1, round(part.height * width / part.width))
            small = part.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
            crops[name]["sizes"].append([width, height])
            files += [(file_name(name, width, kind), _encoded(small, *(KINDS | FALLBACKS)[kind])) for kind in kinds]
    return Made(crops, files)


def _pixels(content):
    """The picture as RGB, or as RGBA where something shines through, without anything else that its file held."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] == 255:
        picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def _on_paper(picture):
    ground = Image.new("RGB", picture.size, PAPER)
    ground.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return ground


def _widths(widest, wanted):
    """Those of the wanted widths that need no enlarging, and the picture's own where that ends between them."""
    return [*(width for width in wanted if width < widest), min(widest, wanted[-1])] if widest < wanted[-1] else wanted


def _encoded(picture, kind, options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
