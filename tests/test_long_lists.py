"""Long lists come in pages, a few rows of each stand on the landing page, and a short list is as it always was."""

import datetime
import re

import pytest

from partnerships.choices import AgreementEnd, AgreementKind
from partnerships.views import pages, turning
from tests import factories as make
from tests.test_pages import html, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
LISTS = [("/vanorter/", make.TwinTownFactory), ("/natverk/", make.NetworkFactory), ("/program/", make.ProgramFactory)]
each_list = pytest.mark.parametrize(("address", "factory"), LISTS, ids=[address for address, _factory in LISTS])


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch, time_machine):
    time_machine.move_to(NOON, tick=False)
    monkeypatch.setattr(turning, "ON_A_PAGE", 3)
    monkeypatch.setattr(pages, "ON_LANDING", 2)


def listed(page, address):
    """The slugs in the order in which the list's own rows name them first."""
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'<figure class="maps">.*?</figure>|<ol class="(timeline|steps)">.*?</ol>', "", main, flags=re.DOTALL)
    return list(dict.fromkeys(re.findall(rf'href="{address}([\w-]+)/"', main)))


def turning_links(page):
    nav = re.search(r'<nav class="band".*?</nav>', page, re.DOTALL)
    return re.findall(r'rel="(\w+)" href="([^"]+)"', nav[0]) if nav else None


@each_list
def test_a_list_of_one_page_has_nothing_to_turn(client, address, factory):
    for n in range(3):
        factory(slug=f"a-{n}")
    page = html(client, address)
    assert listed(page, address) == ["a-0", "a-1", "a-2"]
    assert turning_links(page) is None
    assert html(client, f"{address}?page=1") == page
    assert client.get(f"{address}?page=2").status_code == 404


@each_list
def test_a_long_list_is_turned_page_by_page(client, address, factory):
    for n in range(7):
        factory(slug=f"a-{n}")
    seen = [html(client, f"{address}?page={number}") for number in (1, 2, 3)]
    assert [listed(page, address) for page in seen] == [["a-0", "a-1", "a-2"], ["a-3", "a-4", "a-5"], ["a-6"]]
    assert [turning_links(page) for page in seen] == [
        [("next", "?page=2")],
        [("prev", "."), ("next", "?page=3")],
        [("prev", "?page=2")],
    ]
    assert 'aria-current="page">sida 2 av 3</li>' in seen[1]
    for number in ("0", "4", "x", "-1", "", "²", "9" * 30):
        assert client.get(address, {"page": number}).status_code == 404


@each_list
def test_a_very_long_list_is_turned_without_telling_how_long_it_is(client, monkeypatch, address, factory):
    monkeypatch.setattr(turning, "COUNTED", 2)
    for n in range(10):
        factory(slug=f"a-{n}")
    seen = [html(client, f"{address}?page={number}") for number in (1, 2, 3, 4)]
    assert [listed(page, address) for page in seen][2:] == [["a-6", "a-7", "a-8"], ["a-9"]]
    assert [turning_links(page) for page in seen] == [
        [("next", "?page=2")],
        [("prev", "."), ("next", "?page=3")],
        [("prev", "?page=2"), ("next", "?page=4")],
        [("prev", "?page=3")],
    ]
    for number, page in enumerate(seen, 1):
        assert f'aria-current="page">sida {number}</li>' in page
    assert ", sida 4 – " in re.search(r"<title>(.*?)</title>", seen[3], re.DOTALL)[1]
    assert client.get(address, {"page": 5}).status_code == 404


@each_list
def test_a_list_that_just_fits_into_what_is_counted_is_told_whole(client, monkeypatch, address, factory):
    monkeypatch.setattr(turning, "COUNTED", 2)
    for n in range(6):
        factory(slug=f"a-{n}")
    assert 'aria-current="page">sida 2 av 2</li>' in html(client, f"{address}?page=2")


@each_list
def test_a_later_page_is_an_address_of_its_own(client, address, factory):
    for n in range(4):
        factory(slug=f"a-{n}")
    first, second = html(client, address), html(client, f"{address}?page=2")
    assert f'rel="canonical" href="http://127.0.0.1:8000{address}"' in first
    assert f'rel="canonical" href="http://127.0.0.1:8000{address}?page=2"' in second
    assert ", sida 2 av 2" in re.search(r"<title>(.*?)</title>", second, re.DOTALL)[1]
    assert "sida" not in re.search(r"<title>(.*?)</title>", first, re.DOTALL)[1]
    assert re.search(r'hreflang="en" href="[^"]+\?page=2"', second)


def test_active_towns_come_first_on_all_pages_together(client):
    towns = [make.TwinTownFactory(slug=f"a-{n}", position=10 - n) for n in range(9)]
    for n, end in ((0, AgreementEnd.OPEN), (3, AgreementEnd.OPEN), (4, AgreementEnd.OPEN), (8, AgreementEnd.OPEN)):
        make.AgreementPartyFactory(agreement=make.AgreementFactory(end=end), town=towns[n])
    make.AgreementPartyFactory(
        agreement=make.AgreementFactory(end=AgreementEnd.ENDED, ended="2017"), town=towns[7], since=None
    )
    seen = [html(client, f"/vanorter/?page={number}") for number in (1, 2, 3)]
    assert [listed(page, "/vanorter/") for page in seen] == [
        ["a-8", "a-4", "a-3"],
        ["a-0", "a-7", "a-6"],
        ["a-5", "a-2", "a-1"],
    ]
    assert [told(page).count("Aktiv vänort") >= 1 for page in seen] == [True, True, False]
    assert "Tidigare vänort, till 2017" in told(seen[1])


def test_a_page_of_towns_tells_their_agreements_alone(client):
    for n in range(4):
        town = make.TwinTownFactory(slug=f"a-{n}")
        agreement = make.AgreementFactory(name_sv=f"Avtal {n}", kind=AgreementKind.COOPERATION)
        make.AgreementPartyFactory(agreement=agreement, town=town)
    make.AgreementFactory(name_sv="Utan ort")

    def agreements(page):
        return re.findall(r'<h3 class="agreement__name">([^<]+)</h3>', page)

    assert agreements(html(client, "/vanorter/")) == ["Avtal 0", "Avtal 1", "Avtal 2"]
    assert agreements(html(client, "/vanorter/?page=2")) == ["Avtal 3"]
    town.parties.all().delete()
    town.delete()
    assert agreements(html(client, "/vanorter/")) == ["Avtal 0", "Avtal 1", "Avtal 2", "Avtal 3", "Utan ort"]


def test_pages_cut_across_what_one_can_do_now(client):
    days = {"oppet": {"apply_until": "2026-12-24"}, "senare": {"apply_from": "2027-01-01"}, "fraga": {}}
    teachers = make.AudienceFactory(slug="larare", name_sv="Lärare")
    for n in range(2):
        for name in ("fraga", "senare", "oppet"):
            make.ProgramFactory(slug=f"{name}-{n}", **days[name]).audiences.add(teachers)
    make.ProgramFactory(slug="for-ingen")
    first, second = (html(client, f"/program/?for=larare&page={number}") for number in (1, 2))
    assert listed(first, "/program/") == ["oppet-0", "oppet-1", "senare-0"]
    assert listed(second, "/program/") == ["senare-1", "fraga-0", "fraga-1"]
    headings = [re.findall(r'<h2 class="band__sub">([^<]+)</h2>', page) for page in (first, second)]
    assert headings == [
        ["Öppet för ansökan nu", "Ansökan öppnar senare"],
        ["Ansökan öppnar senare", "Fråga oss när du kan ansöka"],
    ]
    assert turning_links(first) == [("next", "?for=larare&amp;page=2")]
    assert turning_links(second) == [("prev", "?for=larare")]
    assert 'rel="canonical" href="http://127.0.0.1:8000/program/?for=larare&amp;page=2"' in second
    assert client.get("/program/?for=larare&page=3").status_code == 404


def test_the_axis_is_that_of_the_page(client):
    for n in range(4):
        make.NetworkFactory(slug=f"a-{n}", member_since="1950" if n == 3 else "2005", position=n)
    assert "1950" not in html(client, "/natverk/")
    assert "från 1950 till 2026" in told(html(client, "/natverk/?page=2"))


@pytest.mark.parametrize("rows", [2, 3])
def test_the_landing_page_leads_on_where_there_are_more(client, rows):
    for _address, factory in LISTS:
        for n in range(rows):
            factory(slug=f"a-{n}")
    page = html(client, "/")
    for address, _factory in LISTS:
        assert listed(page, address) == ["a-0", "a-1"]
        assert (f'<p><a class="more" href="{address}">' in page) == (rows == 3)
