"""Uploaded pictures as responses: a master, or a rendition made of it."""

import re

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

from partnerships.models import Image
from partnerships.renditions import CONTENT_TYPES

RENDITION = re.compile(Image.stem_of(r"(\d{1,18})") + r"[0-9a-f]+-[a-z]+-\d+\.[a-z]+", re.ASCII)
# The name follows from the content, so the picture at this address never changes. But it stops being public when
# nothing published shows it any more, so who keeps it for others asks again.
PUBLIC = "public, max-age=31536000, s-maxage=60, immutable"


def find_picture(images, name):
    """(the one of these images that the file belongs to or None, whether the file is a rendition)."""
    rendition = RENDITION.fullmatch(name)
    row = {"pk": rendition[1]} if rendition else {"file": name}
    return images.filter(**row).first(), bool(rendition)


def picture_answer(request, image, name, *, is_public):
    """The file; Http404 where there is none by this name. Only what is public may be kept by others."""
    if not image or (RENDITION.fullmatch(name) and name not in image.rendition_names):
        raise Http404
    headers = {
        "Cache-Control": PUBLIC if is_public else "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "ETag": f'"{name}"',
    }
    response = get_conditional_response(request, etag=headers["ETag"]) or _file(image.file.storage, name)
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _file(storage, name):
    try:
        return FileResponse(storage.open(name), content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    except FileNotFoundError as error:
        raise Http404 from error
