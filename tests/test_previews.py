"""Previews show the public page as it would be, to those who may see it, and leave nothing behind."""

import datetime
import re

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.translation import gettext
from reversion.models import Revision

from partnerships.models import Draft, Image, Network, PreviewLink, SearchEntry
from tests import factories as make
from tests.desk import Editor, add_address, address_of

pytestmark = pytest.mark.django_db


def assert_nobody_keeps(page):
    assert {"private", "no-store"} <= set(page.headers["Cache-Control"].split(", "))
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@pytest.fixture
def editor():
    return Editor(make.UserFactory(is_superuser=True))


@pytest.fixture
def draft(editor):
    """Of a new network in both languages, with a fact."""
    editor.open(add_address(Network)).write(
        slug="exempelnatet",
        name_sv="Exempelnätet",
        name_en="The Example Network",
        summary_sv="Om broar.",
        summary_en="About bridges.",
    )
    editor.add_row("facts", label_sv="Medlemmar", value_sv="12", label_en="Members", value_en="12").press("_draft")
    return Draft.objects.get()


def preview(draft, language="sv", place="own"):
    return reverse("admin:partnerships_draft_preview", args=[draft.pk, language, place])


def all_rows():
    return [model.objects.count() for model in (Network, LogEntry, Revision, SearchEntry, Draft)]


@pytest.mark.parametrize(
    ("language", "place", "shown"),
    [
        ("sv", "own", ["Exempelnätet", "Om broar.", "Medlemmar"]),
        ("en", "own", ["The Example Network", "About bridges.", "Members"]),
        ("sv", "list", ["Exempelnätet", "Om broar."]),
        ("en", "list", ["The Example Network"]),
        ("sv", "landing", ["Exempelnätet"]),
        ("en", "landing", ["The Example Network"]),
    ],
)
def test_preview_is_the_public_page_as_it_would_be(editor, draft, language, place, shown):
    before = all_rows()
    page = editor.client.get(preview(draft, language, place))
    assert page.status_code == 200
    assert [text for text in shown if text not in page.content.decode()] == []
    assert_nobody_keeps(page)
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert f'<html lang="{language}">' in page.content.decode()
    assert all_rows() == before


def test_preview_and_page_are_the_same_but_for_its_bar(editor, draft, client):
    seen = editor.client.get(preview(draft)).content.decode()
    editor.open(draft.get_absolute_url()).press("_save")
    page = client.get("/natverk/exempelnatet/").content.decode()
    seen = re.sub(r'<aside class="preview".*?</aside>', "", seen, flags=re.DOTALL)
    seen = seen.replace('<meta name="robots" content="noindex">', "")
    assert seen.split() == page.split()


def test_preview_of_a_change_shows_the_change_and_changes_nothing(editor, client):
    network = make.NetworkFactory(slug="natet", name_sv="Förut")
    editor.open(address_of(network)).write(name_sv="Efteråt", slug="nya-natet").press("_draft")
    assert "Efteråt" in editor.client.get(preview(Draft.objects.get())).content.decode()
    assert "Förut" in client.get("/natverk/natet/").content.decode()
    assert client.get("/natverk/nya-natet/").status_code == 404


@pytest.mark.parametrize("button", ["_preview_sv", "_preview_en"])
def test_the_button_saves_the_draft_and_leads_there(editor, button):
    network = make.NetworkFactory()
    answer = editor.open(address_of(network)).write(name_sv="Nytt").press(button)
    draft = Draft.objects.get()
    assert answer.headers["Location"] == preview(draft, button[-2:])
    assert draft.data["fields"]["name_sv"] == ["Nytt"]


def test_an_incomplete_draft_is_shown_with_what_is_stored_and_says_so(editor):
    network = make.NetworkFactory(name_sv="Förut")
    make.FactFactory(town=None, network=network, label_sv="Medlemmar", value_sv="12")
    editor.open(address_of(network)).write(name_sv="", summary_sv="Ny text", **{"facts-0-label_sv": ""}).press("_draft")
    page = editor.client.get(preview(Draft.objects.get())).content.decode()
    assert [text for text in ("Förut", "Ny text", "Medlemmar") if text not in page] == []
    (told,) = re.findall(r'<p class="preview__left-out">(.+?)</p>', page)
    assert ("Namn" in told, "uppgifter" in told) == (True, True), told


def test_something_new_without_a_name_can_be_previewed(editor):
    editor.open(add_address(Network)).write(summary_sv="Om broar.").press("_draft")
    page = editor.client.get(preview(Draft.objects.get()))
    assert (page.status_code, "Om broar." in page.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "factory",
    [
        make.TwinTownFactory,
        make.AgreementFactory,
        make.ProgramFactory,
        make.ContactFactory,
        make.ContactCentreFactory,
        make.PageFactory,
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_kind_can_be_previewed(editor, factory, language):
    row = factory()
    make.AgreementPartyFactory(**{"agreement": row} if factory is make.AgreementFactory else {})
    field = "title" if factory is make.PageFactory else "name"
    editor.open(address_of(row)).write(**{f"{field}_sv": "Nytt namn", f"{field}_en": "New name"}).press("_draft")
    for place in ("own", "list", "landing"):
        page = editor.client.get(preview(Draft.objects.get(), language, place))
        assert page.status_code == 200
        if place == "own":
            assert {"sv": "Nytt namn", "en": "New name"}[language] in page.content.decode()


# Shared


@pytest.fixture
def link(editor, draft):
    editor.open(draft.get_absolute_url()).press("_share")
    return editor.open(draft.get_absolute_url()).page.context["links"][0].address.partition("8000")[2]


def test_whoever_has_the_link_sees_the_preview(link, client):
    page = client.get(link)
    assert (page.status_code, "Exempelnätet" in page.content.decode()) == (200, True)
    assert_nobody_keeps(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "/admin/" not in page.content.decode()
    assert "The Example Network" in client.get(link, {"sprak": "en"}).content.decode()
    assert "Exempelnätet" in client.get(link, {"plats": "list"}).content.decode()
    assert client.cookies == {}


@pytest.mark.parametrize(("days", "answer"), [(6.99, 200), (7.01, 404)])
def test_the_link_lasts_seven_days(link, client, days, answer):
    made_at = PreviewLink.objects.get().made_at
    with time_machine.travel(made_at + datetime.timedelta(days=days), tick=False):
        assert client.get(link).status_code == answer


def test_a_revoked_link_shows_nothing(editor, link, client):
    editor.press("_revoke", value=str(PreviewLink.objects.get().pk))
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": False}])
def test_a_link_shows_no_more_than_its_maker_may_see(editor, link, client, change):
    type(editor.user).objects.update(**change)
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("forged", ["{key}", "{key}:{wrong}", "{other}:{seal}", "x:y", ":", "å"])
def test_a_forged_link_shows_nothing(link, client, forged):
    key, seal = link.split("/")[2].split(":")
    token = forged.format(key=key, seal=seal, wrong=seal[::-1], other=key[::-1])
    assert client.get(f"/forhandsvisning/{token}/").status_code == 404


@pytest.mark.parametrize("query", [{"sprak": "de"}, {"plats": "admin"}, {"sprak": "sv/"}])
def test_a_link_shows_what_there_is(link, client, query):
    assert client.get(link, query).status_code == 404


def test_the_drafts_picture_is_seen_through_the_link_only(editor, draft, link, client):
    image, unseen = make.ImageFactory.create_batch(2)
    editor.open(draft.get_absolute_url()).write(image=str(image.pk)).press("_draft")
    page = client.get(link).content.decode()
    (address, *_) = re.findall(r'"(/forhandsvisning/[^"]+/media/[^" ]+)', page)
    picture = client.get(address)
    picture.getvalue()  # read to its end, the file is closed
    assert (picture.status_code, picture.headers["Cache-Control"]) == (200, "private, no-store")
    assert client.get("/media/" + address.partition("/media/")[2]).status_code == 404
    assert "/media/" not in re.sub(r"/forhandsvisning/[^/]+/media/", "", page)
    other = Image.objects.get(pk=unseen.pk)
    assert client.get(f"{link}media/{other.file.name}").status_code == 404


# Who may


def test_previews_are_for_those_who_may_write_it(draft, client):
    assert client.get(preview(draft)).status_code == 302
    client.force_login(make.UserFactory())
    assert client.get(preview(draft)).status_code == 403
    client.force_login(make.UserFactory(is_staff=False, is_superuser=True))
    assert client.get(preview(draft)).status_code == 302


@pytest.mark.parametrize("address", ["0/preview/sv/own/", "1/preview/de/own/", "1/preview/sv/admin/"])
def test_previews_that_there_are_not(editor, draft, address):
    Draft.objects.update(id=1)
    assert editor.client.get(f"/admin/partnerships/draft/{address}").status_code == 404


def test_an_empty_form_has_nothing_to_preview(editor):
    answer = editor.open(add_address(Network)).press("_preview_sv")
    assert (answer.status_code, Draft.objects.count()) == (302, 0)
    told = gettext("There is nothing to preview yet: write something first.")
    assert told in editor.client.get(answer.headers["Location"]).content.decode()
