"""The addresses of the public pages, Swedish and English, and of what has no language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from partnerships.admin import preview_pages
from partnerships.sitemaps import sitemap, sitemap_section
from partnerships.views import cards, deviations, health, media, pages, reports, robots, search, style
from partnerships.views.reading import kept

unprefixed = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", robots.security, name="security"),
    path("sitemap.xml", kept("p")(sitemap), name="sitemap"),
    path("sitemap-<slug:section>.xml", kept("p")(sitemap_section), name="sitemap-section"),
    path("kort/<slug:language>/<slug:name>.jpg", cards.card, name="card"),
    path("kort/<slug:language>/<slug:name>/<slug:slug>.jpg", cards.card, name="card"),
    path("stil/", style.style, name="style"),
    path("forhandsvisning/<str:token>/", preview_pages.shared, name="preview"),
    path("forhandsvisning/<str:token>/media/<path:name>", preview_pages.shared_picture, name="preview-picture"),
    path("media/<path:name>", media.picture, name="media"),
]

pages_in_each_language = [
    path("", pages.landing, name="landing"),
    path(_("twin-towns/"), pages.towns, name="towns"),
    path(_("twin-towns/<slug:slug>/"), pages.town, name="town"),
    path(_("networks/"), pages.networks, name="networks"),
    path(_("networks/<slug:slug>/"), pages.network, name="network"),
    path(_("programs/"), pages.programs, name="programs"),
    path(_("programs/<slug:slug>/"), pages.program, name="program"),
    path(_("contact/"), pages.contact, name="contact"),
    path(_("contact-centre/"), pages.contact_centre, name="contact-centre"),
    path(_("contact-centre/deviations.ics"), deviations.deviations, name="deviations"),
    path(_("accessibility/"), pages.accessibility, name="accessibility"),
    path(_("accessibility/report/"), reports.report, name="report"),
    path(_("accessibility/report/thanks/"), reports.report_sent, name="report-sent"),
    path(_("search/"), search.search_page, name="search"),
    path(_("search/suggestions/"), search.suggestions, name="search-suggestions"),
]
