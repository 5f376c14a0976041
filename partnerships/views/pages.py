"""The public pages: get what is published, decide, render."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import get_language, gettext

from partnerships import json_ld
from partnerships.choices import ApplicationState, PageKey, TownStatus
from partnerships.membership import axis_of
from partnerships.models import Agreement, Audience, ContactCentre, Network, Page, Program, TwinTown
from partnerships.models.towns import ActiveFirst
from partnerships.timeline import events_of
from partnerships.views.reading import kept
from partnerships.views.shell import page
from partnerships.views.turning import turned
from partnerships.views.whom import contacts

ON_LANDING = 24  # of each kind; the lists have the others


@kept()
def landing(request):
    texts = _texts(PageKey.values)
    towns, more_towns = _first(_towns())
    programs, more_programs = _first(_programs())
    networks, more_networks = _first(_networks())
    active, others = _by_status(towns)
    for town in active:
        town.open_programs = [program for program in programs if program.town_id == town.pk]
    return page(
        request,
        "landing",
        **_found_as(texts[PageKey.LANDING]),
        text=texts[PageKey.LANDING],
        towns_text=texts[PageKey.TOWNS],
        programs_text=texts[PageKey.PROGRAMS],
        networks_text=texts[PageKey.NETWORKS],
        active=active,
        others=others,
        events=events_of(_agreements(towns if more_towns else None)),
        programs=programs,
        audiences=Audience.objects.all(),
        axis=_axis(networks),
        more_towns=more_towns,
        more_programs=more_programs,
        more_networks=more_networks,
    )


@kept("page")
def towns(request):
    text = _text(PageKey.TOWNS)
    shown, turn = turned(request, _towns())
    active, others = _by_status(shown)
    agreements = list(_agreements(shown if turn.pages > 1 else None))
    return page(
        request,
        "towns",
        **turn.found_as(**_found_as(text)),
        text=text,
        active=active,
        others=others,
        agreements=agreements,
        events=events_of(agreements),
        turn=turn,
    )


@kept()
def town(request, slug):
    found = _reviewed(TwinTown).with_status(timezone.localdate()).select_related("image").filter(slug=slug).first()
    if not found:
        return _moved(request, TwinTown, slug)
    return page(
        request,
        "town",
        title=f"{found.name}, {found.country}",
        description=found.summary,
        shared=found,
        contact_id=found.contact_id,
        town=found,
        facts=found.facts.all(),
        agreements=Agreement.objects.published().filter(parties__town=found).told(),
        programs=Program.objects.published().filter(town=found).with_application(timezone.localdate()),
    )


@kept("page")
def networks(request):
    text = _text(PageKey.NETWORKS)
    shown, turn = turned(request, _networks())
    return page(request, "networks", **turn.found_as(**_found_as(text)), text=text, axis=_axis(shown), turn=turn)


@kept()
def network(request, slug):
    found = _reviewed(Network).select_related("image").filter(slug=slug).first()
    if not found:
        return _moved(request, Network, slug)
    return page(
        request,
        "network",
        title=found.name,
        description=found.summary,
        shared=found,
        contact_id=found.contact_id,
        network=found,
        facts=found.facts.all(),
        roles=found.roles.all(),
        programs=Program.objects.published().filter(network=found).with_application(timezone.localdate()),
    )


@kept("for", "page")
def programs(request):
    """All programs; with ?for=, those for one audience."""
    text, audiences = _text(PageKey.PROGRAMS), list(Audience.objects.all())
    found, as_found, slug = _programs(), _found_as(text), request.GET.get("for")
    chosen = next((audience for audience in audiences if audience.slug == slug), None)
    if chosen:
        shown, turn = turned(request, found.filter(audiences=chosen), **{"for": slug})
        as_found["title"] = _programs_for(chosen)
    elif "for" in request.GET:
        raise Http404
    else:
        shown, turn = turned(request, found)
    return page(
        request,
        "programs",
        **turn.found_as(**as_found),
        text=text,
        groups=_by_application(shown),
        audiences=audiences,
        chosen=chosen,
        turn=turn,
    )


@kept()
def program(request, slug):
    today = timezone.localdate()
    found = _reviewed(Program).told(today).select_related("image").filter(slug=slug).first()
    if not found:
        return _moved(request, Program, slug)
    return page(
        request,
        "program",
        title=found.name,
        description=found.summary,
        shared=found,
        contact_id=found.contact_id,
        program=found,
        facts=found.facts.all(),
    )


@kept()
def contact(request):
    text = _text(PageKey.CONTACT)
    return page(request, "contact", **_found_as(text), text=text, contacts=contacts().values())


@kept()
def contact_centre(request):
    text = _text(PageKey.CONTACT_CENTRE)
    centres, today = ContactCentre.objects.published().with_rules(), timezone.localdate()
    return page(
        request,
        "contact_centre",
        **_found_as(text),
        linked_data=[json_ld.contact_centre(centre, today) for centre in centres],
        text=text,
        centres=centres,
        hours_known=any(centre.rules.are_known for centre in centres),
    )


@kept()
def accessibility(request):
    text = _text(PageKey.ACCESSIBILITY)
    return page(request, "accessibility", **_found_as(text), text=text)


def _reviewed(model):
    """The published objects of the model, each with the review of the language at hand."""
    return model.objects.published().with_review(get_language())


def _texts(keys):
    """{key: the site's text for that page}; where none is published, one with nothing but the page's name."""
    public = {text.key: text for text in _reviewed(Page).select_related("image").filter(key__in=keys)}
    return {key: public.get(key) or Page.unwritten(key) for key in keys}


def _text(key):
    return _texts([key])[key]


def _found_as(text):
    """How a page of the site's own is found and shared."""
    return {"title": text.title, "description": text.description or text.lead, "shared": text}


def _programs_for(audience):
    return gettext("Programs for %(whom)s") % {"whom": audience.name.lower()}


def _by_application(programs):
    """[(what one can do now, in words; the programs)], the most that one can do first."""
    groups = {state: [] for state in ApplicationState}
    for program in programs:
        groups[program.application].append(program)
    return [(state.label, found) for state, found in groups.items() if found]


def _towns():
    return ActiveFirst(TwinTown.objects.published(), timezone.localdate())


def _networks():
    return Network.objects.published().prefetch_related("roles")


def _programs():
    return Program.objects.published().listed(timezone.localdate())


def _first(found):
    """(as many as the landing page shows, whether there are more)."""
    rows = list(found.part(0, ON_LANDING + 1))
    return rows[:ON_LANDING], len(rows) > ON_LANDING


def _by_status(towns):
    """(active, others)."""
    active = [town for town in towns if town.status == TownStatus.ACTIVE]
    return active, [town for town in towns if town.status != TownStatus.ACTIVE]


def _agreements(towns):
    """All that a page tells of the published agreements: those of these towns, or all where no towns are given."""
    found = Agreement.objects.published()
    return (found if towns is None else found.with_any_of(towns)).told()


def _axis(networks):
    return axis_of(networks, timezone.localdate().year)


def _moved(request, model, slug):
    """On to the published object that once had this slug, the query with it; Http404 where there is none."""
    found = model.moved_from(slug)
    if not found:
        raise Http404
    _path, mark, query = request.get_full_path().partition("?")
    return HttpResponsePermanentRedirect(found.get_absolute_url() + mark + query)
