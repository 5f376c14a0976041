"""Notices above the pages: where, for how long, in which language, and what their editors may paste."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from partnerships.choices import PublicationState
from partnerships.models import addresses
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

NOON = datetime.datetime(2026, 12, 24, 11, tzinfo=datetime.UTC)
MICRO, HOUR = datetime.timedelta(microseconds=1), datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture(params=[True, False], ids=["with settings", "without"])
def settings_or_not(request, clock):
    if request.param:
        make.SiteSettingsFactory()


def notices(client, address):
    """Each notice of the page: (role, its words)."""
    page = client.get(address).content.decode()
    found = re.findall(r'<div class="notice notice--\w+" role="(\w+)">\s*<div[^>]*>(.*?)</div>', page, re.DOTALL)
    return [(role, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", inner)).strip()) for role, inner in found]


# Where and in which words


@pytest.mark.usefixtures("settings_or_not")
def test_a_notice_stands_between_bar_and_content_in_both_languages(client):
    make.NoticeFactory(text_sv="Stängt & låst.", text_en="Closed & locked.")
    make.NoticeFactory(kind="warning", text_sv="Telefonen är trasig.", text_en="")
    assert notices(client, "/natverk/") == [
        ("alert", "Viktigt: Telefonen är trasig."),
        ("status", "Information: Stängt &amp; låst."),
    ]
    assert notices(client, "/en/") == [
        ("alert", "Important: Telefonen är trasig."),
        ("status", "Information: Closed &amp; locked."),
    ]
    page = client.get("/en/").content.decode()
    assert '</strong> <span lang="sv">Telefonen är trasig.</span></p>' in page
    assert page.index("</header>") < page.index('<div class="notices" role="region" aria-label="Notices">')
    assert page.index('<div class="notices"') < page.index("<main")


@pytest.mark.usefixtures("settings_or_not")
def test_a_notice_of_one_page_stands_there_alone(client):
    make.TwinTownFactory(slug="exempelstad")
    make.TwinTownFactory(slug="annanstad")
    make.NoticeFactory(text_sv="Startsida", address="/")
    make.NoticeFactory(text_sv="Stad", text_en="Town", address="/vanorter/exempelstad/")
    make.NoticeFactory(text_sv="Rapport", address="/tillganglighet/rapportera/")
    where = {
        address: [words.split()[-1] for _role, words in notices(client, address)]
        for address in [
            "/",
            "/?utm_source=x",
            "/vanorter/",
            "/vanorter/exempelstad/",
            "/vanorter/annanstad/",
            "/en/twin-towns/exempelstad/?x=1",
            "/tillganglighet/rapportera/",
        ]
    }
    assert where == {
        "/": ["Startsida"],
        "/?utm_source=x": ["Startsida"],
        "/vanorter/": [],
        "/vanorter/exempelstad/": ["Stad"],
        "/vanorter/annanstad/": [],
        "/en/twin-towns/exempelstad/?x=1": ["Town"],
        "/tillganglighet/rapportera/": ["Rapport"],
    }


@pytest.mark.usefixtures("settings_or_not")
def test_warnings_come_first_then_what_began_last(client):
    for words, kind, made, starts in (
        ("a", "information", -3, None),
        ("b", "information", -9, -1),
        ("c", "warning", -8, None),
        ("d", "warning", -5, -4),
        ("e", "information", -2, None),
    ):
        make.NoticeFactory(
            text_sv=words,
            kind=kind,
            created_at=NOON + made * HOUR,
            published_from=starts and NOON + starts * HOUR,
        )
    assert [words[-1] for _role, words in notices(client, "/")] == ["d", "c", "b", "e", "a"]


def test_no_notices_leave_no_trace(client):
    make.NoticeFactory(state=PublicationState.DRAFT)
    assert "notice" not in client.get("/").content.decode()


def test_errors_and_the_admin_show_none(client, admin_client):
    make.NoticeFactory(text_sv="Överallt på sidorna.")
    for response in (client.get("/finns-inte/"), client.post("/"), admin_client.get("/admin/")):
        assert "Överallt" not in response.content.decode()


def test_a_link_leads_to_the_page_in_the_language_at_hand(client):
    make.NoticeFactory(link="/kontakt/?a=1#b", link_text_sv="Fråga oss", link_text_en="Ask us")
    make.NoticeFactory(link="https://example.org/vanorter/", link_text_sv="Läs mer")
    swedish, english = (client.get(address).content.decode() for address in ("/", "/en/"))
    assert '<a href="/kontakt/?a=1#b">Fråga oss</a>' in swedish
    assert '<a href="/en/contact/?a=1#b">Ask us</a>' in english
    assert '<a href="https://example.org/vanorter/">Läs mer</a>' in swedish
    assert '<a href="https://example.org/vanorter/"><span lang="sv">Läs mer</span></a>' in english


# For how long


@pytest.mark.usefixtures("settings_or_not")
@pytest.mark.parametrize(
    ("starts", "ends", "at", "is_shown"),
    [
        (NOON, None, NOON - MICRO, False),
        (NOON, None, NOON, True),
        (None, NOON, NOON - MICRO, True),
        (None, NOON, NOON, False),
        (NOON, NOON + HOUR, NOON + HOUR - MICRO, True),
        (NOON, NOON + HOUR, NOON + HOUR, False),
    ],
)
def test_a_notice_begins_and_ends_to_the_moment(client, clock, starts, ends, at, is_shown):
    make.NoticeFactory(published_from=starts, published_until=ends)
    clock.move_to(at, tick=False)
    assert len(notices(client, "/")) == len(notices(client, "/en/")) == is_shown


@pytest.mark.parametrize("state", [PublicationState.DRAFT, PublicationState.WITHDRAWN])
@pytest.mark.usefixtures("settings_or_not")
def test_only_what_is_published_is_shown(client, state):
    make.NoticeFactory(state=state)
    assert notices(client, "/") == []


def test_notices_cost_no_query_of_their_own(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/tillganglighet/rapportera/tack/")
        return len(captured)

    make.SiteSettingsFactory()
    before = queries()
    make.NoticeFactory.create_batch(3, link="/vanorter/", link_text_sv="Vänorter")
    assert queries() == before == 1


# What editors paste

PAGES = {
    "": "",
    "  ": "",
    "/": "/",
    "/vanorter/": "/vanorter/",
    "/vanorter": "/vanorter/",
    "/en/": "/",
    "/en": "/",
    "/en/twin-towns/": "/vanorter/",
    " https://www.example.org/en/twin-towns/exempelstad/?utm_source=x#karta ": "/vanorter/exempelstad/",
    "http://www.example.org/vanorter/": "/vanorter/",
    "https://www.example.org": "/",
    "https://WWW.EXAMPLE.ORG/vanorter/": "/vanorter/",
    "www.example.org/vanorter/": "/vanorter/",
    "http://localhost:8000/en/contact/": "/kontakt/",
    "localhost:8000/en/contact/": "/kontakt/",
    "/vanorter/gammalt-namn/": "/vanorter/exempelstad/",
    "/en/accessibility/report/": "/tillganglighet/rapportera/",
    "/v%C3%A4norter/": None,
    "/vanorter/finns-inte/": None,
    "/vanorter/utkast/": None,
    "/natverk/exempelstad/": None,
    "/twin-towns/": None,
    "/en/vanorter/": None,
    "/admin/": None,
    "/admin/partnerships/notice/": None,
    "/sitemap.xml": None,
    "/media/x.jpg": None,
    "/healthz": None,
    "/\0": None,
    "vanorter": None,
    "//example.com/vanorter/": None,
    "https://example.com/vanorter/": None,
    "https://www.example.org.example.com/vanorter/": None,
    "https://user@example.com/": None,
    "ftp://www.example.org/vanorter/": None,
    "javascript:alert(1)": None,
    "http://[/": None,
    "https://www.example.org:abc/vanorter/": "/vanorter/",
}


@pytest.fixture
def town(settings):
    settings.SITE_URL = "https://www.example.org"
    make.OldSlugFactory(slug="gammalt-namn", object_id=make.TwinTownFactory(slug="exempelstad").pk)
    make.TwinTownFactory(slug="utkast", state=PublicationState.DRAFT)


@pytest.mark.parametrize("pasted", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.usefixtures("town")
def test_a_page_is_kept_by_its_swedish_path(pasted, language):
    notice = make.NoticeFactory.build(address=pasted)
    with translation.override(language):
        told = _errors(notice)
    assert told == ([] if PAGES[pasted] is not None else ["address"])
    if not told:
        assert notice.address == PAGES[pasted]


def _errors(notice):
    """The fields that the notice cannot be saved with."""
    try:
        notice.full_clean()
    except ValidationError as error:
        return list(error.message_dict)
    return []


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        (
            "https://example.com/",
            "Det är ingen adress på den här webbplatsen. Adresserna här börjar med https://www.example.org/.",
        ),
        ("/finns-inte/", "Ingen publik sida finns på den adressen. Öppna sidan och kopiera adressen från webbläsaren."),
    ],
)
@pytest.mark.usefixtures("town")
def test_a_refused_page_says_what_to_do(pasted, told):
    with translation.override("sv"), pytest.raises(ValidationError) as caught:
        make.NoticeFactory.build(address=pasted).full_clean()
    assert caught.value.message_dict == {"address": [told]}


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://www.example.org/en/contact/?a=1#b", "/kontakt/?a=1#b"),
        ("/vanorter/exempelstad/#fakta", "/vanorter/exempelstad/#fakta"),
        ("https://example.com/vanorter/?a=1", "https://example.com/vanorter/?a=1"),
        ("/finns-inte/", None),
        ("javascript:alert(1)", None),
        ("ftp://example.com/", None),
        ("mailto:exempel@example.org", None),
        ("example", None),
    ],
)
@pytest.mark.usefixtures("town")
def test_a_link_leads_to_a_page_here_or_to_the_web(link, kept):
    notice = make.NoticeFactory.build(link=link, link_text_sv="Läs mer")
    assert _errors(notice) == ([] if kept else ["link"])
    if kept:
        assert notice.link == kept


@pytest.mark.parametrize(
    ("link", "sv", "en", "field"),
    [("https://example.org/", "", "", "link_text_sv"), ("", "Läs mer", "", "link"), ("", "", "Read on", "link")],
)
def test_a_link_needs_both_halves(link, sv, en, field):
    notice = make.NoticeFactory.build(link=link, link_text_sv=sv, link_text_en=en)
    assert field in _errors(notice)


def test_a_notice_whose_page_has_gone_can_still_be_saved(town):
    notice = make.NoticeFactory(address="/vanorter/utkast/", link="/vanorter/utkast/#a", link_text_sv="Dit")
    notice.text_sv = "Nytt"
    notice.full_clean()
    notice.address = "/vanorter/finns-inte/"
    with pytest.raises(ValidationError):
        notice.full_clean()


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "panic"},
        {"state": "gone"},
        {"address": "vanorter"},
        {"link": "javascript:x", "link_text_sv": "x"},
        {"link": "/"},
        {"link_text_en": "x"},
        {"published_from": NOON, "published_until": NOON},
    ],
)
def test_the_database_refuses_what_does_not_fit(broken):
    with pytest.raises(IntegrityError):
        make.NoticeFactory(**broken)


def test_a_text_has_three_hundred_characters():
    make.NoticeFactory.build(text_sv="å" * 300, text_en="å" * 300).full_clean()
    with pytest.raises(ValidationError):
        make.NoticeFactory.build(text_sv="å" * 301).full_clean()
    with pytest.raises(ValidationError):
        make.NoticeFactory.build(text_sv="").full_clean()


def test_hosts_that_may_be_anything_are_not_ours(settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://www.example.org"
    assert addresses.on_this_site("https://www.example.org/")
    assert not addresses.on_this_site("https://example.com/")
