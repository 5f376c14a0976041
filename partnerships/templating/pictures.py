"""How a picture is put on a page: which files a browser may choose from, by the place that the picture has there."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from django.utils.html import format_html_join

from partnerships.renditions import CONTENT_TYPES, file_name


@dataclass(frozen=True)
class Place:
    """How wide static/css/site.css makes a picture in a place, as <img sizes> tells it; keep the two in step.

    wide: the same from WIDE_FROM up, for a place that shows the wide crop there.
    """

    sizes: str
    wide: str = ""


WIDE_FROM = "(min-width: 58rem)"
PLACES = {
    # .opening: all of the screen; where it is wide, from 6rem right of the text's edge to the right edge.
    "opening": Place("100vw", wide="(min-width: 82.6rem) calc(50vw + 32rem), calc(96vw - 6rem)"),
    # .head--pictured: the text's width; where it is wide, the smaller column.
    "head": Place("(min-width: 82.6rem) 35rem, (min-width: 58rem) calc(44vw - 1.4rem), 92vw"),
    # A column of running text.
    "text": Place("(min-width: 42rem) 36rem, 92vw"),
}
SMALLEST = 360  # what is smaller is made for logos and the admin's lists
LOGO_HEIGHT = 132  # .bar__logo is 2.75rem high at most; screens have up to three pixels for one


@dataclass(frozen=True)
class Source:
    """The attributes of a <source>, or of the <img> that comes last. Without srcset there is but the one file, src."""

    width: int
    height: int
    src: str = ""
    srcset: str = ""
    sizes: str = ""
    media: str = ""
    type: str = ""

    @cached_property
    def attributes(self):
        """Those of a <source> that it has, as mark-up."""
        names = ("media", "type", "srcset", "sizes", "width", "height")
        told = ((name, getattr(self, name)) for name in names)
        return format_html_join(" ", '{}="{}"', (pair for pair in told if pair[1]))


@dataclass(frozen=True)
class Shown:
    sources: list[Source]
    img: Source


def shown(image, place):
    """What a <picture> of the image holds in one of PLACES: {% set picture = shown(image, "head") %}."""
    if not image.has_renditions:
        return Shown([], _master(image))
    place = PLACES[place]
    sources = []
    if place.wide and "wide" in image.renditions["crops"]:
        sources += _sources(image, "wide", place.wide, WIDE_FROM)
    *better, fallback = _sources(image, "whole", place.sizes)
    return Shown([*sources, *better], fallback)


def shown_as_logo(image):
    """What a <picture> of the site's logo holds: one size, sharp on every screen."""
    if not image.has_renditions:
        return Shown([], _master(image))
    whole = image.renditions["crops"]["whole"]
    fitting = [size for size in whole["sizes"] if size[1] >= LOGO_HEIGHT] or whole["sizes"][-1:]
    *better, fallback = [_single(image, fitting[0], kind) for kind in whole["kinds"]]
    return Shown(better, fallback)


def host(address):
    """The name of the site that an address leads to: https://www.example.org/picture becomes example.org."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _master(image):
    return Source(image.width, image.height, image.file.url)


def _single(image, size, kind):
    address = image.file.storage.url(image.rendition_name("whole", size[0], kind))
    return Source(*size, src=address, srcset=address, type=CONTENT_TYPES[kind])


def _sources(image, crop, sizes, media=""):
    """The Sources of a crop, one a kind."""
    made = image.renditions["crops"][crop]
    known = image.file.storage, image.renditions["stem"], crop, tuple(map(tuple, made["sizes"]))
    return [_source(*known, kind, sizes, media) for kind in made["kinds"]]


@lru_cache(maxsize=1024)
def _source(storage, stem, crop, every, kind, sizes, media):
    fit = [size for size in every if size[0] >= SMALLEST] or every[-1:]
    urls = [(width, storage.url(f"{stem}-{file_name(crop, width, kind)}")) for width, _height in fit]
    return Source(
        *fit[-1],
        src=urls[-1][1],
        srcset=", ".join(f"{url} {width}w" for width, url in urls),
        sizes=sizes,
        media=media,
        type=CONTENT_TYPES[kind],
    )
