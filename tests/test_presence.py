"""Who else has a form of the desk open: who is told what, for how long, and who may ask."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path, reverse
from django.utils import timezone, translation

from partnerships.admin import presence
from partnerships.models import FormInUse
from partnerships.publishing import form_use
from tests import factories as make
from trollhattan_intl import urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.test_presence")]

urlpatterns = [
    path(
        "admin/",
        (
            [path("partnerships/draft/", include(presence.urls(admin.site))), *admin.site.get_urls()],
            "admin",
            admin.site.name,
        ),
    ),
    *urls.urlpatterns[1:],
]

ADD = "/admin/partnerships/network/add/"
CHANGE = "/admin/partnerships/network/12/change/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-23 14:00 +0100", tick=False)
    return time_machine


@pytest.fixture
def anna():
    return make.UserFactory(username="anna", first_name="Anna", last_name="Exempel", is_superuser=True)


@pytest.fixture
def bo():
    return make.UserFactory(username="bo", is_superuser=True)


@pytest.fixture
def tell(client):
    def tell(user, address=CHANGE, **more):
        client.force_login(user)
        return client.post(reverse("admin:partnerships_present"), {"address": address} | more)

    return tell


def words(response):
    assert response.status_code == 200
    return response.json()["words"]


def test_others_are_told_by_name(tell, anna, bo):
    cilla = make.UserFactory(first_name="Cilla", last_name="Prov", username="cilla", is_superuser=True)
    assert words(tell(anna)) == ""
    assert words(tell(bo)) == "Anna Exempel har också det här formuläret öppet."
    assert words(tell(cilla)) == "Anna Exempel och bo har också det här formuläret öppet."
    assert words(tell(anna)) == "bo och Cilla Prov har också det här formuläret öppet."


def test_each_form_has_its_own(tell, anna, bo):
    tell(anna)
    for address in ["/admin/partnerships/network/13/change/", "/admin/partnerships/twintown/12/change/"]:
        assert words(tell(bo, address)) == ""


@pytest.mark.parametrize(
    ("one", "other", "is_the_same"),
    [
        (CHANGE, f"{CHANGE}?_changelist_filters=q%3Dprov", True),
        (f"{ADD}?draft=7", f"{ADD}?_changelist_filters=q%3Dprov&draft=007#fakta", True),
        (f"{ADD}?draft=7", f"{ADD}?draft=8", False),
        (ADD, ADD, False),
        (f"{ADD}?draft=sju", f"{ADD}?draft=sju", False),
    ],
)
def test_a_form_is_known_by_its_thing_and_one_of_a_new_thing_by_its_draft(tell, anna, bo, one, other, is_the_same):
    tell(anna, one)
    assert bool(words(tell(bo, other))) == is_the_same


@pytest.mark.parametrize(("seconds", "is_told"), [(59, True), (60, False)])
def test_who_says_nothing_for_a_minute_is_gone(tell, anna, bo, clock, seconds, is_told):
    tell(anna)
    clock.shift(seconds)
    assert bool(words(tell(bo))) == is_told


def test_who_says_so_again_is_still_there(tell, anna, bo, clock):
    tell(anna)
    clock.shift(50)
    tell(anna)
    clock.shift(50)
    assert words(tell(bo)) == "Anna Exempel har också det här formuläret öppet."


def test_who_leaves_is_gone_at_once(tell, anna, bo):
    tell(anna)
    assert words(tell(anna, left="1")) == ""
    assert words(tell(bo)) == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/admin/",
        "/admin/partnerships/network/",
        "/admin/partnerships/network/12/delete/",
        "/admin/partnerships/network/x/change/",
        f"/admin/partnerships/network/{'9' * 5000}/change/",
        "/admin/partnerships/image/12/change/",
        "/admin/auth/user/1/change/",
        "/natverk/",
        "/borta/",
        "//[/admin/",
        "\0",
    ],
)
def test_only_forms_of_what_is_drafted_are_asked_for(tell, anna, address):
    assert tell(anna, address).status_code == 400
    assert not FormInUse.objects.exists()


def test_draft_with_a_huge_number_is_none(tell, anna):
    assert words(tell(anna, f"{ADD}?draft={'9' * 5000}")) == ""
    assert not FormInUse.objects.exists()


@pytest.mark.parametrize(
    ("permission", "status"),
    [("view_network", 200), ("change_network", 200), ("change_twintown", 403), (None, 403)],
)
def test_who_may_not_see_the_thing_may_not_ask(tell, permission, status):
    user = make.UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename=permission))
    assert tell(user).status_code == status


def test_who_is_not_of_the_desk_is_led_to_the_login(client, tell):
    address = reverse("admin:partnerships_present")
    assert client.post(address, {"address": CHANGE}).status_code == 302
    assert tell(make.UserFactory(is_staff=False)).status_code == 302
    assert not FormInUse.objects.exists()


def test_it_is_only_posted_to(client, anna):
    client.force_login(anna)
    assert client.get(reverse("admin:partnerships_present")).status_code == 405


def test_asking_is_cheap(tell, anna, bo, django_assert_num_queries):
    others = [anna, *make.UserFactory.create_batch(2, is_superuser=True)]
    tell(bo)
    for number in (1, 3):
        for other in others[:number]:
            form_use.mark(CHANGE, other)
        with django_assert_num_queries(2):
            presence.presence_context(request_of(bo), CHANGE)


def request_of(user):
    request = RequestFactory().get(CHANGE)
    request.user = user
    return request


def test_the_form_itself_tells_without_javascript(tell, anna, bo):
    tell(anna)
    with translation.override("sv"):
        told = render_to_string("admin/presence.html", presence.presence_context(request_of(bo), f"{CHANGE}?_popup=1"))
    assert told.split("\n")[1] == (
        '<p class="presence" role="status" data-presence="/admin/partnerships/draft/present/">'
        "Anna Exempel har också det här formuläret öppet.</p>"
    )
    assert words(tell(anna)) == "bo har också det här formuläret öppet."


def test_what_is_older_than_a_day_is_forgotten(anna, clock):
    form_use.mark(CHANGE, anna)
    clock.shift(datetime.timedelta(hours=1))
    form_use.mark(f"{ADD}?draft=7", anna)
    clock.shift(datetime.timedelta(hours=23, seconds=1))
    call_command("run_due")
    assert list(FormInUse.objects.values_list("address", "seen_at")) == [
        (f"{ADD}?draft=7", timezone.now() - datetime.timedelta(hours=23, seconds=1))
    ]
