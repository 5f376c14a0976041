"""What an uploaded picture must be, and what is kept of it."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import ImageCms

from partnerships import pictures

pytestmark = pytest.mark.once

ORIENTATION, GPS_IFD, GPS_LATITUDE = 0x0112, 0x8825, 2


def encoded(size=(40, 30), kind="JPEG", mode="RGB", colour="teal", **options):
    out = io.BytesIO()
    Pillow.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def png_header_only(width, height):
    """A PNG that claims a size and holds no pixels to speak of."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (encoded(size=(400, 300))[:900], "avskuren.jpg", "damaged"),
        (encoded(kind="PNG", size=(400, 300))[:200], "avskuren.png", "damaged"),
        (b"hej" * 100, "text.jpg", "not_a_picture"),
        (b"", "tom.jpg", "not_a_picture"),
        (encoded(kind="GIF", mode="P", colour=0), "rorlig.gif", "not_a_picture"),
        (encoded(kind="BMP"), "bild.bmp", "not_a_picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "marke.svg", "svg"),
        (b'<SVG xmlns="http://www.w3.org/2000/svg"></SVG>', "marke.png", "svg"),
        (b"gzip", "marke.svgz", "svg"),
        (png_header_only(7_100, 7_100), "bomb.png", "too_many_pixels"),
        (png_header_only(20_000, 20_000), "bomb.png", "too_many_pixels"),
        (png_header_only(10_000, 10_000), "bomb.png", "too_many_pixels"),
        (encoded() + b"\0" * pictures.MAX_BYTES, "stor.jpg", "too_large"),
        (encoded(), "bild.png", "wrong_extension"),
        (encoded(), "bild", "wrong_extension"),
        (encoded(), "bild.php", "wrong_extension"),
        (encoded(kind="PNG"), "bild.jpg", "wrong_extension"),
    ],
)
def test_read_refuses_what_is_no_fit_picture(content, name, code):
    with pytest.raises(ValidationError) as refusal:
        pictures.read(io.BytesIO(content), name)
    assert refusal.value.code == code
    assert refusal.value.params["name"] == name
    assert name in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("JPEG", "a.jpg"), ("JPEG", "A.JPEG"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")],
)
def test_read_takes_the_usual_kinds(kind, name):
    assert pictures.read(io.BytesIO(encoded(kind=kind)), name).size == (40, 30)


def test_read_takes_fifty_million_pixels():
    pictures.read(io.BytesIO(encoded(size=(10_000, 5_000), kind="PNG", mode="1", colour=1)), "stor.png")


def bare(content, name="bild.jpg"):
    kept, extension = pictures.bare(pictures.read(io.BytesIO(content), name))
    return Pillow.open(io.BytesIO(kept)), extension, kept


def test_bare_drops_place_camera_comment_and_profile():
    exif = Pillow.Exif()
    exif[0x010F] = "Kamera"
    exif.get_ifd(GPS_IFD)[GPS_LATITUDE] = (58.0, 17.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = encoded(exif=exif, comment=b"hemligt", icc_profile=profile, xmp=b"<x:xmpmeta>hemligt</x:xmpmeta>")
    assert pictures.read(io.BytesIO(content), "b.jpg").getexif().get_ifd(GPS_IFD), "the original must hold a place"
    picture, extension, kept = bare(content)
    assert extension == ".jpg"
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert b"hemligt" not in kept
    assert b"Kamera" not in kept


def test_bare_turns_the_picture_upright():
    exif = Pillow.Exif()
    exif[ORIENTATION] = 6
    assert bare(encoded(size=(40, 30), exif=exif))[0].size == (30, 40)


def test_bare_keeps_transparency_as_png():
    picture, extension, _kept = bare(encoded(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)), "b.png")
    assert (extension, picture.mode) == (".png", "RGBA")


def test_bare_keeps_within_the_largest_side():
    assert bare(encoded(size=(6400, 100)))[0].size == (3200, 50)


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
@pytest.mark.parametrize(
    "profile", [b"nonsense", b"\0" * 128, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_bare_survives_odd_profiles(mode, profile):
    content = encoded(mode=mode, colour=0, icc_profile=profile)
    assert bare(content)[0].mode == "RGB"
