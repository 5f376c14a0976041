"""Uploaded pictures. What nothing published shows is not public; those who may see pictures see it in the admin."""

from partnerships.models import Image
from partnerships.picture_answers import find_picture, picture_answer
from partnerships.publishing.rights import may_see
from partnerships.views.reading import only_read


@only_read
def picture(request, name):
    """A rendition or a master; the public has no need of a master that has renditions."""
    image, is_rendition = find_picture(Image.objects.shown(), name)
    is_public = bool(image and (is_rendition or not image.has_renditions))
    if not is_public:
        image = _for_staff(request, name)
    return picture_answer(request, image, name, is_public=is_public)


def _for_staff(request, name):
    user = request.user
    return find_picture(Image.objects.all(), name)[0] if user.is_staff and may_see(user, Image) else None
