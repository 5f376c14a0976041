"""The addresses of previews: one for editors, in the admin, and one for whoever was sent a link."""

import re

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from partnerships.admin.base import is_key
from partnerships.admin.preview_links import find_link
from partnerships.admin.previewing import PLACES, NothingToShowError, for_nobody_else, preview_response
from partnerships.models import Draft, Image
from partnerships.picture_answers import find_picture, picture_answer
from partnerships.publishing.rights import may_edit

LANGUAGES = dict(settings.LANGUAGES)
MEDIA = re.compile(rf"(?<=[\"\s]){re.escape(settings.MEDIA_URL)}".encode())  # in src and in srcset


def urls():
    """To be put among those of the admin of drafts."""
    return [
        path(
            "<int:pk>/preview/<slug:language>/<slug:place>/",
            admin.site.admin_view(require_safe(for_editors)),
            name="partnerships_draft_preview",
        )
    ]


def for_editors(request, pk, language, place):
    draft = get_object_or_404(Draft.objects.select_related("content_type"), pk=pk)
    if not may_edit(request.user, draft.content_type.model_class()):
        raise PermissionDenied

    def address_of(language, place):
        return reverse("admin:partnerships_draft_preview", args=[pk, language, place])

    return _shown(request, draft, request.user, language, place, address_of, back=draft.get_absolute_url())


@require_safe
def shared(request, token):
    """Whoever made the link must still be one who may see the draft."""
    link = _open(token)

    def address_of(language, place):
        return f"{reverse('preview', args=[token])}?sprak={language}&plats={place}"

    language, place = request.GET.get("sprak", settings.LANGUAGE_CODE), request.GET.get("plats", "own")
    response = _shown(request, link.draft, link.made_by, language, place, address_of)
    media = reverse("preview-picture", args=[token, "x"]).removesuffix("x")
    response.content = re.sub(
        rf"(?<=[\"\s,(]){re.escape(settings.MEDIA_URL)}".encode(), media.encode(), response.content
    )
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


@require_safe
def shared_picture(request, token, name):
    """A picture that the draft chooses, or that is public anyhow."""
    link = _open(token)
    chosen = link.draft.data["fields"].get("image", [])
    shown = Image.objects.filter(pk__in=Image.objects.shown().values("pk"))
    images = shown | Image.objects.filter(pk__in=[key for key in chosen if is_key(key)])
    image, _is_rendition = find_picture(images, name)
    return picture_answer(request, image, name, is_public=False)


def _open(token):
    link = find_link(token)
    if not link or not link.made_by or not link.made_by.is_active:
        raise Http404
    if not may_edit(link.made_by, link.draft.content_type.model_class()):
        raise Http404
    return link


def _shown(request, draft, user, language, place, address_of, back=""):
    if language not in LANGUAGES or place not in PLACES:
        raise Http404
    try:
        return preview_response(request, draft, user, language, place, address_of, back)
    except NothingToShowError as problem:
        return for_nobody_else(
            render(
                request, "preview_refused.html", {"words": str(problem), "back": back}, status=409, using=get_language()
            )
        )
