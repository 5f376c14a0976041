"""The coordinator's errand: find a contact by whatever one knows, change a phone number, be done."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from partnerships.admin.contacts import searched_digits
from partnerships.models import Contact, ContactHolder
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = pytest.mark.django_db

CONTACTS = reverse("admin:partnerships_contact_changelist")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


@pytest.fixture
def coordinator():
    contact = make.ContactFactory(slug="samordnare", name_sv="Samordnare", email="samordnare@example.org", phone="")
    make.ContactHolderFactory(contact=contact, name="Kim Ek", email="kim.ek@example.org", phone="+46846500460")
    make.ContactHolderFactory(
        contact=contact, name="Lo Alm", email="", phone="+46846500461", ends=timezone.localdate() - DAY
    )
    return contact


def found(response):
    return [contact.name_sv for contact in response.context["cl"].result_list]


def test_a_phone_number_is_changed_in_four_steps(editor, coordinator):
    desk = editor.get(reverse("admin:index"))
    assert f'href="{CONTACTS}"' in desk.content.decode()

    listed = editor.get(CONTACTS)
    row = reverse("admin:partnerships_contact_change", args=[coordinator.pk])
    assert f'<a href="{row}">Samordnare</a>' in listed.content.decode()

    form = editor.get(row)
    number = next(n for n in range(2) if filled_in(form)[f"holders-{n}-name"] == ["Kim Ek"])
    assert filled_in(form)[f"holders-{number}-phone"] == ["08-465 004 60"]

    sent = filled_in(form, **{f"holders-{number}-phone": "08-465 00 462"})
    assert editor.post(row, sent).headers["Location"] == CONTACTS
    assert ContactHolder.objects.get(name="Kim Ek").phone.as_e164 == "+46846500462"


def test_the_list_shows_who_holds_it_now_and_how_to_reach_them(editor, coordinator):
    page = editor.get(CONTACTS).content.decode()
    assert '<td class="field-holders_now">Kim Ek</td>' in page
    assert '<td class="field-phones">08-465 004 60</td>' in page
    assert '<td class="field-emails">kim.ek@example.org, samordnare@example.org</td>' in page


@pytest.mark.parametrize(
    "asked",
    [
        "08-465 004 60",
        "0846500460",
        "465 004 60",
        "+46 8 465 004 60",
        "0046 8 465 004 60",
        "+46 (0)8 465 004 60",
        "00460",
        "Kim",
        "ek kim",
        "kim.ek@",
        "samordnare@example.org",
        "SAMORDNARE",
    ],
)
def test_a_contact_is_found_by_what_one_knows(editor, coordinator, asked):
    make.ContactFactory(slug="annan", name_sv="Annan", email="annan@example.org", phone="+46846500499")
    assert found(editor.get(CONTACTS, {"q": asked})) == ["Samordnare"]


def test_a_shared_number_is_found_and_nothing_is_found_twice(editor, coordinator):
    make.ContactFactory(slug="delad", name_sv="Delad", phone="+46846500469")
    assert found(editor.get(CONTACTS, {"q": "465 004 69"})) == ["Delad"]
    assert sorted(found(editor.get(CONTACTS, {"q": "08-465 004 6"}))) == ["Delad", "Samordnare"]


@pytest.mark.parametrize(
    ("asked", "digits"),
    [("", ""), ("12", ""), ("Kim", ""), ("2024-05-15 x", ""), ("08-1", "81"), (" 0520-49 60 94 ", "520496094")],
)
def test_only_what_looks_like_a_number_is_searched_as_one(asked, digits):
    assert searched_digits(asked) == digits


def test_a_wrong_number_stays_as_typed_and_the_error_says_how_to_write_it(editor, coordinator):
    row = reverse("admin:partnerships_contact_change", args=[coordinator.pk])
    form = filled_in(editor.get(row), phone="08-12", **{"holders-0-phone": "ring mig"})
    response = editor.post(row, form)
    told = gettext("Write the number with its area code, such as 08-465 004 00, or with a country code.")
    assert [error.messages for error in response.context["error_summary"]] == [(told,), (told,)]
    assert response.content.decode().count(told) == 4
    again = filled_in(response)
    assert (again["phone"], again["holders-0-phone"]) == (["08-12"], ["ring mig"])


def test_a_holder_can_be_reached(editor, coordinator):
    row = reverse("admin:partnerships_contact_change", args=[coordinator.pk])
    form = filled_in(editor.get(row), **{"holders-0-phone": "", "holders-0-email": ""})
    (error,) = editor.post(row, form).context["error_summary"]
    assert error.anchor == "holders-0"
    assert error.messages == (gettext("Give an e-mail address or a phone number."),)


def test_the_people_stand_before_the_texts(editor, coordinator):
    page = editor.get(reverse("admin:partnerships_contact_change", args=[coordinator.pk])).content.decode()
    places = [page.index(f'id="{name}"') for name in ("id_slug", "holders-group", "id_name_sv")]
    assert places == sorted(places)
    assert page.count('id="holders-group"') == 1
    assert Contact.objects.count() == 1
