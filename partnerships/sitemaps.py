"""The map of the public pages for search engines, each in both languages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

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


class Published(_BothLanguages):
    """The published objects of one model."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item):
        return item.updated_at


SITEMAPS = {
    "pages": SitePages,
    "towns": Published(TwinTown),
    "networks": Published(Network),
    "programs": Published(Program),
}
