"""The public pages: get what is published, decide, render."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from partnerships.choices import PageKey, TownStatus
from partnerships.models import Agreement, Contact, ContactCentre, Network, Page, Program, TwinTown
from partnerships.views.reading import only_read
from partnerships.views.shell import page


@only_read
def landing(request):
    texts = _texts(PageKey.values)
    programs = list(Program.objects.published().prefetch_related("audiences"))
    active, others = _towns()
    for town in active:
        town.open_programs = [program for program in programs if program.town_id == town.pk]
    return page(
        request,
        "landing",
        text=texts[PageKey.LANDING],
        towns_text=texts[PageKey.TOWNS],
        programs_text=texts[PageKey.PROGRAMS],
        networks_text=texts[PageKey.NETWORKS],
        active=active,
        others=others,
        agreements=Agreement.objects.published().told(),
        programs=programs,
        networks=Network.objects.published().prefetch_related("roles"),
    )


@only_read
def towns(request):
    active, others = _towns()
    agreements = Agreement.objects.published().told()
    return page(request, "towns", text=_text(PageKey.TOWNS), active=active, others=others, agreements=agreements)


@only_read
def town(request, slug):
    found = _reviewed(TwinTown).with_status(timezone.localdate()).select_related("image").filter(slug=slug).first()
    if not found:
        return _moved(TwinTown, slug)
    return page(
        request,
        "town",
        contact_id=found.contact_id,
        town=found,
        facts=found.facts.all(),
        agreements=Agreement.objects.published().filter(parties__town=found).told(),
        programs=Program.objects.published().filter(town=found),
    )


@only_read
def networks(request):
    found = Network.objects.published().prefetch_related("roles")
    return page(request, "networks", text=_text(PageKey.NETWORKS), networks=found)


@only_read
def network(request, slug):
    found = _reviewed(Network).select_related("image").filter(slug=slug).first()
    if not found:
        return _moved(Network, slug)
    return page(
        request,
        "network",
        contact_id=found.contact_id,
        network=found,
        facts=found.facts.all(),
        roles=found.roles.all(),
        programs=Program.objects.published().filter(network=found),
    )


@only_read
def programs(request):
    return page(request, "programs", text=_text(PageKey.PROGRAMS), programs=Program.objects.published().told())


@only_read
def program(request, slug):
    found = _reviewed(Program).told().select_related("image").filter(slug=slug).first()
    if not found:
        return _moved(Program, slug)
    return page(request, "program", contact_id=found.contact_id, program=found, facts=found.facts.all())


@only_read
def contact(request):
    contacts = list(Contact.objects.published().with_holders(timezone.localdate()))
    public = {contact.pk: contact for contact in contacts}
    for contact in contacts:
        contact.public_substitute = public.get(contact.substitute_id)
    return page(request, "contact", text=_text(PageKey.CONTACT), contacts=contacts)


@only_read
def contact_centre(request):
    centres = ContactCentre.objects.published().with_rules()
    return page(request, "contact_centre", text=_text(PageKey.CONTACT_CENTRE), centres=centres)


@only_read
def accessibility(request):
    return page(request, "accessibility", text=_text(PageKey.ACCESSIBILITY))


def _reviewed(model):
    """The published objects of the model, each with the review of the language at hand."""
    return model.objects.published().with_review(get_language())


def _texts(keys):
    """{key: the site's text for that page}; where none is published, one with nothing but the page's name."""
    public = {text.key: text for text in _reviewed(Page).select_related("image").filter(key__in=keys)}
    return {key: public.get(key) or Page.unwritten(key) for key in keys}


def _text(key):
    return _texts([key])[key]


def _towns():
    """The published towns with their status: (active, others)."""
    found = TwinTown.objects.published().with_status(timezone.localdate()).select_related("image")
    active = [town for town in found if town.status == TownStatus.ACTIVE]
    return active, [town for town in found if town.status != TownStatus.ACTIVE]


def _moved(model, slug):
    """On to the published object that once had this slug; Http404 where there is none."""
    found = model.moved_from(slug)
    if not found:
        raise Http404
    return redirect(found, permanent=True)
