"""The draft that saves itself: a page with the modules and partials of the desk, and a server whose answers each test
chooses. The clock stands still until it is told to run."""

import json
import re
from collections import deque
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.once]

SITE = "https://desk.example.org"
ADD = "/admin/partnerships/network/add/"
DRAFT = f"{ADD}?draft=7"
SCRIPTS = ["admin/js/vendor/jquery/jquery.js", "admin/js/jquery.init.js", "admin/js/inlines.js"]
INLINE = {"name": "#roles", "options": {"prefix": "roles", "addText": "Lägg till", "deleteText": "Ta bort"}}
ROW = '<td class="original"></td><td><input name="roles-{0}-name" id="id_roles-{0}-name"></td><td class="delete"></td>'
PAGE = """<!DOCTYPE html><html lang="sv"><head><title>Prov</title>{scripts}
<script type="module" src="/static/js/autosave.js"></script></head><body>
<form method="post" id="network_form" data-autosave="{address}" action="{address}">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<input type="hidden" name="started_from" value="0" autocomplete="off">
<input type="hidden" name="form" value="exempel" autocomplete="off">
<input type="hidden" name="turn" value="0" autocomplete="off">
<label>Namn <input name="name"></label>
<label>Bild <select name="image"><option value="1">ett<option value="2">två</select></label>
<div id="roles-group" class="js-inline-admin-formset" data-inline-type="tabular" data-inline-formset='{inline}'>
<input type="hidden" name="roles-TOTAL_FORMS" id="id_roles-TOTAL_FORMS" value="0">
<input type="hidden" id="id_roles-MIN_NUM_FORMS" value="0"><input type="hidden" id="id_roles-MAX_NUM_FORMS" value="9">
<div class="tabular inline-related"><fieldset class="module"><table><tbody>
<tr class="form-row empty-form" id="roles-empty">{row}</tr></tbody></table></fieldset></div></div>
{buttons}</form></body></html>"""
LOGGED_OUT = re.compile("^Du är inte inloggad längre.* Öppna inloggningen$")


class Server:
    """Answers as it is told to; `sent` holds what the page has posted, in order."""

    def __init__(self, page):
        self.sent, self.waiting = [], []
        self.held = None  # a list, where the module is not to come yet
        self.answers = deque()
        self.token = "first"
        self.page = page
        page.route(f"{SITE}/**", self.answer)

    def answer(self, route):
        request = route.request
        path = request.url.removeprefix(SITE)
        if self.held is not None and path.endswith("autosave.js"):
            self.held.append(route)
        elif path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
        elif request.method == "GET":
            route.fulfill(body=self.html(), content_type="text/html; charset=utf-8")
        else:
            posted = parse_qs(request.post_data, keep_blank_values=True, strict_parsing=True)
            self.sent.append({"to": path} | {name: values[0] for name, values in posted.items()})
            told = self.answers.popleft() if self.answers else saved()
            if told == "wait":
                self.waiting.append(route)
            elif told == "no network":
                route.abort()
            else:
                route.fulfill(**told)

    def html(self):
        with translation.override("sv"):
            buttons = render_to_string(
                "admin/draft_buttons.html",
                {"state_words": "", "can_discard": False, "draft": None, "may_publish": False, "is_public": False},
            )
        return PAGE.format(
            address=ADD,
            token=self.token,
            inline=json.dumps(INLINE),
            row=ROW.format("__prefix__"),
            buttons=buttons,
            scripts="".join(f'<script src="/static/{name}"></script>' for name in SCRIPTS),
        )

    def names(self):
        return [post["name"] for post in self.sent]

    def settle(self):
        """Until what the page has asked for by now is answered: this question stands behind it."""
        self.page.evaluate("fetch('/settled/').then((answer) => answer.text()).then(() => {})")


def saved(when="kl. 14.05"):
    return {"json": {"saved": when, "started_from": "1", "draft": 7, "address": DRAFT, "preview": {}}}


def refused(status):
    return {"status": status, "body": "", "headers": {"Location": "/admin/login/"} if status == 302 else {}}


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="sv-SE")
    yield context.new_page()
    context.close()


@pytest.fixture
def server(page, faults):
    """The page stands open, nothing is written yet."""
    server = Server(page)
    page.clock.install(time="2026-11-23T14:00:00")
    page.goto(SITE + ADD)
    page.clock.pause_at("2026-11-23T14:05:00")
    return server


@pytest.fixture
def faults(page):
    """What goes wrong in the scripts fails the test."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


@pytest.fixture
def run(page, server):
    def run(seconds):
        page.clock.run_for(int(seconds * 1000))
        server.settle()

    return run


@pytest.fixture
def name(page):
    return page.get_by_label("Namn")


def state(page, role):
    return page.locator(f"[data-autosave-state] [role={role}]")


def quiet(page):
    return page.locator("[data-told-quietly]")


def put_aside(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_nothing_is_sent_before_something_changes(page, server, run, name):
    name.focus()
    page.get_by_label("Bild").focus()
    run(60)
    name.fill("Prov")
    name.fill("")
    run(60)
    assert server.sent == []


def test_what_was_written_before_the_module_came_is_saved(page, server, run, name):
    server.held = []
    page.goto(SITE + ADD, wait_until="commit")
    name.fill("Prov")
    (module,), server.held = server.held, None
    server.answer(module)
    page.wait_for_load_state()
    run(2)
    assert server.names() == ["Prov"]


def test_draft_is_saved_two_seconds_after_the_last_change(page, server, run, name):
    name.fill("P")
    run(1.9)
    name.fill("Pr")
    run(1.9)
    assert server.sent == []
    run(0.1)
    assert server.sent == [
        {
            "to": ADD,
            "csrfmiddlewaretoken": "first",
            "started_from": "0",
            "form": "exempel",
            "turn": "1",
            "name": "Pr",
            "image": "1",
            "roles-TOTAL_FORMS": "0",
            "roles-__prefix__-name": "",
            "note": "",
            "_autosave": "1",
        }
    ]


def test_whoever_goes_on_writing_is_saved_every_five_seconds(server, run, name):
    for letter in range(1, 12):
        name.fill("a" * letter)
        run(1)
    assert [len(text) for text in server.names()] == [5, 10]


def test_answer_moves_the_page_on_to_its_draft(page, server, run, name):
    form = page.locator("form")
    discard = page.locator("[data-with-draft]")
    expect(discard).to_have_attribute("hidden", "")
    name.fill("Prov")
    run(2)
    assert page.url == SITE + DRAFT
    assert form.get_attribute("action") == form.get_attribute("data-autosave") == DRAFT
    assert page.locator("[name=started_from]").input_value() == "1"
    assert discard.get_attribute("hidden") is None
    name.fill("Prov igen")
    run(2)
    assert [(post["to"], post["started_from"]) for post in server.sent] == [(ADD, "0"), (DRAFT, "1")]


def test_first_saving_is_announced_and_the_next_only_shown(page, server, run, name):
    server.answers.extend([saved("kl. 14.05"), saved("kl. 14.06")])
    name.fill("Prov")
    run(2)
    expect(state(page, "status")).to_have_text("Utkastet sparat kl. 14.05")
    expect(quiet(page)).to_be_empty()
    name.fill("Prov igen")
    run(2)
    expect(state(page, "status")).to_be_empty()
    expect(quiet(page)).to_have_text("Utkastet sparat kl. 14.06")


def test_one_request_at_a_time_and_another_for_what_changed_meanwhile(page, server, run, name):
    server.answers.append("wait")
    name.fill("Prov")
    run(2)
    name.fill("Prov igen")
    put_aside(page)
    run(10)
    assert server.names() == ["Prov"]
    server.waiting.pop().fulfill(**saved())
    server.settle()
    run(2)
    assert server.names() == ["Prov", "Prov igen"]
    run(60)
    assert len(server.sent) == 2


def test_answer_that_does_not_come_is_given_up(page, server, run, name):
    server.answers.append("wait")
    name.fill("Prov")
    run(2)
    run(20)
    expect(state(page, "status")).to_have_text("Kunde inte spara. Försöker igen …")
    run(2)
    expect(state(page, "status")).to_have_text("Utkastet sparat kl. 14.05")


def test_rows_and_choices_without_events_of_their_own_are_saved(page, server, run):
    page.get_by_role("button", name="Lägg till").click()
    run(2)
    page.locator("#id_roles-0-name").fill("ordförande")
    run(2)
    page.get_by_role("button", name="Ta bort").click()
    run(2)
    page.evaluate("django.jQuery('[name=image]').val('2').trigger('change')")
    run(2)
    page.get_by_label("Namn").evaluate("(field) => { field.value = 'vald'; field.focus(); }")
    run(2)
    names = ["roles-TOTAL_FORMS", "roles-0-name", "image", "name"]
    assert [[post.get(name) for name in names] for post in server.sent] == [
        ["1", "", "1", ""],
        ["1", "ordförande", "1", ""],
        ["0", None, "1", ""],
        ["0", None, "2", ""],
        ["0", None, "2", "vald"],
    ]


def test_fields_of_the_bar_are_not_part_of_the_draft(page, server, run):
    page.locator("summary", has_text="Skicka för godkännande").click()
    page.get_by_label("En rad till den som godkänner").fill("Hej")
    run(60)
    assert server.sent == []


def test_what_somebody_else_changed_stops_it(page, server, run, name):
    server.answers.append({"status": 409, "json": {"message": "Anna Exempel har ändrat utkastet."}})
    name.fill("Prov")
    run(2)
    expect(state(page, "alert")).to_have_text(
        "Anna Exempel har ändrat utkastet. Nu sparas inget av sig självt."
        " Tryck på ”Spara utkast” för att se båda versionerna."
    )
    name.fill("Prov igen")
    run(60)
    put_aside(page)
    server.settle()
    assert server.names() == ["Prov"]
    assert page.locator("[name=started_from]").input_value() == "0"


@pytest.mark.parametrize("status", [401, 403, 302])
def test_whoever_is_logged_out_is_told_and_nothing_is_lost(page, server, run, name, status):
    """Once for the token of the page, once for that of a new copy of it."""
    server.answers.extend([refused(status)] * 2)
    name.fill("Prov")
    run(2)
    expect(state(page, "alert")).to_have_text(LOGGED_OUT)
    expect(state(page, "alert").get_by_role("link")).to_have_attribute("href", "/admin/login/")
    name.fill("Prov igen")
    run(60)
    assert server.names() == ["Prov", "Prov"]
    server.token = "second"  # a login gives a new one
    server.answers.append(refused(403))
    put_aside(page)
    expect(state(page, "status")).to_have_text("Utkastet sparat kl. 14.05")
    expect(state(page, "alert")).to_be_empty()
    assert [(post["name"], post["csrfmiddlewaretoken"]) for post in server.sent[2:]] == [
        ("Prov igen", "first"),
        ("Prov igen", "second"),
    ]


def test_button_of_whoever_is_logged_out_waits_for_the_login(page, server, run, name):
    server.answers.extend([refused(403)] * 2)
    name.fill("Prov")
    run(2)
    expect(state(page, "alert")).to_have_text(LOGGED_OUT)
    page.route(SITE + ADD, lambda route: route.fulfill(**refused(302)))
    page.get_by_role("button", name="Spara utkast").click()
    expect(state(page, "alert").get_by_role("link")).to_be_focused()
    assert len(server.sent) == 2
    page.unroute(SITE + ADD)
    server.token = "second"
    with page.expect_navigation():
        page.get_by_role("button", name="Spara utkast").click()
    assert [server.sent[-1].get(name) for name in ("_draft", "name", "csrfmiddlewaretoken")] == ["1", "Prov", "second"]


@pytest.mark.parametrize("fault", ["no network", {"status": 500, "body": ""}, {"status": 200, "body": "<p>?"}])
def test_it_tries_again_with_longer_and_longer_pauses(page, server, run, name, fault):
    server.answers.extend([fault] * 7)
    name.fill("Prov")
    run(2)
    expect(state(page, "status")).to_have_text("Kunde inte spara. Försöker igen …")
    for number, pause in enumerate([2, 4, 8, 16, 30, 30], 1):
        run(pause - 0.1)
        assert len(server.sent) == number
        run(0.1)
        assert len(server.sent) == number + 1
    run(30)
    expect(state(page, "status")).to_have_text("Utkastet sparat kl. 14.05")
    assert page.locator("[name=name]").input_value() == "Prov"


def test_what_could_not_be_saved_may_be_undone(page, server, run, name):
    server.answers.append("no network")
    name.fill("Prov")
    run(2)
    name.fill("")
    run(2)
    expect(state(page, "status")).to_be_empty()
    name.fill("Prov igen")
    run(2)
    assert server.names() == ["Prov", "Prov igen"]


def test_it_goes_on_after_a_fault_where_nothing_differs_from_what_is_stored(page, server, run, name):
    server.answers.extend(["no network", saved(when="")])
    name.fill("Prov")
    run(2)
    run(2)
    expect(state(page, "status")).to_be_empty()
    name.fill("Prov igen")
    run(2)
    assert server.names() == ["Prov", "Prov", "Prov igen"]


def test_network_that_comes_back_is_used_at_once(page, server, run, name):
    server.answers.append("no network")
    name.fill("Prov")
    run(2)
    page.evaluate("dispatchEvent(new Event('online'))")
    server.settle()
    assert server.names() == ["Prov", "Prov"]


def test_page_that_is_put_aside_is_saved_at_once(page, server, name):
    name.fill("Prov")
    put_aside(page)
    server.settle()
    assert server.names() == ["Prov"]


def test_leaving_is_asked_about_only_with_something_unsaved(page, server, run, name):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{SITE}/admin/")
    page.goto(SITE + ADD)
    name.fill("Prov")
    page.clock.run_for(2000)
    server.settle()
    page.goto(f"{SITE}/admin/")
    assert asked == []
    page.goto(SITE + ADD)
    name.fill("Prov")
    page.goto(f"{SITE}/admin/")
    assert asked == ["beforeunload"]


def test_button_ends_a_request_under_way_and_sends_all_itself(page, server, run, name):
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    ended = []
    page.on("requestfailed", lambda request: ended.append(request.failure))
    server.answers.append("wait")
    name.fill("Prov")
    run(2)
    name.fill("Prov igen")
    with page.expect_navigation():
        name.press("Enter")
    assert ended == ["net::ERR_ABORTED"]
    assert [(post["name"], post.get("_draft"), post.get("_autosave")) for post in server.sent] == [
        ("Prov", None, "1"),
        ("Prov igen", "1", None),
    ]
    assert asked == []


def test_preview_in_another_tab_leaves_the_page_saving(page, server, run, name):
    name.fill("Prov")
    with page.context.expect_page() as other:
        page.get_by_role("button", name="Förhandsvisa på svenska").click()
    other.value.close()
    run(2)
    name.fill("Prov igen")
    run(2)
    assert server.names() == ["Prov", "Prov igen"]


def test_page_that_comes_back_from_the_history_goes_on(page, server, run, name):
    page.locator("form").evaluate("(form) => form.addEventListener('submit', (event) => event.preventDefault())")
    name.fill("Prov")
    name.press("Enter")
    put_aside(page)
    run(60)
    assert server.sent == []
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    run(2)
    assert server.names() == ["Prov"]


def test_form_that_was_sent_back_counts_as_unsaved(page, server, run, name):
    page.route(
        SITE + ADD,
        lambda route: route.fulfill(
            body=server.html().replace("<form ", "<form data-unsaved "), content_type="text/html; charset=utf-8"
        ),
    )
    page.goto(SITE + ADD)
    page.unroute(SITE + ADD)
    name.focus()
    run(2)
    assert server.names() == [""]
