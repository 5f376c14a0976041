"""What an uploaded picture must be, and what is kept of it: its pixels, upright, in sRGB, and nothing else."""

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 3200
EXTENSIONS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "AVIF": (".avif",)}

_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def read(file, name):
    """The picture in this file, fully read; ValidationError says what is wrong with it.

    file: binary, seekable. name: the file's name, whose extension must tell the truth.
    """
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is %(size)s MB. Choose a picture of at most 20 MB."),
            code="too_large",
            params={"name": name, "size": -(-size // (1024 * 1024))},
        )
    file.seek(0)
    if PurePath(name).suffix.lower() in (".svg", ".svgz") or b"<svg" in file.read(2048).lower():
        raise ValidationError(
            _("“%(name)s” is an SVG file, which can hold programs. Save it as PNG or JPEG."),
            code="svg",
            params={"name": name},
        )
    file.seek(0)
    try:
        picture = Image.open(file, formats=list(EXTENSIONS))
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.load()
    except _BOMB as error:
        raise ValidationError(
            _("“%(name)s” has more than 50 million pixels. Make it smaller and try again."),
            code="too_many_pixels",
            params={"name": name},
        ) from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("“%(name)s” is not a picture that can be shown. Choose a JPEG, PNG, WebP or AVIF file."),
            code="not_a_picture",
            params={"name": name},
        ) from error
    except Exception as error:  # Pillow's decoders raise many kinds on damaged data
        raise ValidationError(
            _("“%(name)s” is damaged or cut off. Fetch the original again and try once more."),
            code="damaged",
            params={"name": name},
        ) from error
    if PurePath(name).suffix.lower() not in EXTENSIONS[picture.format]:
        raise ValidationError(
            _("“%(name)s” holds a %(format)s picture. Give it the ending %(extension)s and try again."),
            code="wrong_extension",
            params={
                "name": name,
                "format": picture.format,
                "extension": EXTENSIONS[picture.format][0],
            },
        )
    return picture


def bare(picture):
    """The picture as bytes without metadata, and the extension they go under: (bytes, ".jpg").

    Turned upright, in sRGB, at most MAX_SIDE pixels a side. Transparent pictures become PNG, others JPEG.
    """
    picture = _in_srgb(_in_eight_bits(ImageOps.exif_transpose(picture)))
    transparent = picture.has_transparency_data
    picture = picture.convert("RGBA" if transparent else "RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    # Only the pixels go on: a new picture has no EXIF, XMP, comment or profile to leak.
    pixels = Image.new(picture.mode, picture.size)
    pixels.paste(picture)
    out = io.BytesIO()
    if transparent:
        pixels.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    pixels.save(out, "JPEG", quality=88, progressive=True, optimize=True)
    return out.getvalue(), ".jpg"


def _in_eight_bits(picture):
    """Greys of 16 bits as greys of 8; Pillow's own conversion would cut them off, all but the darkest white."""
    if not picture.mode.startswith("I"):
        return picture
    grey = picture.point(lambda level: level * (1 / 256)).convert("L")
    grey.info = picture.info
    return grey


def _in_srgb(picture):
    """The picture in sRGB; a profile that cannot be read is left aside."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode == "P":  # littlecms knows no palettes
        picture = picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except Exception:  # littlecms refuses odd profiles and modes with many kinds of error
        return picture
