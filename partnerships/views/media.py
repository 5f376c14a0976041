"""Uploaded pictures. What nothing published shows is not public; staff see it in the admin."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from partnerships.models import Image
from partnerships.views.reading import only_read


@only_read
def picture(request, name):
    public = Image.objects.shown().filter(file=name).first()
    image = public or (request.user.is_staff and get_object_or_404(Image, file=name))
    if not image:
        raise Http404
    try:
        response = FileResponse(image.file.open())
    except FileNotFoundError as error:
        raise Http404 from error
    # The name follows from the content, so the picture at this address never changes.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if public else "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
