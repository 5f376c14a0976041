"""The handbook, for all who work at the desk."""

from django.contrib.admin import site
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from partnerships.handbook import CHAPTERS


def front_page(request):
    """All chapters, those for the reader's own roles first."""
    roles = set(request.user.groups.values_list("name", flat=True))
    mine = [chapter for chapter in CHAPTERS if roles.intersection(chapter.roles)]
    context = {
        **site.each_context(request),
        "title": gettext("Handbook"),
        "mine": mine,
        "others": [chapter for chapter in CHAPTERS if chapter not in mine],
    }
    return TemplateResponse(request, "admin/handbook.html", context)


def chapter_page(request, slug):
    place = next((place for place, chapter in enumerate(CHAPTERS) if chapter.slug == slug), None)
    if place is None:
        raise Http404
    chapter = CHAPTERS[place]
    context = {
        **site.each_context(request),
        "title": chapter.title,
        "chapter": chapter,
        "pictures": {picture.name: picture for picture in chapter.pictures},
        "before": CHAPTERS[place - 1] if place else None,
        "after": CHAPTERS[place + 1] if place + 1 < len(CHAPTERS) else None,
    }
    return TemplateResponse(request, chapter.template, context)


addresses = [
    path("handbok/", site.admin_view(front_page), name="handbook"),
    path("handbok/<slug:slug>/", site.admin_view(chapter_page), name="handbook_chapter"),
]
