"""What every public page has around its own content: the site's name, whom to ask, where, and the languages."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from partnerships.models import Contact, ContactCentre, Notice, SiteSettings
from partnerships.views.cards import Shared


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
    **context,
):
    """The page, with its shell.

    title, description: as it is found and shared. shared: what its card is drawn of, see views.cards.
    query: those of the address's parameters that make it another page. contact_id: the page's own contact; the site's
    stands in where it is not public.
    """
    today = timezone.localdate()
    addresses = _addresses(request, query)
    notices = Notice.objects.published().above(addresses[settings.LANGUAGE_CODE].partition("?")[0])
    site = SiteSettings.load(notices=notices.beside())
    centre = ContactCentre.objects.published().with_rules().filter(pk=site.contact_centre_id).first()
    shell = {
        "site": site,
        "today": today,
        "centre": centre,
        # Asked for where the page shows it.
        "contact": SimpleLazyObject(lambda: _contact(contact_id, site.default_contact_id, today)),
        "site_url": settings.SITE_URL,
        "addresses": addresses,
        "address": addresses[get_language()],
        "title": title,
        "description": description or f"{title}. {site.name}, {site.municipality}.",
        "found_by_robots": found_by_robots,
        "card": Shared.of(shared, site).address(request.resolver_match) if shared else "",
        # Where nobody has made settings, nothing came beside them.
        "notices": site.notices or [] if site.pk else list(notices.values()),
    }
    return render(request, f"partnerships/{template}.html", shell | context)


def _contact(own_id, default_id, today):
    """The page's contact or the site's, with who holds it and its public substitute: one query for all of them."""
    asked = [pk for pk in (own_id, default_id) if pk]
    wanted = Q(pk__in=asked) | Q(pk__in=Contact.objects.filter(pk__in=asked).values("substitute"))
    public = {contact.pk: contact for contact in Contact.objects.published().with_holders(today).filter(wanted)}
    contact = next((public[pk] for pk in asked if pk in public), None)
    if contact:
        contact.public_substitute = public.get(contact.substitute_id)
    return contact


def _addresses(request, query):
    """The same page in each language: {"sv": "/vanorter/", "en": "/en/twin-towns/"}; just one where it has just one."""
    match = request.resolver_match
    ending = f"?{urlencode(query)}" if query else ""
    addresses = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            addresses[language] = reverse(match.view_name, args=match.args, kwargs=match.kwargs) + ending
    if len(set(addresses.values())) == 1:
        return {settings.LANGUAGE_CODE: addresses[settings.LANGUAGE_CODE]}
    return addresses
