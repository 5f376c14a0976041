"""The map of the public pages for search engines, each in both languages; in sections where they are many."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from partnerships.choices import PageKey
from partnerships.models import Network, Program, TwinTown


class _BothLanguages(Sitemap):
    i18n = True
    alternates = True
    x_default = True


class SitePages(_BothLanguages):
    def items(self):
        return PageKey.values

    def location(self, item):
        return reverse(item)


class _EachInBothLanguages(Paginator):
    """Of objects, not of addresses: Django's own would read them all to count their addresses."""

    def page(self, number):
        found = super().page(number)
        found.object_list = [(item, code) for item in found.object_list for code, _name in settings.LANGUAGES]
        return found


class Published(_BothLanguages):
    """The published objects of one model."""

    limit = 1000

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at

    def get_latest_lastmod(self):
        """None: the index tells no day, which all objects would have to be read for."""

    @cached_property
    def paginator(self):
        return _EachInBothLanguages(self.items(), self.limit)


MODELS = {"towns": TwinTown, "networks": Network, "programs": Program}


def _sitemaps():
    return {"pages": SitePages(), **{section: Published(model) for section, model in MODELS.items()}}


def sitemap(request):
    """All that there is; an index of the sections where that is too much for one map."""
    sitemaps = _sitemaps()
    if all(section.paginator.num_pages == 1 for section in sitemaps.values()):
        return views.sitemap(request, sitemaps)
    return views.index(request, sitemaps, sitemap_url_name="sitemap-section")


def sitemap_section(request, section):
    return views.sitemap(request, _sitemaps(), section)
