"""What more texts hold than can be weighed: the best of some, and no more said than is known."""

import re

import pytest

from partnerships.search import engines, search
from tests import factories as make
from tests.test_pages import html, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_weighed(monkeypatch):
    monkeypatch.setattr(engines, "MOST_WEIGHED", 5)


@pytest.fixture
def meadows():
    """Six towns that tell of meadows, then a program that is called by them."""
    for n in range(6):
        make.TwinTownFactory(slug=f"a-{n}", body_sv="<p>Ängar.</p>")
    make.ProgramFactory(slug="angar", name_sv="Ängar")


def totals(results):
    return {group.kind: group.total for group in results.groups}


def test_what_holds_the_words_in_its_title_is_always_weighed(meadows):
    results = search("ängar", "sv")
    assert results.is_cut
    assert totals(results)["program"] == 1
    assert totals(results)["twintown"] < 6


def test_a_kind_is_weighed_by_itself(meadows):
    results = search("ängar", "sv", kind="program")
    assert (totals(results), results.is_cut) == ({"program": 1}, False)


def test_no_more_is_said_than_is_known(client, meadows):
    page = html(client, "/sok/?q=%C3%A4ngar")
    assert "Ängar" in told(page)
    assert 'href="?q=%C3%A4ngar&amp;kind=twintown"' in page
    assert re.search(r"(Minst|At least) \d", told(page))


def test_fewer_are_all_counted():
    for n in range(4):
        make.TwinTownFactory(slug=f"a-{n}", body_sv="<p>Ängar.</p>")
    results = search("ängar", "sv")
    assert (results.is_cut, results.total) == (False, 4)
