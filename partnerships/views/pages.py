"""The public pages: get what is published, decide, render."""

from functools import partial

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import get_language, gettext

from partnerships import json_ld
from partnerships.choices import ApplicationState, PageKey, TownStatus
from partnerships.membership import axis_of
from partnerships.models import Agreement, Audience, Network, Page, Program, TwinTown
from partnerships.models.towns import ActiveFirst, active_first
from partnerships.models.written_once import Question
from partnerships.timeline import events_of
from partnerships.views.reading import kept
from partnerships.views.shell import page
from partnerships.views.turning import turned
from partnerships.views.whom import contacts, public_centres

ON_LANDING = 24  # of each kind; the lists have the others
TEXTS_ON_LANDING = [PageKey.LANDING, PageKey.TOWNS, PageKey.PROGRAMS, PageKey.NETWORKS]


@kept()
def landing(request):
    texts, now = _texts(), _now()
    towns, more_towns = _for_landing(_first_towns(**now, most=ON_LANDING + 1))
    programs, more_programs = _for_landing(_first_programs(**now, most=ON_LANDING + 1))
    networks, more_networks = _for_landing(_first_networks(at=now["at"], most=ON_LANDING + 1))
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
        audiences=_audiences(),
        axis=_axis(networks),
        more_towns=more_towns,
        more_programs=more_programs,
        more_networks=more_networks,
    )


@kept("page")
def towns(request):
    text, now = _text(PageKey.TOWNS), _now()
    shown, turn = turned(request, partial(_first_towns, **now), partial(_listed_towns, **now))
    active, others = _by_status(shown)
    agreements = _agreements(shown if turn.pages > 1 else None)
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
    now = timezone.now()
    today = timezone.localdate(now)
    found = _town.first(at=now, day=today, language=get_language(), slug=slug)
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
        agreements=_agreements_of(at=now, town=found.pk),
        programs=_programs_in_town(at=now, day=today, town=found.pk),
    )


@kept("page")
def networks(request):
    text, now = _text(PageKey.NETWORKS), timezone.now()
    shown, turn = turned(request, partial(_first_networks, at=now), partial(_listed_networks, now))
    return page(request, "networks", **turn.found_as(**_found_as(text)), text=text, axis=_axis(shown), turn=turn)


@kept()
def network(request, slug):
    now = timezone.now()
    found = _network.first(at=now, language=get_language(), slug=slug)
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
        programs=_programs_in_network(at=now, day=timezone.localdate(now), network=found.pk),
    )


@kept("for", "page")
def programs(request):
    """All programs; with ?for=, those for one audience."""
    text, audiences = _text(PageKey.PROGRAMS), _audiences()
    now = _now()
    as_found, slug = _found_as(text), request.GET.get("for")
    chosen = next((audience for audience in audiences if audience.slug == slug), None)
    if chosen:
        now["audience"] = chosen.pk
        shown, turn = turned(
            request, partial(_first_programs_for, **now), partial(_listed_programs_for, **now), **{"for": slug}
        )
        as_found["title"] = _title_for(chosen)
    elif "for" in request.GET:
        raise Http404
    else:
        shown, turn = turned(request, partial(_first_programs, **now), partial(_listed_programs, **now))
    return page(
        request,
        "programs",
        **turn.found_as(**as_found),
        heading=as_found["title"],
        text=text,
        groups=_by_application(shown),
        audiences=audiences,
        chosen=chosen,
        turn=turn,
    )


@kept()
def program(request, slug):
    now = timezone.now()
    found = _program.first(at=now, day=timezone.localdate(now), language=get_language(), slug=slug)
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
    )


@kept()
def contact(request):
    text, centres = _text(PageKey.CONTACT), public_centres()
    return page(
        request,
        "contact",
        **_found_as(text),
        text=text,
        contacts=contacts(centres).values(),
        public_centres=centres,
    )


@kept()
def contact_centre(request):
    text, public, today = _text(PageKey.CONTACT_CENTRE), public_centres(), timezone.localdate()
    centres = list(public.values())
    return page(
        request,
        "contact_centre",
        **_found_as(text),
        linked_data=[json_ld.contact_centre(centre, today) for centre in centres],
        text=text,
        centres=centres,
        hours_known=any(centre.rules.are_known for centre in centres),
        public_centres=public,
    )


@kept()
def accessibility(request):
    text = _statement.first(at=timezone.now(), language=get_language()) or Page.unwritten(PageKey.ACCESSIBILITY)
    return page(request, "accessibility", **_found_as(text), text=text)


@Question
def _town(at, day, language, slug):
    towns = TwinTown.objects.published(at).with_review(language).with_status(day, at)
    return towns.with_facts().select_related("image").filter(slug=slug)


@Question
def _network(at, language, slug):
    networks = Network.objects.published(at).with_review(language)
    return networks.with_facts().with_roles().select_related("image").filter(slug=slug)


@Question
def _program(at, day, language, slug):
    programs = Program.objects.published(at).with_review(language).told(day, at)
    return programs.with_facts().select_related("image").filter(slug=slug)


@Question
def _agreements_of(at, town):
    return _public_agreements(at).filter(parties__town=town).told(at)


@Question
def _programs_in_town(at, day, town):
    return Program.objects.published(at).in_brief().filter(town=town).with_application(day)


@Question
def _programs_in_network(at, day, network):
    return Program.objects.published(at).in_brief().filter(network=network).with_application(day)


def _first_towns(at, day, most):
    return active_first(_towns_in_the_beginning(at=at, day=day, most=most))[:most]


@Question
def _towns_in_the_beginning(at, day, *, most):
    return _listed_towns(at, day).beginning(most)


@Question
def _first_networks(at, *, most):
    return _listed_networks(at).part(0, most)


@Question
def _first_programs(at, day, *, most):
    return _listed_programs(at, day).part(0, most)


@Question
def _first_programs_for(at, day, audience, *, most):
    return _listed_programs_for(at, day, audience).part(0, most)


@Question
def _all_agreements(at):
    return _public_agreements(at).told(at)


@Question
def _audiences():
    return Audience.objects.all()


@Question
def _page(at, language, key):
    return _pages(at, language).without_statement().filter(key=key)


@Question
def _pages_on_landing(at, language):
    return _pages(at, language).without_statement().filter(key__in=TEXTS_ON_LANDING)


@Question
def _statement(at, language):
    return _pages(at, language).filter(key=PageKey.ACCESSIBILITY)


def _pages(at, language):
    return Page.objects.published(at).with_review(language).select_related("image")


def _texts():
    """{key: the text that the landing page shows}; where none is published, one with nothing but the page's name."""
    public = {text.key: text for text in _pages_on_landing(at=timezone.now(), language=get_language())}
    return {key: public.get(key) or Page.unwritten(key) for key in TEXTS_ON_LANDING}


def _text(key):
    return _page.first(at=timezone.now(), language=get_language(), key=key) or Page.unwritten(key)


def _found_as(text):
    """How a page of the site's own is found and shared."""
    return {"title": text.title, "description": text.description or text.lead, "shared": text}


def _title_for(audience):
    return gettext("Programs for %(whom)s") % {"whom": audience.name.lower()}


def _by_application(programs):
    """[(what one can do now, in words; the programs)], the most that one can do first."""
    groups = {state: [] for state in ApplicationState}
    for program in programs:
        groups[program.application].append(program)
    return [(state.label, found) for state, found in groups.items() if found]


def _now():
    """The moment and the day that a list is asked for."""
    now = timezone.now()
    return {"at": now, "day": timezone.localdate(now)}


def _listed_towns(at, day):
    return ActiveFirst(TwinTown.objects.published(at).in_brief(), day, at)


def _listed_networks(at):
    return Network.objects.published(at).in_brief().with_roles()


def _listed_programs(at, day):
    return Program.objects.published(at).in_brief().listed(day, at)


def _listed_programs_for(at, day, audience):
    return _listed_programs(at, day).filter(audiences=audience)


def _public_agreements(at):
    return Agreement.objects.published(at).in_brief()


def _for_landing(rows):
    """(as many as the landing page shows, whether there are more)."""
    return rows[:ON_LANDING], len(rows) > ON_LANDING


def _by_status(towns):
    """(active, others)."""
    active = [town for town in towns if town.status == TownStatus.ACTIVE]
    return active, [town for town in towns if town.status != TownStatus.ACTIVE]


def _agreements(towns):
    """All that a page tells of the published agreements: those of these towns, or all where no towns are given."""
    now = timezone.now()
    if towns is None:
        return _all_agreements(at=now)
    return list(_public_agreements(now).with_any_of(towns).told(now))


def _axis(networks):
    return axis_of(networks, timezone.localdate().year)


def _moved(request, model, slug):
    """On to the published object that once had this slug, the query with it; Http404 where there is none."""
    found = model.moved_from(slug)
    if not found:
        raise Http404
    _path, mark, query = request.get_full_path().partition("?")
    return HttpResponsePermanentRedirect(found.get_absolute_url() + mark + query)
