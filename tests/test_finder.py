"""What can I take part in: programs by who one is, what one can do now first."""

import datetime

import pytest

from partnerships.choices import PublicationState
from tests import factories as make
from tests.test_pages import html, told

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def programs(time_machine):
    """One for teachers in each state, in the worst order, and one for nobody in particular."""
    time_machine.move_to(NOON, tick=False)
    teachers = make.AudienceFactory(slug="larare", name_sv="Lärare", name_en="Teachers", position=1)
    make.AudienceFactory(slug="foretag", name_sv="Företag", name_en="Businesses", position=2)
    for position, (slug, days) in enumerate(
        {
            "stangt": {"apply_until": "2026-11-30"},
            "fraga": {},
            "senare": {"apply_from": "2026-12-02"},
            "oppet-lange": {"apply_from": "2026-12-01"},
            "oppet-kort": {"apply_from": "2026-11-01", "apply_until": "2026-12-01"},
        }.items()
    ):
        program = make.ProgramFactory(slug=slug, name_sv=slug, position=position, **days)
        program.audiences.add(teachers)
    make.ProgramFactory(slug="for-ingen", name_sv="for-ingen", position=0)


def order(page):
    names = ["stangt", "fraga", "senare", "oppet-lange", "oppet-kort", "for-ingen"]
    return sorted((name for name in names if f'/{name}/"' in page), key=lambda name: page.index(f'/{name}/"'))


def test_what_one_can_apply_to_now_comes_first(client, programs):
    page = html(client, "/program/?for=larare")
    assert order(page) == ["oppet-kort", "oppet-lange", "senare", "fraga", "stangt"]
    headings = ["Öppet för ansökan nu", "Ansökan öppnar senare", "Fråga oss när du kan ansöka", "Ansökan är stängd"]
    places = [told(page).index(heading) for heading in headings]
    assert places == sorted(places)


def test_the_landing_page_and_the_whole_list_keep_the_same_order(client, programs):
    everything = ["oppet-kort", "oppet-lange", "senare", "for-ingen", "fraga", "stangt"]
    assert order(html(client, "/program/")) == everything
    landing = html(client, "/")
    assert order(landing[landing.index("programs-heading") :]) == everything


def test_each_audience_is_a_plain_link_and_the_chosen_one_is_marked(client, programs):
    for address in ("/", "/program/", "/program/?for=larare"):
        page = html(client, address)
        assert 'href="/program/?for=larare"' in page
        assert 'href="/program/?for=foretag"' in page
        assert ('href="/program/?for=larare" aria-current="page"' in page) == (address == "/program/?for=larare")
    assert "<h1>Program för lärare</h1>" in html(client, "/program/?for=larare")
    english = html(client, "/en/programs/?for=larare")
    assert "<h1>Programs for teachers</h1>" in english
    assert 'href="/program/?for=larare" lang="sv"' in english
    assert 'rel="canonical" href="http://127.0.0.1:8000/en/programs/?for=larare"' in english


def test_an_audience_without_programs_is_told_whom_to_ask(client, programs):
    make.SiteSettingsFactory(default_contact=make.ContactFactory(name_sv="Samordnaren"))
    words = told(html(client, "/program/?for=foretag"))
    assert "Just nu finns inget här" in words
    assert "Fråga oss" in words
    assert "Samordnaren" in words


@pytest.mark.parametrize("query", ["for=finns-inte", "for=", "for=%F0%9F%98%80", "for=" + "a" * 3000])
def test_an_unknown_audience_is_not_found(client, programs, query):
    assert client.get(f"/program/?{query}").status_code == 404


def test_other_parameters_change_nothing(client, programs):
    assert order(html(client, "/program/?utm_source=x&for=larare")) == order(html(client, "/program/?for=larare"))


def test_a_row_says_what_it_asks_and_whom_to_ask(client, programs):
    own = make.ContactFactory(slug="egen", name_sv="Egen kontakt")
    hidden = make.ContactFactory(slug="dold", name_sv="Dold kontakt", state=PublicationState.DRAFT)
    make.SiteSettingsFactory(default_contact=make.ContactFactory(slug="samordnaren", name_sv="Samordnaren"))
    make.ProgramFactory(name_sv="Med egen", slug="a", contact=own, asks_sv="Du har fyllt 18 år.")
    make.ProgramFactory(name_sv="Med dold", slug="b", contact=hidden)
    page = html(client, "/program/")
    rows = {name: told(page[page.index(f'/{name}/"') :].split("</li>\n      </ul>")[0]) for name in "ab"}
    assert "Du har fyllt 18 år." in rows["a"]
    assert "Egen kontakt" in rows["a"]
    assert 'href="/kontakt/#egen"' in page
    assert "Samordnaren" in rows["b"]
    assert "Dold kontakt" not in page
