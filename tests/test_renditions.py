"""What a picture is shown as: its crops, widths and kinds, and that they hold pixels only."""

import io

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, ImageStat

from partnerships import pictures, renditions
from partnerships.content_import import CONTENT

pytestmark = pytest.mark.once

ORIENTATION, GPS_IFD, GPS_LATITUDE, MAKER = 0x0112, 0x8825, 2, 0x010F
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
# In this one, what is written as red is green, and the other way round.
SWAPPED = SRGB.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")


def encoded(mode="RGB", size=(40, 30), colour=0, kind="PNG", **options):
    out = io.BytesIO()
    Pillow.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def quarters(width=1600, height=1200):
    """Red and green above, blue and white below."""
    picture = Pillow.new("RGB", (width, height), "white")
    picture.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    picture.paste((0, 128, 0), (width // 2, 0, width, height // 2))
    picture.paste((0, 0, 255), (0, height // 2, width // 2, height))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def made(content, focal=(50, 50)):
    """What becomes of an upload: (Made, {name: picture})."""
    name = f"bild.{Pillow.open(io.BytesIO(content)).format.lower()}"
    master, _extension = pictures.bare(pictures.read(io.BytesIO(content), name))
    result = renditions.make(master, focal)
    return result, {name: Pillow.open(io.BytesIO(content)) for name, content in result.files}


def is_near(pixel, colour, tolerance=12):
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("size", "ratio", "focal", "expected"),
    [
        ((400, 300), None, (0, 0), (0, 0, 400, 300)),
        ((400, 300), 2, (50, 50), (0, 50, 400, 250)),
        ((400, 300), 2, (50, 0), (0, 0, 400, 200)),
        ((400, 300), 2, (50, 40), (0, 20, 400, 220)),
        ((400, 300), 2, (50, 100), (0, 100, 400, 300)),
        ((300, 100), 2, (0, 50), (0, 0, 200, 100)),
        ((300, 100), 2, (50, 50), (50, 0, 250, 100)),
        ((300, 100), 2, (60, 50), (80, 0, 280, 100)),
        ((300, 100), 2, (100, 50), (100, 0, 300, 100)),
        ((1, 1), 2, (100, 100), (0, 0, 1, 1)),
        ((3200, 1), 2, (100, 0), (3198, 0, 3200, 1)),
        ((1, 3200), 2, (0, 100), (0, 3199, 1, 3200)),
    ],
)
def test_box_is_as_large_as_can_be_and_as_near_to_the_focal_point(size, ratio, focal, expected):
    assert renditions.box(size, ratio, focal) == expected


def test_every_crop_comes_in_its_widths_and_kinds():
    result, files = made(encoded(size=(3200, 1800), kind="JPEG"))
    every = ["avif", "webp", "jpg"]
    assert result.crops == {
        "whole": {"kinds": every, "sizes": [[180, 101], [360, 202], [720, 405], [1080, 608], [1600, 900]]},
        "wide": {"kinds": every, "sizes": [[1080, 554], [1600, 820], [2400, 1230]]},
        "card": {"kinds": ["jpg"], "sizes": [[1200, 630]]},
    }
    assert sorted(files) == sorted(renditions.file_names(result.crops))
    assert len(files) == 3 * 5 + 3 * 3 + 1
    formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    for crop, told in result.crops.items():
        for size in told["sizes"]:
            for kind in told["kinds"]:
                picture = files[renditions.file_name(crop, size[0], kind)]
                assert (list(picture.size), picture.format) == (size, formats[kind])


def test_no_rendition_is_larger_than_the_picture():
    result, _files = made(encoded(size=(800, 600)))
    assert result.crops["whole"]["sizes"] == [[180, 135], [360, 270], [720, 540], [800, 600]]
    assert result.crops["wide"]["sizes"] == [[800, 410]]
    assert result.crops["card"]["sizes"] == [[800, 420]]


@pytest.mark.parametrize(
    ("focal", "left", "right"),
    [((50, 0), (255, 0, 0), (0, 128, 0)), ((50, 100), (0, 0, 255), (255, 255, 255))],
)
def test_crops_follow_the_focal_point(focal, left, right):
    _result, files = made(quarters(), focal)
    for name in ("wide-1600.avif", "wide-1080.webp", "wide-1600.jpg", "card-1200.jpg"):
        picture = files[name].convert("RGB")
        middle = picture.height // 4 if focal[1] == 0 else picture.height * 3 // 4
        assert is_near(picture.getpixel((picture.width // 4, middle)), left), name
        assert is_near(picture.getpixel((picture.width * 3 // 4, middle)), right), name
    whole = files["whole-720.webp"].convert("RGB")
    assert is_near(whole.getpixel((100, 100)), (255, 0, 0))
    assert is_near(whole.getpixel((600, 500)), (255, 255, 255))


def test_renditions_hold_neither_place_nor_camera_nor_profile():
    exif = Pillow.Exif()
    exif[MAKER] = "Exempelkameran"
    exif.get_ifd(GPS_IFD)[GPS_LATITUDE] = (58.0, 17.0, 0.0)
    content = encoded(size=(800, 600), kind="JPEG", exif=exif, icc_profile=SRGB, comment=b"Exempelkameran")
    result, files = made(content)
    assert content.count(b"Exempelkameran") == 2
    for name, content in result.files:
        picture = files[name]
        assert not picture.getexif(), name
        assert not {"exif", "xmp", "icc_profile", "comment", "dpi"} & set(picture.info), name
        assert b"Exempelkameran" not in content, name


def test_a_master_that_kept_its_metadata_does_not_pass_it_on():
    """The renditions do not rely on the master being bare."""
    exif = Pillow.Exif()
    exif[MAKER] = "Exempelkameran"
    for kind in ("JPEG", "PNG"):
        master = encoded(size=(800, 600), kind=kind, exif=exif, icc_profile=SRGB)
        assert b"Exempelkameran" in master
        for name, content in renditions.make(master, (50, 50)).files:
            picture = Pillow.open(io.BytesIO(content))
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info), name
            assert b"Exempelkameran" not in content, name


def test_renditions_are_upright():
    exif = Pillow.Exif()
    exif[ORIENTATION] = 6  # the camera was held upright: what is left in the file is above
    lying = Pillow.open(io.BytesIO(quarters(800, 400)))
    out = io.BytesIO()
    lying.save(out, "JPEG", quality=95, exif=exif)
    result, files = made(out.getvalue())
    assert result.crops["whole"]["sizes"][-1] == [400, 800]
    for kind in ("avif", "webp", "jpg"):
        picture = files[f"whole-360.{kind}"].convert("RGB")
        corners = [picture.getpixel(at) for at in ((60, 60), (300, 60), (60, 600), (300, 600))]
        expected = [(0, 0, 255), (255, 0, 0), (255, 255, 255), (0, 128, 0)]
        assert all(map(is_near, corners, expected)), (kind, corners)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_renditions_are_in_srgb(mode):
    picture = Pillow.new("RGB", (400, 300), (255, 0, 0)).convert(mode)
    out = io.BytesIO()
    picture.save(out, "PNG", icc_profile=SWAPPED)
    _result, files = made(out.getvalue())
    for kind in ("avif", "webp", "jpg"):
        assert is_near(files[f"whole-360.{kind}"].convert("RGB").getpixel((100, 100)), (0, 255, 0)), kind


def test_what_shines_through_goes_on_shining_through():
    result, files = made(encoded("RGBA", (800, 600), (11, 92, 107, 0)))
    assert [crop["kinds"] for crop in result.crops.values()] == [["avif", "webp", "png"]] * 2 + [["jpg"]]
    card = files.pop("card-800.jpg")
    assert is_near(card.getpixel((400, 200)), renditions.PAPER, 2)
    for name, picture in files.items():
        assert picture.convert("RGBA").getchannel("A").getextrema() == (0, 0), name


def test_an_alpha_channel_that_hides_nothing_costs_no_png():
    result, _files = made(encoded("RGBA", (800, 600), (11, 92, 107, 255)))
    assert result.crops["whole"]["kinds"] == ["avif", "webp", "jpg"]


ODD = {
    "cmyk": encoded("CMYK", kind="JPEG"),
    "grey": encoded("L", colour=200),
    "grey in JPEG with a profile of Lab": encoded("L", kind="JPEG", icc_profile=LAB),
    "16 bits": encoded("I;16", colour=40_000),
    "16 bits with a profile of Lab": encoded("I;16", colour=40_000, icc_profile=LAB),
    "cmyk with a profile of RGB": encoded("CMYK", kind="JPEG", icc_profile=SRGB),
    "palette": encoded("P"),
    "palette with transparency": encoded("P", transparency=0),
    "black and white": encoded("1"),
    "grey with alpha": encoded("LA", colour=(100, 100), icc_profile=LAB),
    "a transparent colour": encoded("RGB", transparency=(0, 0, 0), colour=(0, 0, 0)),
    "one pixel": encoded(size=(1, 1)),
    "one transparent pixel": encoded("RGBA", size=(1, 1), colour=(0, 0, 0, 0)),
    "a line": encoded(size=(6400, 1)),
    "a column": encoded(size=(1, 6400)),
    "webp": encoded("RGBA", kind="WEBP", colour=(1, 2, 3, 4)),
    "avif": encoded("RGBA", kind="AVIF", colour=(1, 2, 3, 4)),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_odd_pictures_have_renditions_too(content):
    result, files = made(content)
    assert list(result.crops) == ["whole", "wide", "card"]
    for picture in files.values():
        picture.load()
        assert min(picture.size) >= 1


def test_greys_of_16_bits_keep_their_tone():
    _result, files = made(encoded("I;16", (400, 300), 40_000))
    assert is_near(files["whole-360.webp"].convert("RGB").getpixel((9, 9)), (156, 156, 156), 3)


def test_the_shipped_picture_is_small_on_a_phone_and_looks_like_itself():
    shipped_picture = (CONTENT / "pictures" / "tempe.jpg").read_bytes()
    files = dict(renditions.make(shipped_picture, (50, 50)).files)
    assert len(files["whole-360.avif"]) <= 9_000
    assert len(files["whole-720.avif"]) <= 35_000  # for a phone of 360 px with two pixels for one
    assert len(files["whole-1080.avif"]) <= 60_000  # and with three
    with Pillow.open(io.BytesIO(shipped_picture)) as master:
        small = master.resize((720, 405), Pillow.Resampling.LANCZOS)
    for kind in ("avif", "webp", "jpg"):
        with Pillow.open(io.BytesIO(files[f"whole-720.{kind}"])) as picture:
            difference = ImageChops.difference(small.convert("L"), picture.convert("L"))
        assert ImageStat.Stat(difference).rms[0] < 4.5, kind  # of 255 levels of light; most of it is the grain
