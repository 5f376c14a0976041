"""What every public page has around its own content: the site's name, whom to ask, where, and the languages."""

from functools import cache, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language

from partnerships.models import Contact, ContactCentre, Notice, SiteSettings
from partnerships.models.written_once import Question
from partnerships.templating.environment import drawn
from partnerships.views.cards import Shared
from partnerships.views.whom import either_contact


def page(
    request,
    template,
    *,
    title,
    description="",
    shared=None,
    query=None,
    contact_id=None,
    found_by_robots=True,
    linked_data=(),
    public_centres=None,
    **context,
):
    """The page, with its shell.

    title, description: as it is found and shared. shared: what its card is drawn of, see views.cards.
    query: those of the address's parameters that make it another page. contact_id: the page's own contact; the site's
    stands in where it is not public. linked_data: what it tells machines, see json_ld.
    public_centres: {pk: ContactCentre} of all that are published, where the caller has them.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    addresses = _addresses(request, query)
    path = addresses[settings.LANGUAGE_CODE].partition("?")[0]
    site = _settings.first(at=now, path=path) or SiteSettings.unmade()
    asked = contact_id, site.default_contact_id
    centres = public_centres
    if centres is None:
        centres = _centres_shown(now, site.contact_centre_id, *asked)
    shell = {
        "path": request.path,
        "site": site,
        "preview": getattr(request, "preview", None),
        "today": today,
        "centre": centres.get(site.contact_centre_id),
        # Asked for where the page shows it.
        "contact": cache(lambda: _contact(asked, centres)),
        "site_url": settings.SITE_URL,
        "addresses": addresses,
        "address": addresses[get_language()],
        "title": title,
        "description": description or f"{title}. {site.name}, {site.municipality}.",
        "found_by_robots": found_by_robots,
        "linked_data": linked_data,
        "card": Shared.of(shared, site).address(request.resolver_match) if shared else "",
        # Where nobody has made settings, nothing came beside them.
        "notices": site.notices if site.pk else list(Notice.objects.published(now).above(path).values()),
    }
    return HttpResponse(drawn(f"{template}.html", get_language(), shell | context))


@Question
def _settings(at, path):
    """The site's, with the `notices` above the page at this Swedish path."""
    return SiteSettings.stored().annotate(notices=Notice.objects.published(at).above(path).beside())


def _centres_shown(now, own, first, second):
    """{pk: ContactCentre}: the site's own, and those that the two contacts point to."""
    found = _centres(at=now, own=own, first=first, second=second) if own or first or second else ()
    return {centre.pk: centre for centre in found}


@Question
def _centres(at, own, first, second):
    theirs = Contact.objects.filter(Q(pk=first) | Q(pk=second)).values("contact_centre")
    return ContactCentre.objects.published(at).with_rules().filter(Q(pk=own) | Q(pk__in=theirs))


def _contact(asked, centres):
    """The first of these two contacts that is public; None where there is none."""
    public = either_contact(*asked, centres) if any(asked) else {}
    return next((public[pk] for pk in asked if pk in public), None)


def _addresses(request, query):
    """The same page in each language: {"sv": "/vanorter/", "en": "/en/twin-towns/"}; just one where it has just one."""
    match = request.resolver_match
    ending = f"?{urlencode(query)}" if query else ""
    paths = _paths(match.view_name, match.args, tuple(match.kwargs.items()))
    return {language: path + ending for language, path in paths}


@lru_cache(maxsize=1024)
def _paths(name, args, kwargs):
    """((language, path), …) of the page of this name."""
    paths = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            paths.append((language, reverse(name, args=args, kwargs=dict(kwargs))))
    if len({path for _language, path in paths}) == 1:
        return ((settings.LANGUAGE_CODE, paths[0][1]),)
    return tuple(paths)
