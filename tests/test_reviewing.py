"""Reviews at the desk: who may vouch for a text, for what, and what is left of it."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext

from partnerships.admin.reviewing import reviews_context
from partnerships.models import Review
from partnerships.models.drafts import drafted_models
from partnerships.reviewing import review
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = pytest.mark.django_db

EVENING = datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC)  # past midnight in Sweden
TODAY = datetime.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _late(time_machine):
    time_machine.move_to(EVENING, tick=False)


def page_of(obj, *review):
    """The page for vouching, or for removing the review."""
    return reverse(
        f"admin:partnerships_{obj._meta.model_name}_review{'_take_back' if review else ''}",
        args=[obj.pk, *(one.pk for one in review)],
    )


def form_of(obj):
    return reverse(f"admin:partnerships_{obj._meta.model_name}_change", args=[obj.pk])


def anna(role="", **fields):
    user = make.UserFactory(first_name="Anna", last_name="Exempelsson", **fields)
    user.groups.set(Group.objects.filter(name=role))
    return user


def vouched(obj):
    return list(obj.reviews.values_list("language", "reviewed_on", "signature"))


@pytest.mark.parametrize("model", drafted_models(), ids=lambda model: model.__name__)
def test_everything_drafted_is_reviewed_beside_its_form(client, model):
    obj = getattr(make, f"{model.__name__}Factory")()
    client.force_login(anna("Publicist"))
    page = client.get(page_of(obj))
    assert (filled_in(page)["language"], filled_in(page)["signature"]) == (["sv"], ["Anna Exempelsson"])
    form = filled_in(page, language="en")
    assert client.post(page_of(obj), form).headers["Location"] == form_of(obj)
    assert vouched(obj) == [("en", TODAY, "Anna Exempelsson")]
    assert model.objects.with_review("en").get().review == {
        "reviewed_on": "2026-11-25",
        "signature": "Anna Exempelsson",
    }


def test_the_page_leads_to_what_the_public_reads(client):
    town = make.TwinTownFactory(slug="exempelstad")
    client.force_login(anna("Publicist"))
    html = client.get(page_of(town)).content.decode()
    assert '<a href="/vanorter/exempelstad/" hreflang="sv">' in html
    assert '<a href="/en/twin-towns/exempelstad/" hreflang="en">' in html


@pytest.mark.parametrize(
    ("role", "is_owner", "status"),
    [
        ("Publicist", False, 200),
        ("Redaktör", False, 403),
        ("Redaktör", True, 200),
        ("Internationell samordnare", False, 403),
        ("Administratör", True, 200),
        ("", True, 200),
        ("", False, 403),
    ],
)
def test_who_answers_for_it_or_may_publish_it_reviews(client, role, is_owner, status):
    user = anna(role)
    town = make.TwinTownFactory(owner=user if is_owner else make.UserFactory())
    old = make.ReviewFactory(subject=town)
    client.force_login(user)
    form = {"language": "sv", "signature": "AE", "read": town.updated_at.isoformat()}
    pages = [page_of(town), page_of(town, old)]
    assert [client.get(page).status_code for page in pages] == [status] * 2
    assert [client.post(page, form).status_code for page in pages] == [302 if status == 200 else 403] * 2
    assert vouched(town) == ([("sv", TODAY, "AE")] if status == 200 else [("sv", datetime.date(2026, 5, 15), "EXEX")])


def test_who_has_no_other_business_with_it_lands_on_the_desk(client):
    town = make.TwinTownFactory(owner=anna())
    client.force_login(town.owner)
    form = filled_in(client.get(page_of(town)))
    assert client.post(page_of(town), form).headers["Location"] == reverse("admin:index")


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_who_has_left_the_desk_reviews_no_more(client, fields):
    user = anna(**fields)
    town = make.TwinTownFactory(owner=user)
    client.force_login(user)
    assert client.get(page_of(town)).headers["Location"].startswith(reverse("admin:login"))
    assert client.post(page_of(town), {"language": "sv", "signature": "AE"}).status_code == 302
    assert vouched(town) == []


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {"published_until": EVENING}])
def test_there_must_be_a_published_text_to_vouch_for(client, fields):
    town = make.TwinTownFactory(**fields)
    client.force_login(anna("Publicist"))
    form = {"language": "sv", "signature": "AE", "read": town.updated_at.isoformat()}
    for response in (client.get(page_of(town), follow=True), client.post(page_of(town), form, follow=True)):
        assert response.redirect_chain == [(form_of(town), 302)]
        assert [str(message) for message in response.context["messages"]] == [
            gettext("There is no published text to vouch for.")
        ]
    assert vouched(town) == []


def test_what_was_changed_while_it_was_read_is_read_again(client, time_machine):
    town = make.TwinTownFactory()
    client.force_login(anna("Publicist"))
    form = filled_in(client.get(page_of(town)), language="en", signature="AE")
    time_machine.shift(60)
    town.save()
    response = client.post(page_of(town), form)
    told = gettext("The text has been changed since you opened this page. Read it again, and then vouch for it.")
    assert told in response.content.decode()
    again = filled_in(response)
    assert (again["language"], again["signature"], vouched(town)) == (["en"], ["AE"], [])
    assert client.post(page_of(town), again).status_code == 302
    assert vouched(town) == [("en", TODAY, "AE")]


@pytest.mark.parametrize(
    ("field", "value"), [("language", "de"), ("language", ""), ("signature", ""), ("signature", "x" * 41)]
)
def test_a_review_that_does_not_fit_is_told_at_its_field(client, field, value):
    town = make.TwinTownFactory()
    client.force_login(anna("Publicist"))
    response = client.post(page_of(town), filled_in(client.get(page_of(town))) | {field: value})
    assert list(response.context["adminform"].form.errors) == [field]
    assert vouched(town) == []


def test_a_long_name_is_cut_to_a_signature(client):
    town = make.TwinTownFactory(owner=make.UserFactory(first_name="Anna" * 10, last_name="Exempelsson"))
    client.force_login(town.owner)
    assert client.post(page_of(town), filled_in(client.get(page_of(town)))).status_code == 302
    assert vouched(town) == [("sv", TODAY, "Anna" * 10)]


def test_a_review_sent_twice_is_one_and_the_history_tells_of_it(client):
    town = make.TwinTownFactory()
    client.force_login(anna("Publicist"))
    form = filled_in(client.get(page_of(town)), signature="AE")
    for _ in range(2):
        client.post(page_of(town), form)
    client.post(page_of(town, town.reviews.get()))
    assert vouched(town) == []
    assert [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")] == [
        "Lade till granskning “Svenska, 2026-11-25 AE”.",
        "Tog bort granskning “Svenska, 2026-11-25 AE”.",
    ]


def test_a_review_is_removed_only_with_its_own_text(client):
    town, other = make.TwinTownFactory.create_batch(2)
    found = make.ReviewFactory(subject=other)
    client.force_login(anna("Publicist"))
    assert client.post(page_of(town, found)).status_code == 404
    assert client.get(page_of(other, found)).status_code == 200
    assert Review.objects.count() == 1
    for pk in (town.pk + 1000, 10**30):
        assert client.get(f"/admin/partnerships/twintown/{pk}/review/").status_code == 404


# Beside the form


def beside(user, obj):
    request = RequestFactory().get("/")
    request.user = user
    context = reviews_context(request, obj)
    return context, render_to_string("admin/reviews.html", context)


def test_the_latest_of_each_language_are_told_beside_the_form(strict_templates):
    town = make.TwinTownFactory()
    for day in range(1, 6):
        make.ReviewFactory(subject=town, reviewed_on=datetime.date(2026, 5, day), signature=f"A{day}")
    context, html = beside(anna("Publicist"), town)
    assert [(label, [found.signature for found, _address in some]) for label, some in context["reviews_told"]] == [
        ("Svenska", ["A5", "A4", "A3"]),
        ("English", []),
    ]
    assert "5 maj 2026" in html
    assert html.count("/review/") == 4


@pytest.mark.parametrize(
    ("role", "is_owner", "state", "links"),
    [
        ("Publicist", False, "published", 2),
        ("Redaktör", True, "published", 2),
        ("Redaktör", False, "published", 0),
        ("Publicist", False, "withdrawn", 1),
    ],
)
def test_the_ways_to_review_are_there_for_who_may(strict_templates, role, is_owner, state, links):
    user = anna(role)
    town = make.TwinTownFactory(state=state, owner=user if is_owner else None)
    review(town, language="sv", signature="AE", user=user)
    context, html = beside(user, town)
    assert html.count('href="/admin/partnerships/twintown/') == links
    assert bool(context["review_address"]) == (links == 2)
