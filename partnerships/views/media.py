"""Uploaded pictures. What nothing published shows is not public; staff see it in the admin."""

import re

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

from partnerships.models import Image
from partnerships.renditions import CONTENT_TYPES
from partnerships.views.reading import only_read

RENDITION = re.compile(Image.stem_of(r"(\d{1,18})") + r"[0-9a-f]+-[a-z]+-\d+\.[a-z]+", re.ASCII)


@only_read
def picture(request, name):
    """A rendition or a master; the public has no need of a master that has renditions."""
    rendition = RENDITION.fullmatch(name)
    row = {"pk": rendition[1]} if rendition else {"file": name}
    shown = Image.objects.shown().filter(**row).first()
    is_public = bool(shown and (rendition or not shown.has_renditions))
    image = shown if is_public else _for_staff(request, row)
    if not image or (rendition and name not in image.rendition_names):
        raise Http404
    # The name follows from the content, so the picture at this address never changes.
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if is_public else "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "ETag": f'"{name}"',
    }
    response = get_conditional_response(request, etag=headers["ETag"]) or _file(image.file.storage, name)
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _for_staff(request, row):
    return Image.objects.filter(**row).first() if request.user.is_staff else None


def _file(storage, name):
    try:
        return FileResponse(storage.open(name), content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    except FileNotFoundError as error:
        raise Http404 from error
