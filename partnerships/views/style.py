"""The living style page: the tokens, and every component in every state, drawn with the site's own templates.

For staff only. What it shows is made up, and no row of the database.
"""

import datetime
from types import SimpleNamespace

from django.contrib.admin.views.decorators import staff_member_required
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AgreementEnd, ApplicationState, EventKind, TownStatus
from partnerships.membership import axis_of
from partnerships.opening_hours import Rules
from partnerships.opening_values import Deviation, Span, State, WeeklyHours
from partnerships.partial_dates import PartialDate
from partnerships.timeline import Event
from partnerships.views.reading import only_read
from partnerships.views.shell import page

COLOURS = ["paper", "mist", "foam", "deep", "bed", "ink", "river", "iron", "granite", "sun", "line"]
SIZES = ["title", "band", "name", "lead", "text", "small"]
GAPS = ["1", "2", "3", "4", "6", "8", "12", "band"]
MEMBER_SINCE = PartialDate(2005)
LEVELS = ["paper", "mist", "foam", "deep", "bed"]


@staff_member_required
@only_read
def style(request):
    today = timezone.localdate()
    contact = _contact(today)
    return page(
        request,
        "style",
        title=_("Style"),
        found_by_robots=False,
        colours=COLOURS,
        sizes=SIZES,
        gaps=GAPS,
        levels=LEVELS,
        sample_contact=contact,
        audiences=_audiences(),
        towns=[_town(status) for status in TownStatus],
        programs=[_program(state, today) for state in ApplicationState],
        axis=axis_of(
            [_network("EXN", _("Example Network")), _network("", _("A network without an abbreviation"), None)],
            today.year,
        ),
        no_axis=axis_of([], today.year),
        facts=[_fact(PartialDate(2026, 5), "Exempelstads statistik"), _fact(None, "")],
        centres=[_centre(_rules(today)), _centre(Rules())],
        opening_states=State,
        agreement=_agreement(),
        events=[Event(kind, _agreement(), when, town) for kind, when, town in _happenings()],
        review={"reviewed_on": "2026-05-15", "signature": "EXEX"},
    )


class Sample(SimpleNamespace):
    """Something that templates read as they read a row: {{ sample|say("name") }} finds name_sv and name_en."""

    def __init__(self, **fields):
        both = {}
        for name, value in fields.items():
            value = str(value) if isinstance(value, Promise) else value
            both[name] = value
            both[f"{name}_sv"] = both[f"{name}_en"] = value
        super().__init__(**both)

    def get_absolute_url(self, language=None):
        return "#components"


def _contact(today):
    holder = {"name": "Eva Exempelsson", "phone": "+46846500400", "email": "eva@example.org"}
    return Sample(
        name=_("Coordinator"),
        description=_("Whom to ask, and about what."),
        holder_rows=[holder],
        phone="",
        email="samordnare@example.org",
        public_substitute=Sample(name=_("Contact centre")),
        public_centre=_centre(_rules(today)),
    )


def _audiences():
    return [Sample(name=name, slug=slug, pk=slug) for name, slug in ((_("Teachers"), "a"), (_("Businesses"), "b"))]


def _town(status):
    return Sample(
        name="Exempelstad",
        region="",
        country=_("Exampleland"),
        summary=_("A town that exists for showing things."),
        status=status,
        get_status_display=lambda: status.label,
        twin_since=PartialDate(2015),
        twin_until=PartialDate(2017),
        open_programs=[Sample(name=_("The Example Program"))],
    )


def _program(state, today):
    day = datetime.timedelta(days=1)
    days = {
        ApplicationState.OPEN: (today, today + 30 * day),
        ApplicationState.UPCOMING: (today + 30 * day, today + 60 * day),
        ApplicationState.ASK: (None, None),
        ApplicationState.CLOSED: (None, today - day),
    }
    apply_from, apply_until = days[state]
    return Sample(
        name=_("The Example Program"),
        summary=_("What it is and for whom, in one sentence."),
        asks=_("That you are 18 or older.") if state == ApplicationState.OPEN else "",
        organiser="Föreningen Exempel",
        application=state,
        apply_from=apply_from,
        apply_until=apply_until,
        audience_rows=_audiences(),
        contact_rows=[],
    )


def _networks():
    return [_network("EXN", _("Example Network")), _network("", _("A network without an abbreviation"), None)]


def _network(abbreviation, name, since=MEMBER_SINCE):
    role = vars(Sample(name=_("Chair"), since="2021", until="2023", as_of=""))
    return Sample(
        abbreviation=abbreviation,
        name=name,
        summary=_("The aim in one sentence."),
        theme=_("What it is for"),
        member_since=since,
        role_rows=[role],
    )


def _fact(as_of, source):
    return Sample(label=_("Inhabitants"), value="12 000", as_of=as_of, source=source, source_url="https://example.org/")


def _rules(today):
    weekly = (WeeklyHours(0, 3, Span(datetime.time(8), datetime.time(16, 30))),)
    return Rules(weekly, (Deviation(today, today, None, "Exempeldagen", "Example Day"),))


def _centre(rules):
    return Sample(
        name=_("Contact centre"),
        tagline="",
        address="Exempelgatan 1, 123 45 Exempelstad",
        street_address="Exempelgatan 1",
        rules=rules,
        get_map_url=lambda: "https://example.org/",
    )


def _happenings():
    """(kind, when, town) of an event of each kind, and of one whose year is not known."""
    town = _town(TownStatus.ACTIVE)
    of_towns = (EventKind.JOINED, EventKind.DECLINED, EventKind.LEFT)
    return [(EventKind.SIGNED, None, None)] + [
        (kind, PartialDate(2001 + number), town if kind in of_towns else None) for number, kind in enumerate(EventKind)
    ]


def _agreement():
    party = SimpleNamespace(town=_town(TownStatus.ACTIVE), town_id=0, since=None)
    return Sample(
        anchor="sample-agreement",
        name=_("An agreement"),
        summary="",
        signed=PartialDate(2001),
        end=AgreementEnd.ENDED,
        ended=PartialDate(2017),
        replaced_rows=[Sample(name=_("An earlier agreement"))],
        area_rows=[],
        parties_joined=[party],
        parties_left=[],
        parties_declined=[party],
    )
