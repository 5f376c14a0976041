"""The card that stands for a page where somebody shares it, drawn for each page: its title, its place, its picture."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation

from partnerships import cards
from partnerships.choices import PageKey
from partnerships.models import Image, Network, Page, Program, SiteSettings, TwinTown
from partnerships.views.reading import kept

OF_OBJECTS = {"town": TwinTown, "network": Network, "program": Program}


@dataclass(frozen=True)
class Shared:
    """What a card shows, in the language at hand."""

    title: str
    place: str
    owner: str
    image: Image | None

    @classmethod
    def of(cls, found, site):
        """found: a page of the site's own, a town, a network or a program."""
        title = found.title if isinstance(found, Page) else found.name
        place = f"{found.region}, {found.country}".removeprefix(", ") if isinstance(found, TwinTown) else ""
        owner = site.municipality if title == site.name else site.name
        return cls(title, place, owner, found.image or site.social_card)

    def address(self, match):
        """Where the card of the page at this address is; its mark changes with what the card shows."""
        picture = f"{self.image.file.name} {self.image.focal}" if self.image else ""
        told = "\n".join([self.title, self.place, self.owner, picture])
        mark = hashlib.sha256(told.encode()).hexdigest()[:10]
        return f"{_path(translation.get_language(), match.view_name, *match.kwargs.values())}?{mark}"

    def draw(self):
        return cards.draw_card(self.title, self.place, self.owner, self._picture(), (50, 50))

    def _picture(self):
        """The bytes of the card's crop, or of the picture itself while it has none; None where there is no picture."""
        if not self.image:
            return None
        name = self.image.file.name
        if self.image.has_renditions:
            name = self.image.rendition_name("card", self.image.renditions["crops"]["card"]["sizes"][-1][0], "jpg")
        try:
            with self.image.file.storage.open(name) as file:
                return file.read()
        except FileNotFoundError:
            return None


@lru_cache(maxsize=1024)
def _path(language, name, *slug):
    return reverse("card", args=[language, name, *slug])


@kept()
def card(request, language, name, slug=None):
    """The card of the page of this name; 404 where the public sees no such page."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        drawn = Shared.of(_found(name, slug), SiteSettings.load()).draw()
    response = HttpResponse(drawn, content_type=cards.CONTENT_TYPE)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _found(name, slug):
    if name in OF_OBJECTS:
        found = OF_OBJECTS[name].objects.published().select_related("image").filter(slug=slug).first()
    elif name in PageKey and not slug:
        found = Page.objects.published().select_related("image").filter(key=name).first() or Page.unwritten(name)
    else:
        found = None
    if not found:
        raise Http404
    return found
