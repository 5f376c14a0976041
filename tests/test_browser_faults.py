"""That the visits of test_browser.py see what is wrong: pages with faults made on purpose, each of which they name."""

import re

import pytest

from tests.addresses import Address
from tests.visiting import IN_PAGE, LOOKS, Visitor, send, walk

pytestmark = [pytest.mark.browser, pytest.mark.once]

PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body {{ margin: 8px; background: #fff; color: #111; font: 16px sans-serif }}
:focus-visible {{ outline: 3px solid #00c }} {style}</style></head>
<body><main><h1>Prov</h1>{body}</main></body></html>"""
SOUND = '<p><a href="/1">Den första länken</a></p><p><a href="/2">Den andra länken</a></p>'


@pytest.fixture
def visit(browser, served_site):
    """A function: what a visit finds on a page with this body, style and status."""

    def visit(body, style="", status=200):
        with Visitor(browser, served_site.url) as visitor:
            for context in (visitor.context, visitor.without_javascript):
                context.route("**/prov/", lambda route: route.fulfill(**html(body, style), status=status))
                context.route("https://example.org/**", lambda route: route.fulfill(body=""))
            return visitor.visit(Address("/prov/")).faults

    return visit


def html(body, style=""):
    return {"content_type": "text/html; charset=utf-8", "body": PAGE.format(body=body, style=style)}


@pytest.fixture
def shown(page):
    """A function: the page in a small window, showing this body and style."""

    def shown(body, style=""):
        page.set_viewport_size({"width": 320, "height": 256})
        page.route("**/prov/", lambda route: route.fulfill(**html(body, style)))
        page.goto("/prov/")
        return page

    return shown


def test_a_sound_page_has_no_faults(visit):
    assert (
        visit(f"{SOUND}<p data-live hidden></p><script>document.querySelector('[data-live]').innerText = 1</script>")
        == {}
    )


def test_each_kind_of_fault_is_named(visit):
    faults = visit(
        """<img src="/static/finns-inte.png"><button>Skicka</button>
        <button class="tiny">x</button><button class="tiny">y</button><button aria-label="Annat">Sök</button>
        <div class="moving">Rör sig</div><div class="wide">Bred</div><p class="gone">Bara utan</p>
        <p data-live>Klockan 10</p><p class="pale">Blek</p><p class="forced">Blek i egna färger</p>
        <script src="https://example.org/spy.js"></script>
        <script>
            console.log("hej");
            document.cookie = "a=1";
            localStorage.b = 1;
            sessionStorage.c = 1;
            indexedDB.open("d");
            document.querySelector(".gone").remove();
            document.querySelector("[data-live]").replaceChildren();
            document.querySelector("main").append("Bara med");
            document.querySelector("main").insertAdjacentHTML("beforeend", '<a href="/3">Bara med</a>');
            addEventListener("keydown", (event) => event.key === "Tab" && event.preventDefault());
            nothing();
        </script>""",
        """.tiny { padding: 0; border: 0; width: 10px; height: 10px }
        .moving { animation: along 9s infinite } @keyframes along { to { translate: 9px } }
        .wide { width: 1500px }
        @media (prefers-color-scheme: dark) { .pale { color: #ccc } }
        @media (forced-colors: active) { .forced { forced-color-adjust: none; color: #ccc } }""",
        status=500,
    )
    told = {kind: "\n".join(found) for kind, found in faults.items()}
    wanted = {
        "answers": ["500, not 200"],
        "axe": [
            r"image-alt: <img .* \[320, dark\]",
            r"target-size: <button class=\"tiny\"",
            r"label-content-name-mismatch: <button aria-label=\"Annat\"",
            r"color-contrast: <p class=\"pale\">Blek</p> \[1440, dark\]",
            r"color-contrast: <p class=\"forced\">.* \[768, forced colours\]",
        ],
        "fits": [r"the page is 15\d\d px wide in 768 px \[768, forced colours\]"],
        "keyboard": [r"^Tab 1 led to out of the page, not to <button", r"^Shift\+Tab 1 led to out of the page"],
        "silent": ["log: hej", "error: nothing is not defined"],
        "loads whole": ["404 http://.*/static/finns-inte.png", r"^http://.*/static/finns-inte.png \[320\]"],
        "asks nobody else": ["https://example.org/spy.js"],
        "keeps nothing": ["cookie a", "localStorage b", "sessionStorage c", "indexedDB d"],
        "moves by itself": ['<div class="moving">'],
        "less motion": [r'<div class="moving"> for 9 s'],
        "whole without JavaScript": [
            "text, only without: Bara utan",
            "text, only with: Bara med",
            "links, only with: /3",
            r"data-live: \[True\] without, \[False\] with",
        ],
    }
    assert set(told) == set(wanted)
    for kind, patterns in wanted.items():
        for pattern in patterns:
            assert re.search(pattern, told[kind], re.MULTILINE), (kind, pattern, told[kind])


SECOND = 'href="/2"'
BACK = 'onfocus="document.links[0].focus()"'
RADIO = "<label><input type='radio' name='a'>1</label><label><input type='radio' name='a'>2</label>"


@pytest.mark.parametrize(
    ("body", "style", "fault"),
    [
        (SOUND, ":focus-visible { outline: none !important }", 'no mark at the focus: <a href="/1"'),
        (SOUND, ":focus-visible { outline-color: #eee !important }", "no mark at the focus"),
        (SOUND, ":focus-visible { outline-width: 1px !important }", "no mark at the focus"),
        (SOUND, "a { position: absolute; left: -9999px }", "the focus is out of view"),
        (SOUND, "main::after { content: ''; position: fixed; inset: 0 }", "the focus is covered"),
        (SOUND.replace(SECOND, f"{SECOND} tabindex=1"), "", 'Tab 2 led to out of the page, not to <a href="/2"'),
        (SOUND.replace(SECOND, f"{SECOND} {BACK}"), "", 'Tab 2 led to <a href="/1".*, not to <a href="/2"'),
        (f"{SOUND}<input onkeydown='event.preventDefault()'>", "", "Tab 4 led to <input .* not to out of the page"),
        (f"{SOUND}<div class='box'><p>Att rulla</p></div>", ".box { height: 9px; overflow: auto }", None),
        (f"{SOUND}<textarea></textarea>{SOUND}", "textarea { height: 400px }", None),
        (
            f"{SOUND}<textarea></textarea>",
            "textarea { position: fixed; top: 250px }",
            "the focus is out of view: <textarea",
        ),
        (f"{SOUND}{RADIO}", "", None),
        (f"{SOUND}{RADIO.replace('>2', ' checked>2')}", "", None),
    ],
)
def test_the_keyboard_is_followed(shown, body, style, fault):
    found = walk(shown(body, style))
    assert re.search(fault, "\n".join(found)) if fault else found == []


LONG = "<p>Ord som är för långa för sin ruta och för ett litet fönster</p>"


@pytest.mark.parametrize(
    ("body", "style", "fault"),
    [
        (LONG, "p { white-space: nowrap; width: 90px; overflow: hidden }", "cut off at the side"),
        (LONG, "p { width: 90px; height: 20px; overflow: clip }", "cut off below"),
        (LONG, "p { position: absolute; left: -50px }", "past the side"),
        (LONG, "html { overflow-x: hidden } p { white-space: nowrap }", "past the side"),
        (LONG, "p { white-space: nowrap; width: 90px; overflow: auto }", None),
        (LONG, "p { position: absolute; width: 1px; height: 1px; overflow: hidden }", None),
    ],
)
def test_words_that_cannot_be_read_are_named(shown, body, style, fault):
    found = shown(body, style).evaluate(IN_PAGE["layout"])
    assert fault in "\n".join(found) if fault else found == []


def test_spacing_reaches_the_text(shown):
    page = shown("<p>Ord som nätt och jämnt går in</p>", "p { width: 220px; height: 20px; overflow: hidden }")
    assert page.evaluate(IN_PAGE["layout"]) == []
    page.evaluate(IN_PAGE["text_spacing"])
    assert "cut off" in "\n".join(page.evaluate(IN_PAGE["layout"]))


def test_looks_are_taken_on(page):
    for look, media in LOOKS.items():
        page.emulate_media(**media)
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (look == "dark")
        assert page.evaluate("matchMedia('(forced-colors: active)').matches") == (look == "forced colours")


def test_a_form_is_sent_with_what_was_written(shown):
    page = shown('<form action="/svar/"><input name="a" required><input name="b" required><button>Sänd</button></form>')
    page.route("**/svar/*", lambda route: route.fulfill(**html("Tack")))
    assert send(page, {"a": "ord"}).url.endswith("/svar/?a=ord&b=")
