"""What is put into SQL once says the same whenever it is written, and is answered as Django would answer it."""

import datetime

import pytest
import time_machine
from django.utils import timezone, translation

from partnerships import urls  # noqa: F401 - with it come all views, and their questions
from partnerships.choices import PageKey
from partnerships.models import Agreement, Audience, Network, Program, SiteSettings, TwinTown
from partnerships.models.base import OldSlug
from partnerships.models.written_once import Question
from tests import factories as make
from tests.test_queries import fill

pytestmark = pytest.mark.django_db


def values_for(question):
    now, town = timezone.now(), TwinTown.objects.get(slug="ort-0")
    site = SiteSettings.objects.get()
    told = {
        "at": now,
        "day": timezone.localdate(now),
        "language": "sv",
        "path": "/",
        "key": PageKey.LANDING,
        "slug": {"_network": "natverk-0", "_program": "program-0"}.get(question.__name__, "ort-0"),
        "town": town.pk,
        "network": Network.objects.get(slug="natverk-0").pk,
        "program": Program.objects.get(slug="program-0").pk,
        "audience": Audience.objects.get(slug="malgrupp-0").pk,
        "most": 2,
        "own": site.contact_centre_id,
        "first": None,
        "second": site.default_contact_id,
    }
    return {name: told[name] for name in question.names}


def content(obj):
    """All that an object holds, the objects that came with it included."""
    held = {name: value for name, value in vars(obj).items() if name != "_state"}
    return held | {name: content(other) for name, other in obj._state.fields_cache.items() if other}


@pytest.mark.parametrize("question", Question.every, ids=lambda question: question.__qualname__)
def test_questions_hold_no_moment_and_no_language(question):
    written = []
    for moment, language in (("2026-11-28", "sv"), ("2027-06-01", "en")):
        with time_machine.travel(f"{moment}T12:00:00+00:00", tick=False), translation.override(language):
            one = question.write(**dict.fromkeys(question.fixed, 2))
            written.append((one.sql, one.values, one.gaps))
    assert written[0] == written[1]


@pytest.mark.parametrize("question", Question.every, ids=lambda question: question.__qualname__)
def test_questions_are_answered_as_django_answers_them(question):
    fill(3)
    values = values_for(question)
    expected = list(question.queryset_of(**values))
    assert len(expected) > 0
    assert [content(obj) for obj in question(**values)] == [content(obj) for obj in expected]


def test_a_day_is_also_told_as_text():
    today = datetime.date(2026, 11, 28)
    question = Question(lambda day: Agreement.objects.running(day))
    running = make.AgreementFactory(signed="2026-11")
    make.AgreementFactory(signed="2026-12")
    assert question(day=today) == [running]


def test_what_is_no_gap_may_differ_from_one_time_to_the_next():
    question = Question(lambda kind, *, most: OldSlug.objects.filter(kind=kind).order_by("slug")[:most])
    found = [OldSlug.objects.create(kind="network", slug=slug, object_id=1) for slug in ("x", "y", "z")]
    assert [question(kind="network", most=most) for most in (1, 2, 1)] == [found[:1], found[:2], found[:1]]


def test_first_is_none_where_there_is_none():
    question = Question(lambda slug: OldSlug.objects.filter(slug=slug))
    assert question.first(slug="x") is None
    found = OldSlug.objects.create(kind="network", slug="x", object_id=1)
    assert question.first(slug="x") == found


def test_a_thing_without_rows_has_an_empty_list_of_them():
    """On each database: PostgreSQL itself would tell of nothing at all."""
    make.NetworkFactory()
    make.AgreementFactory()
    assert Network.objects.with_roles().with_facts().values_list("role_rows", "fact_rows").get() == ([], [])
    told = Agreement.objects.told().get()
    assert (told.area_rows, told.party_rows, told.replaced_rows) == ([], [], [])
