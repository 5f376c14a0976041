"""What search finds: words in any form and roughly spelt, in both languages, and never what is not public."""

import datetime
import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.choices import PublicationState
from partnerships.search import search, suggest
from partnerships.stemming import terms
from tests import factories as make
from tests.test_pages import html, told

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def titles(query, language="sv", **more):
    return {
        "".join(piece.text for piece in hit.title)
        for group in search(query, language, **more).groups
        for hit in group.hits
    }


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Vänorterna vänort vanort vänorternas", "sv", ["vanort"] * 4),
        ("öppettider öppettiderna Oppettider", "sv", ["oppettid"] * 3),
        ("exchange exchanges Exchanged", "en", ["exchang"] * 3),
        ("Østfold, réseau; Łódź", "sv", ["ostfold", "reseau", "lodz"]),
        ("Reykjanesbær Reykjanesbaer", "sv", ["reykjanesb"] * 2),
        ("0520-49 60 94", "sv", ["0520", "49", "60", "94"]),
        ("", "sv", []),
        ("\0 🎉 --", "sv", []),
    ],
)
def test_words_become_terms(text, language, expected):
    assert terms(text, language) == expected


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "language", "found"),
    [
        ("vänort", "sv", "Vänorter"),
        ("vanort", "sv", "Vänorter"),
        ("VÄNORTERNA", "sv", "Vänorter"),
        ("öppettiderna", "sv", "Kontaktcenter"),
        ("oppettider", "sv", "Kontaktcenter"),
        ("tempee", "sv", "Tempe"),
        ("tmepe", "sv", "Tempe"),
        ("kristansand", "sv", "Kristiansand"),
        ("reykjanesbær", "sv", "Reykjanesbaer"),
        ("utbyte", "sv", "Lärarutbytesprogrammet"),
        ("lärare utbyte", "sv", "Lärarutbytesprogrammet"),
        ("parma", "sv", "SERN – Sweden Emilia Romagna Network"),
        ("ordförande", "sv", "SERN – Sweden Emilia Romagna Network"),
        ("180 000", "sv", "Tempe"),
        ("isak", "sv", "Internationell samordnare"),
        ("0520-49 60 94", "sv", "Internationell samordnare"),
        ("skolavhopp", "sv", "Nordiskt samarbetsavtal"),
        ("exchanges", "en", "The Teacher Exchange Program"),
        ("exchange", "en", "Programs"),
        ("twin town", "en", "Twin towns"),
        ("tempee", "en", "Tempe"),
    ],
)
def test_words_are_found_in_any_form_and_roughly_spelt(query, language, found):
    assert found in titles(query, language)


@pytest.mark.usefixtures("content")
def test_what_was_put_right_is_said(client):
    words = told(html(client, "/sok/?q=kristansand"))
    assert "Inget handlar om ”kristansand”. Vi visar träffar för Kristiansand." in words
    assert search("kristiansand", "sv").shown_for == ""


@pytest.mark.usefixtures("content")
def test_words_are_marked_and_grouped_by_kind(client):
    results = search("utbyte", "sv")
    assert {group.kind for group in results.groups} == {"program", "page", "twintown", "agreement"}
    (town,) = next(group.hits for group in results.groups if group.kind == "twintown")
    assert marked(town.title) == "Tempe"
    assert marked(town.excerpt) == "Invånarna ska ha en plattform för [utbyte] med varandra."
    assert town.address == "/vanorter/tempe/"
    page = html(client, "/sok/?q=utbyte")
    assert "för <mark>utbyte</mark> med varandra." in page
    assert re.findall(r'<h2 id="(\w+)-heading"', page)[:1] == ["program"]


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/sok/?q=öppettider", "Måndag–fredag: 8:00–16:30"),
        ("/sok/?q=kontaktcenter öppet", "Gärdhemsvägen 9, 461 83 Trollhättan"),
        ("/en/search/?q=opening hours", "Monday–Friday: 8:00–16:30"),
        ("/sok/?q=samordnare", "Isak Johansson"),
        ("/sok/?q=Johansson", "0520-49 60 94"),
        ("/sok/?q=telefon", "0520-49 60 94"),
        ("/en/search/?q=phone", "+46 520 49 60 94"),
    ],
)
def test_hours_and_contacts_are_answered_on_top(client, address, answer):
    page = html(client, quote(address, safe="/?=&"))
    (top,) = re.findall(r'<section class="band" aria-labelledby="answer-heading">.*?</section>', page, re.DOTALL)
    assert answer in told(top).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.usefixtures("content")
def test_nothing_found_helps_on(client):
    page = html(client, "/sok/?q=qqqqqq")
    words = told(page)
    assert "Vi hittar inget för ”qqqqqq”" in words
    for address in ("/program/", "/vanorter/", "/natverk/", "/kontakt/", "/kontaktcenter/"):
        assert f'<li><a href="{address}">' in page
    assert "Isak Johansson" in words
    assert '<meta name="robots" content="noindex">' in page


def test_all_words_are_asked_for_and_then_any(client):
    make.TwinTownFactory(name_sv="Astad", body_sv="<p>Ängar och sjöar.</p>")
    make.TwinTownFactory(name_sv="Bestad", body_sv="<p>Ängar och berg.</p>")
    assert titles("ängar berg") == {"Bestad"}
    results = search("sjöar berg", "sv")
    assert results.is_any
    assert titles("sjöar berg") == {"Astad", "Bestad"}


def test_swedish_stands_in_and_is_marked_with_its_language(client):
    make.TwinTownFactory(slug="astad", name_sv="Astad", name_en="", summary_sv="", body_sv="<p>Ängarna blommar.</p>")
    assert titles("ängar", "en") == set()
    make.TwinTownFactory(slug="bestad", name_sv="Bestad", name_en="", body_sv="<p>Ängarna blommar.</p>", body_en="")
    assert titles("äng", "en") == {"Bestad"}
    page = html(client, "/en/search/?q=%C3%A4ngarna")
    assert '<p class="hit__text" lang="sv"><mark>Ängarna</mark> blommar.' in page


def test_publishing_and_withdrawing_are_exact_to_the_second(time_machine):
    time_machine.move_to(MOMENT, tick=False)
    make.TwinTownFactory(name_sv="Tidstad", published_from=MOMENT + 10 * SECOND, published_until=MOMENT + 20 * SECOND)
    seen = []
    for seconds in (9, 10, 19, 20):
        time_machine.move_to(MOMENT + seconds * SECOND, tick=False)
        seen.append("Tidstad" in titles("tidstad"))
        assert bool(suggest("tidst", "sv")) == seen[-1]
    assert seen == [False, True, True, False]


@pytest.mark.parametrize("state", [PublicationState.DRAFT, PublicationState.WITHDRAWN])
def test_what_is_not_public_is_neither_found_nor_guessed_at(client, state):
    make.TwinTownFactory(name_sv="Hemligstad", state=state)
    for query in ("hemligstad", "hemligsta", "hemli", "stad"):
        assert "Hemligstad" not in titles(query)
        main = html(client, f"/sok/?q={query}").partition("<main")[2].partition("</main>")[0]
        assert "hemligstad" not in main.lower().replace(f"”{query}”", "").replace(f'value="{query}"', "")
        assert suggest(query, "sv") == []


def test_a_withdrawn_word_is_not_offered_for_a_misspelt_one():
    town = make.TwinTownFactory(name_sv="Hemligstad", name_en="Hemligstad")
    assert search("hemmligstad", "sv").shown_for == "Hemligstad"
    town.state = PublicationState.WITHDRAWN
    town.save()
    results = search("hemmligstad", "sv")
    assert (results.total, results.shown_for) == (0, "")


def test_a_kind_is_shown_whole_page_by_page(client):
    for number in range(23):
        make.ProgramFactory(name_sv=f"Ängsprogrammet {number:02}", slug=f"ang-{number}")
    page = html(client, "/sok/?q=%C3%A4ngsprogrammet")
    assert page.count('<li class="hit">') == 3
    assert 'href="?q=%C3%A4ngsprogrammet&amp;kind=program"' in page
    first = html(client, "/sok/?q=%C3%A4ngsprogrammet&kind=program")
    second = html(client, "/sok/?q=%C3%A4ngsprogrammet&kind=program&page=2")
    assert (first.count('<li class="hit">'), second.count('<li class="hit">')) == (20, 3)
    names = re.compile(r'href="/program/(ang-\d+)/"')
    assert len({*names.findall(first), *names.findall(second)}) == 23


@pytest.mark.parametrize(
    "query",
    ["q=a&kind=user", "q=a&kind=", "q=a&page=0", "q=a&page=2", "q=a&kind=program&page=x", "q=a&page=%C2%B2", "page=-1"],
)
def test_a_kind_or_page_that_is_not_there_is_not_found(client, query):
    assert client.get(f"/sok/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ['"', "*", "AND", "NEAR(a b)", "a OR", "title_terms:tempe", "-a", "'; DROP TABLE x; --", "a" * 9, "& | !"]
)
def test_the_engines_signs_are_words_or_nothing(client, query):
    make.TwinTownFactory(name_sv="Astad")
    assert client.get("/sok/", {"q": query}).status_code == 200
    assert client.get("/sok/forslag/", {"q": query}).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60) | st.text("aäbö*\"'():&|!<>\\-^~ {}", max_size=40))
def test_any_text_can_be_asked_for(query):
    assert search(query, "sv").total >= 0
    assert search(query, "en", kind="program").total >= 0
    assert len(suggest(query, "sv")) <= 8


def test_suggestions_are_few_public_and_named(client):
    for number in range(12):
        make.TwinTownFactory(slug=f"a-{number}", name_sv=f"Astad {number:02}")
    make.ProgramFactory(slug="a", name_sv="Astadsprogrammet")
    response = client.get("/sok/forslag/?q=ast")
    found = response.json()["suggestions"]
    assert len(found) == 8
    assert found[0] == {"title": "Astad 00", "lang": "sv", "kind": "Vänort", "address": "/vanorter/a-0/"}
    (program,) = client.get("/sok/forslag/?q=astadsp").json()["suggestions"]
    assert program == {"title": "Astadsprogrammet", "lang": "sv", "kind": "Program", "address": "/program/a/"}
    assert response.headers["Cache-Control"] == "public, max-age=10"
    assert client.get("/sok/forslag/?q=a").json() == {"suggestions": []}
    assert client.get("/sok/forslag/").json() == {"suggestions": []}


def test_what_was_typed_stays_and_the_other_language_gets_it_too(client):
    page = html(client, "/sok/?q=%3Cb%3E+%26+x")
    assert 'value="&lt;b&gt; &amp; x"' in page
    assert 'href="/en/search/?q=%3Cb%3E+%26+x"' in page
    assert "<b>" not in page


def test_long_and_repeated_questions_are_answered(client):
    assert client.get("/sok/?q=" + "tempe+" * 1200).status_code == 200
    assert client.get("/sok/?q=a&q=tempe").status_code == 200
    assert client.get("/sok/?q=%00").status_code == 400
