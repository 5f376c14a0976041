"""The public pages as they leave the server."""

import datetime
import re

import pytest
from django.conf import settings

from partnerships.choices import AgreementEnd, AgreementKind, PageKey, PartyStanding, PublicationState
from partnerships.models import Page, TwinTown
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

TWINS = {
    "/": "/en/",
    "/vanorter/": "/en/twin-towns/",
    "/vanorter/tempe/": "/en/twin-towns/tempe/",
    "/vanorter/reykjanesbaer/": "/en/twin-towns/reykjanesbaer/",
    "/vanorter/hjorring/": "/en/twin-towns/hjorring/",
    "/vanorter/kristiansand/": "/en/twin-towns/kristiansand/",
    "/vanorter/kerava/": "/en/twin-towns/kerava/",
    "/natverk/": "/en/networks/",
    "/natverk/sern/": "/en/networks/sern/",
    "/natverk/eurotowns/": "/en/networks/eurotowns/",
    "/natverk/svinesundskommitten/": "/en/networks/svinesundskommitten/",
    "/natverk/healthy-cities/": "/en/networks/healthy-cities/",
    "/natverk/viable-cities/": "/en/networks/viable-cities/",
    "/program/": "/en/programs/",
    "/program/studentutbyte/": "/en/programs/studentutbyte/",
    "/program/professionellt-utbyte/": "/en/programs/professionellt-utbyte/",
    "/program/lararutbyte/": "/en/programs/lararutbyte/",
    "/kontakt/": "/en/contact/",
    "/kontaktcenter/": "/en/contact-centre/",
    "/tillganglighet/": "/en/accessibility/",
    "/tillganglighet/rapportera/": "/en/accessibility/report/",
    "/tillganglighet/rapportera/tack/": "/en/accessibility/report/thanks/",
}
ADDRESSES = [*TWINS, *TWINS.values()]


def html(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def told(page):
    """The words of the page, without its markup and with one kind of space."""
    words = re.sub(r"<(style|script|title)\b.*?</\1>", " ", page, flags=re.S)
    words = re.sub(r"</(p|div|li|h\d|d[dt])>", " ", words)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words)).replace("\N{NON-BREAKING HYPHEN}", "-")


@pytest.mark.usefixtures("content")
def test_every_page_has_its_parts(client):
    for address in ADDRESSES:
        response = client.get(address)
        page = response.content.decode()
        language = "en" if address.startswith("/en/") else "sv"
        assert response.status_code == 200, address
        assert response.headers["Content-Language"] == language, address
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert "Accept-Language" not in response.headers.get("Vary", ""), address
        assert f'<html lang="{language}">' in page, address
        assert len(re.findall(r"<h1[\s>]", page)) == 1, address
        assert re.search(r"<title>[^<]{10,90}</title>", page), address
        assert re.search(r'<meta name="description" content="[^"]{25,300}">', page), address
        assert page.count('<nav class="crumbs"') == 1, address
        assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in page
        assert "mailto:isak.johansson@trollhattan.se" in page, address
        assert "tel:+46520496094" in page, address
        assert 'href="https://www.openstreetmap.org/search?query=' in page, address
        assert "8:00–16:30" in page, address


@pytest.mark.usefixtures("content")
def test_each_page_leads_to_itself_in_the_other_language(client):
    for swedish, english in TWINS.items():
        here, there = html(client, swedish), html(client, english)
        assert f'<a href="{english}" lang="en" hreflang="en">In English</a>' in here
        assert f'<a href="{swedish}" lang="sv" hreflang="sv">På svenska</a>' in there
        for page in (here, there):
            assert f'<link rel="alternate" hreflang="sv" href="{settings.SITE_URL}{swedish}">' in page
            assert f'<link rel="alternate" hreflang="en" href="{settings.SITE_URL}{english}">' in page


@pytest.mark.usefixtures("content")
def test_titles_and_descriptions_tell_pages_apart(client):
    pages = [html(client, address) for address in ADDRESSES]
    for pattern in (r"<title>([^<]+)</title>", r'<meta name="description" content="([^"]+)">'):
        found = [re.search(pattern, page)[1] for page in pages]
        # Some names read the same in both languages.
        assert len(set(found[: len(TWINS)])) == len(TWINS)
        assert len(set(found[len(TWINS) :])) == len(TWINS)


@pytest.mark.usefixtures("content")
def test_only_what_was_reviewed_shows_a_stamp(client):
    stamped = [address for address in ADDRESSES if "KLALIW" in html(client, address)]
    assert stamped == ["/"]
    assert "Senast granskad 2024-05-15 av KLALIW" in told(html(client, "/"))
    assert [address for address in ADDRESSES if 'class="review"' in html(client, address)] == ["/"]


@pytest.mark.parametrize(
    ("headers", "language"), [({"accept-language": "en"}, "sv"), ({"cookie": "django_language=en"}, "sv"), ({}, "sv")]
)
def test_the_address_alone_decides_the_language(client, headers, language):
    response = client.get("/", headers=headers)
    assert (response.status_code, response.headers["Content-Language"]) == (200, language)


@pytest.mark.usefixtures("content")
def test_relations_are_told_apart_in_words(client):
    for address in ("/", "/vanorter/"):
        words = told(html(client, address))
        assert words.count("Aktiv vänort sedan 2015") == 1
        assert words.count("Tidigare vänort, till 2017") == 4
    assert "Tidigare vänort, till 2017" in told(html(client, "/vanorter/kerava/"))
    assert "Former twin town, until 2017" in told(html(client, "/en/twin-towns/kerava/"))


@pytest.mark.usefixtures("content")
def test_a_town_tells_its_history_from_its_agreements(client):
    hjorring = told(html(client, "/vanorter/hjorring/"))
    assert "Hjörring valde att stå utanför." in hjorring
    assert "Upphörde 2017." in hjorring
    assert "Ersatte: Vänortsavtal med fyra nordiska orter." in hjorring
    assert "Det är inte känt om avtalet fortfarande gäller." in hjorring
    assert "Skolprocesser – förebyggande av skolavhopp" in hjorring
    assert "2015" not in hjorring
    tempe = told(html(client, "/vanorter/tempe/"))
    assert "Undertecknades 2015." in tempe
    assert "2017" not in tempe
    assert "Hjörring" not in tempe


def test_english_that_is_missing_is_swedish_and_marked(client):
    town = make.TwinTownFactory(
        slug="exempelstad", name_sv="Exempelstad", name_en="", summary_sv="En ort.", body_sv="<p>Text.</p>", body_en=""
    )
    TwinTown.objects.filter(pk=town.pk).update(summary_en="")
    page = html(client, "/en/twin-towns/exempelstad/")
    assert '<h1><span lang="sv">Exempelstad</span></h1>' in page
    assert '<p class="lead"><span lang="sv">En ort.</span></p>' in page
    assert '<div class="prose" lang="sv"><p>Text.</p></div>' in page
    assert 'lang="sv"' not in re.sub(
        r'hreflang="sv"|<a [^>]*lang="sv"[^>]*>',
        "",
        html(client, "/vanorter/exempelstad/").replace('<html lang="sv">', ""),
    )


def test_an_empty_site_still_answers(client):
    of_the_site = [address for address in ADDRESSES if address.removeprefix("/en").count("/") <= 2]
    assert len(of_the_site) == 14
    for address in of_the_site:
        page = html(client, address)
        assert len(re.findall(r"<h1[\s>]", page)) == 1, address
        assert "None" not in told(page), address


def test_a_changed_slug_leads_on(client):
    town = make.TwinTownFactory(slug="gammal")
    town = TwinTown.objects.get(pk=town.pk)
    for slug in ("mellan", "ny"):
        town.slug = slug
        town.save()
    for old in ("gammal", "mellan"):
        for prefix in ("/vanorter", "/en/twin-towns"):
            response = client.get(f"{prefix}/{old}/")
            assert (response.status_code, response.headers["Location"]) == (301, f"{prefix}/ny/")
    town.slug = "gammal"
    town.save()
    assert client.get("/vanorter/gammal/").status_code == 200
    assert client.get("/vanorter/ny/").headers["Location"] == "/vanorter/gammal/"
    make.TwinTownFactory(slug="ny", name_sv="En annan ort")
    assert "En annan ort" in html(client, "/vanorter/ny/")
    town.state = PublicationState.WITHDRAWN
    town.save()
    assert client.get("/vanorter/mellan/").status_code == 404


def test_withdrawn_text_of_a_page_leaves_its_name(client):
    make.PageFactory(key=PageKey.TOWNS, title_sv="Orter", lead_sv="Ingress.", state=PublicationState.PUBLISHED)
    assert "<h1>Orter</h1>" in html(client, "/vanorter/")
    Page.objects.update(state=PublicationState.WITHDRAWN)
    page = html(client, "/vanorter/")
    assert "<h1>Vänorter</h1>" in page
    assert "Ingress." not in page
    assert "<h1>Twin towns</h1>" in html(client, "/en/twin-towns/")


def test_parties_are_told_by_what_they_did(client):
    agreement = make.AgreementFactory(
        name_sv="Exempelavtalet", kind=AgreementKind.TWIN_TOWN, signed="2001", end=AgreementEnd.OPEN, ended=None
    )
    for name, standing, since in (
        ("Astad", PartyStanding.JOINED, None),
        ("Bestad", PartyStanding.JOINED, "2003"),
        ("Cestad", PartyStanding.LEFT, "2010-05"),
        ("Destad", PartyStanding.DECLINED, None),
    ):
        town = make.TwinTownFactory(name_sv=name, slug=name.lower())
        make.AgreementPartyFactory(agreement=agreement, town=town, standing=standing, since=since)
    words = told(html(client, "/vanorter/"))
    assert "Parter: Astad, Bestad (2003)." in words
    assert "Cestad lämnade avtalet maj 2010." in words
    assert "Destad valde att stå utanför." in words


@pytest.mark.parametrize(
    ("apply_from", "apply_until", "how", "url", "words"),
    [
        (None, None, "", "", "Fråga oss hur och när du kan ansöka."),
        ("2027-01-01", "2027-02-15", "", "https://example.org/", "Ansök 1 januari 2027–15 februari 2027 "),
        ("2027-01-01", None, "<p>Skriv ett brev.</p>", "", "Ansök från och med 1 januari 2027 Skriv ett brev."),
        (None, "2027-02-15", "", "https://example.org/", "Ansök nu, till och med 15 februari 2027 "),
        ("2026-12-01", "2026-12-01", "", "https://example.org/", "Ansök nu, till och med 1 december 2026 "),
        ("2026-11-01", None, "<p>Skriv ett brev.</p>", "", "Ansök nu Skriv ett brev."),
    ],
)
def test_a_program_says_how_and_when_to_apply(client, time_machine, apply_from, apply_until, how, url, words):
    time_machine.move_to(datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC), tick=False)
    make.SiteSettingsFactory(default_contact=make.ContactFactory())
    make.ProgramFactory(
        slug="exempel", apply_from=apply_from, apply_until=apply_until, how_to_apply_sv=how, apply_url=url
    )
    page = html(client, "/program/exempel/")
    assert words in told(page)
    assert ('href="https://example.org/"' in page) == bool(url)
    assert ("Fråga oss hur" in page) == (not how and not url)


def test_where_applications_are_closed_the_page_says_so_and_leads_nowhere(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC), tick=False)
    make.ProgramFactory(slug="exempel", apply_until="2026-11-30", apply_url="https://example.org/ansok/")
    page = html(client, "/program/exempel/")
    assert "Ansökan stängde 30 november 2026" in told(page)
    assert "https://example.org/ansok/" not in page


def test_deviations_of_the_next_fourteen_days_stand_at_the_hours(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 14, 9, tzinfo=datetime.UTC), tick=False)
    centre = make.ContactCentreFactory()
    make.SiteSettingsFactory(contact_centre=centre, default_contact=None)
    make.OpeningExceptionFactory(
        centre=centre,
        first_day="2026-12-24",
        last_day="2026-12-26",
        opens=None,
        closes=None,
        reason_sv="Jul",
        reason_en="Christmas",
    )
    make.OpeningExceptionFactory(
        centre=centre,
        first_day="2026-12-28",
        last_day="2026-12-28",
        opens="09:00",
        closes="12:00",
        reason_sv="Mellandag",
    )
    assert "24 december 2026–26 december 2026: stängt (Jul)" in told(html(client, "/kontaktcenter/"))
    assert "24 December 2026–26 December 2026: closed (Christmas)" in told(html(client, "/en/"))
    assert "Mellandag" not in html(client, "/")
    time_machine.move_to(datetime.datetime(2026, 12, 15, 9, tzinfo=datetime.UTC), tick=False)
    assert "28 december 2026: 9:00–12:00 (Mellandag)" in told(html(client, "/"))


def test_a_contact_shows_those_who_hold_it_and_its_substitute(client):
    substitute = make.ContactFactory(slug="ersattare", name_sv="Ersättaren")
    contact = make.ContactFactory(name_sv="Exempelfunktionen", substitute=substitute, email="funktion@example.org")
    make.ContactHolderFactory(contact=contact, name="Exempel Exempelsson", ends="2000-01-01")
    make.SiteSettingsFactory(default_contact=contact)
    for address in ("/", "/kontakt/"):
        words = told(html(client, address))
        assert "Exempel Exempelsson" not in words
        assert "Om ingen svarar: Ersättaren" in words
        assert "funktion@example.org" in words


def test_a_page_with_its_own_contact_shows_that_one(client):
    make.SiteSettingsFactory(default_contact=make.ContactFactory(name_sv="Webbplatsens kontakt"))
    make.NetworkFactory(slug="exempel", contact=make.ContactFactory(name_sv="Nätverkets kontakt"))
    words = told(html(client, "/natverk/exempel/"))
    assert "Nätverkets kontakt" in words
    assert "Webbplatsens kontakt" not in words


def test_sitemap_names_each_page_in_both_languages(client):
    make.TwinTownFactory(slug="exempelstad")
    page = html(client, "/sitemap.xml")
    locations = set(re.findall(r"<loc>http://testserver([^<]+)</loc>", page))
    assert len(locations) == 2 * (len(PageKey.values) + 1)
    assert {"/", "/en/", "/vanorter/exempelstad/", "/en/twin-towns/exempelstad/", "/en/accessibility/"} <= locations


def test_robots_find_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == f"User-agent: *\nDisallow: /admin/\nSitemap: {settings.SITE_URL}/sitemap.xml\n"
