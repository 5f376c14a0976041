"""The form for reports, as a browser, a bot and a broken client meet it."""

import datetime
import logging
import re
from ipaddress import ip_network
from urllib.parse import urlencode

import pytest

from partnerships.models import AccessibilityReport
from partnerships.reporting import new_token
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

NOON = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)
FORM, THANKS = "/tillganglighet/rapportera/", "/tillganglighet/rapportera/tack/"
TYPE = "application/x-www-form-urlencoded"
WORDS = {
    "what_happened": "Kartan går inte att nå.\nJag tryckte på Tabb.",
    "where": "Vänorter",
    "used": "NVDA",
    "reach": "exempel@example.org",
}
KEPT = [*WORDS, "language", "state", "note"]
NOT_SENT = "Din rapport är inte skickad än"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def post(client, body, address=FORM, content_type=TYPE, **headers):
    body = body if isinstance(body, bytes | str) else urlencode(body, doseq=True)
    headers = {"origin": "http://testserver"} | headers
    given = {name: value for name, value in headers.items() if value}
    return client.generic("POST", address, body, content_type=content_type, headers=given)


def opened(client, clock, address=FORM, seconds=10):
    """The form as somebody gets it and fills it in for ten seconds."""
    form = filled_in(client.get(address), **WORDS)
    clock.shift(seconds)
    return form


def stored():
    return list(AccessibilityReport.objects.values(*KEPT))


# Open and sent


@pytest.mark.parametrize(
    ("address", "thanks", "language"),
    [(FORM, THANKS, "sv"), ("/en/accessibility/report/", "/en/accessibility/report/thanks/", "en")],
)
def test_a_report_is_kept_as_it_was_written(client, clock, address, thanks, language):
    response = post(client, opened(client, clock, address), address)
    assert (response.status_code, response.headers["Location"]) == (302, thanks)
    assert stored() == [WORDS | {"language": language, "state": "new", "note": ""}]
    assert AccessibilityReport.objects.get().created_at == NOON + 10 * SECOND
    thanked = client.get(thanks).content.decode()
    told = {"sv": ("Tack för din rapport", "tolv månader"), "en": ("Thank you for your report", "twelve months")}
    assert f"<h1>{told[language][0]}</h1>" in thanked
    assert told[language][1] in thanked


def test_only_what_happened_is_needed(client, clock):
    form = opened(client, clock) | {"where": "", "used": "", "reach": ""}
    assert post(client, form).status_code == 302
    assert stored()[0]["reach"] == ""


def test_no_answer_sets_a_cookie_is_kept_or_is_found(client, clock):
    form = opened(client, clock)
    answers = [
        client.get(FORM),
        client.get(THANKS),
        post(client, form | {"what_happened": ""}),
        post(client, form | {"token": "fel"}),
        post(client, form, origin="https://example.com"),
        post(client, form),
    ]
    assert [response.status_code for response in answers] == [200, 200, 200, 200, 403, 302]
    for response in answers:
        assert not response.cookies
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "Cookie" not in response.headers.get("Vary", "")
    assert not client.cookies


def test_the_form_says_in_words_what_it_wants_and_how_long_it_is_kept(client):
    page = client.get(FORM).content.decode()
    labels = dict(re.findall(r'<label class="field__label" for="(\w+)">(.+?)</label>', page))
    words = {name: re.sub(r"<[^>]+>", "", label) for name, label in labels.items()}
    assert words == {
        "id_what_happened": "Vad fungerade inte? (måste fyllas i)",
        "id_where": "På vilken sida? (frivilligt)",
        "id_used": "Vad använde du? (frivilligt)",
        "id_reach": "Hur når vi dig? (frivilligt)",
    }
    for name in words:
        control = re.search(rf'<(?:input|textarea)[^>]* id="{name}"[^>]*>', page)[0]
        assert f'aria-describedby="{name}_helptext"' in control
        assert re.search(r'autocomplete="(on|off)"', control)
        assert "maxlength" not in control
        assert f'id="{name}_helptext"' in page
    assert page.count('aria-required="true"') == 1
    assert "Vi tar bort din rapport efter tolv månader." in page
    assert "aria-invalid" not in page
    assert 'role="alert"' not in page


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("/vanorter/", "/vanorter/"),
        ("/en/search/?q=<b>&x=1", "/en/search/?q=<b>&x=1"),
        ("/" + "a" * 299, "/" + "a" * 299),
        ("/" + "a" * 300, ""),
        ("//example.com/", ""),
        ("/\\example.com/", ""),
        ("https://example.com/", ""),
        ("javascript:alert(1)", ""),
        ("vanorter/", ""),
        ("/vanorter/\n", ""),
        ("//[", ""),
        ("", ""),
    ],
)
def test_the_page_one_came_from_is_filled_in(client, given, where):
    assert filled_in(client.get(FORM, {"page": given}))["where"] == [where]


def test_the_form_is_not_listed(client):
    assert "rapportera" not in client.get("/sitemap.xml").content.decode()


def test_nothing_written_is_logged(client, clock, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # tells all queries, only where it is asked to
    form = opened(client, clock)
    post(client, form | {"reach": "x" * 301})
    post(client, form, origin="null")
    post(client, form)
    assert "Forbidden: /tillganglighet/rapportera/" in caplog.text
    assert not [word for word in ("Kartan", "NVDA", "exempel@") if word in caplog.text]


# Errors


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("what_happened", "", "Berätta vad som inte fungerade."),
        ("what_happened", "  \r\n ", "Berätta vad som inte fungerade."),
        ("what_happened", "Trasigt! ", "Berätta lite mer: minst 10 tecken."),
        ("what_happened", "å" * 4001, "Skriv högst 4000 tecken. Nu är det 4001."),
        ("where", "å" * 301, "Skriv högst 300 tecken. Nu är det 301."),
        ("used", "å" * 301, "Skriv högst 300 tecken. Nu är det 301."),
        ("reach", "å" * 301, "Skriv högst 300 tecken. Nu är det 301."),
    ],
)
def test_an_error_is_tied_to_its_field_and_all_that_was_typed_stays(client, clock, field, text, told):
    form = opened(client, clock) | {field: text}
    response = post(client, form)
    page = response.content.decode()
    assert response.status_code == 200
    assert stored() == []
    assert filled_in(response)["token"] == form["token"]
    typed = {name: value[0].strip() for name, value in filled_in(response).items() if name in WORDS}
    assert typed == {name: str(form[name]).strip().replace("\r\n", "\n") for name in typed}
    control = re.search(rf'<(?:input|textarea)[^>]* id="id_{field}"[^>]*>', page)[0]
    assert 'aria-invalid="true"' in control
    assert f'aria-describedby="id_{field}_helptext id_{field}_error"' in control
    assert f'id="id_{field}_error"><strong>Rätta det här:</strong> {told}</p>' in page
    assert page.count('aria-invalid="true"') == 1
    assert '<div class="summary" role="alert" tabindex="-1" autofocus>' in page
    assert len(re.findall(rf'<li><a href="#id_{field}">[^<]+</a> {re.escape(told)}</li>', page)) == 1
    assert "<title>Inte skickad än: " in page


def test_errors_speak_english_on_the_english_form(client, clock):
    address = "/en/accessibility/report/"
    page = post(client, opened(client, clock, address) | {"what_happened": "Broken"}, address).content.decode()
    assert "Tell us a little more: at least 10 characters." in page
    assert "Your report is not sent yet" in page
    assert "<title>Not sent yet: " in page


@pytest.mark.parametrize("text", ["å" * 10, "å" * 4000, "a\r\n" * 1998 + "slut"])
def test_lengths_that_just_fit(client, clock, text):
    assert post(client, opened(client, clock) | {"what_happened": text}).status_code == 302
    assert stored()[0]["what_happened"] == text.replace("\r\n", "\n")


# The token


@pytest.mark.parametrize("seconds", [2, 24 * 3600])
def test_a_token_that_is_just_old_or_young_enough(client, clock, seconds):
    assert post(client, opened(client, clock, seconds=seconds)).status_code == 302


def test_a_form_sent_too_fast_is_not_taken_but_not_lost(client, clock):
    form = opened(client, clock, seconds=1.9)
    response = post(client, form)
    assert response.status_code == 200
    assert NOT_SENT in response.content.decode()
    assert stored() == []
    again = filled_in(response)
    assert again["token"] == form["token"]
    clock.shift(0.2)
    assert post(client, again).status_code == 302
    assert stored()[0]["where"] == "Vänorter"


def test_a_form_open_for_too_long_is_sent_again_with_its_text(client, clock):
    form = opened(client, clock, seconds=24 * 3600 + 1)
    response = post(client, form)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Formuläret var öppet för länge eller hade skickats tidigare." in page
    assert stored() == []
    again = filled_in(response)
    assert again["token"] != form["token"]
    assert again["what_happened"] == [WORDS["what_happened"]]
    clock.shift(2)
    assert post(client, again).status_code == 302
    assert len(stored()) == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: "",
        lambda token: "x",
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "y" + token,
        lambda token: token.replace(":", ":x", 1),
        lambda token: token + "å" * 100_000,
        lambda token: "a:b:c",
    ],
)
def test_a_forged_token_brings_nothing(client, clock, forge):
    form = opened(client, clock)
    response = post(client, form | {"token": forge(form["token"][0])})
    assert (response.status_code, stored()) == (200, [])
    assert NOT_SENT in response.content.decode()
    assert filled_in(response)["reach"] == ["exempel@example.org"]


def test_a_form_without_anything_asks_for_all(client):
    response = post(client, "x=")
    assert (response.status_code, stored()) == (200, [])
    assert "Berätta vad som inte fungerade." in response.content.decode()


def test_a_report_sent_twice_is_one_report_with_one_thanks(client, clock):
    form = opened(client, clock)
    assert [post(client, form).headers["Location"] for _ in range(7)] == [THANKS] * 7
    assert len(stored()) == 1


def test_another_report_with_a_spent_token_is_not_lost(client, clock):
    form = opened(client, clock)
    post(client, form)
    response = post(client, form | {"what_happened": "Något helt annat går inte heller."})
    assert response.status_code == 200
    again = filled_in(response)
    assert again["what_happened"] == ["Något helt annat går inte heller."]
    clock.shift(2)
    assert post(client, again).status_code == 302
    assert len(stored()) == 2


def test_each_form_has_a_token_of_its_own(client):
    assert len({filled_in(client.get(FORM))["token"][0] for _ in range(5)} | {new_token()}) == 6


# Who may send


@pytest.mark.parametrize(
    ("origin", "answer"),
    [
        ("http://testserver", 302),
        ("https://trusted.example.org", 302),
        (None, 403),
        ("null", 403),
        ("https://testserver", 403),
        ("http://testserver:8000", 403),
        ("http://testserver.example.com", 403),
        ("http://testserver/", 403),
        ("https://example.com", 403),
    ],
)
def test_only_a_form_of_this_site_is_taken(client, clock, settings, origin, answer):
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example.org"]
    make.SiteSettingsFactory(default_contact=make.ContactFactory(email="funktion@example.org"))
    response = post(client, opened(client, clock), origin=origin)
    assert response.status_code == answer
    assert len(stored()) == (answer == 302)
    if answer == 403:
        page = response.content.decode()
        assert "Rapporten nådde oss inte" in page
        assert "mailto:funktion@example.org" in page
        assert "Kartan" not in page


def test_what_only_a_bot_fills_in_is_thanked_and_thrown_away(client, clock):
    response = post(client, opened(client, clock) | {"website": "https://example.com/"})
    assert (response.status_code, response.headers["Location"]) == (302, THANKS)
    assert stored() == []


def test_the_trap_is_out_of_everybodys_way(client):
    page = client.get(FORM).content.decode()
    trap = re.search(r'<div class="report__trap" aria-hidden="true" inert>.*?</div>', page, re.DOTALL)[0]
    assert 'type="text" name="website" id="id_website" tabindex="-1" autocomplete="off"' in trap


# Broken and forged input

BROKEN = {
    "NUL": (b"what_happened=a%00bcdefghijkl", TYPE, 400),
    "raw NUL": (b"what_happened=a\0bcdefghijkl", TYPE, 400),
    "broken UTF-8": (b"what_happened=%ff%fe%fd", TYPE, 400),
    "raw broken UTF-8": (b"what_happened=\xff\xfe", TYPE, 400),
    "a surrogate": (b"what_happened=%ED%A0%80", TYPE, 400),
    "a field twice": (b"what_happened=abcdefghijkl&what_happened=x", TYPE, 400),
    "another charset": (b"what_happened=abcdefghijkl", f"{TYPE}; charset=latin-1", 400),
    "an unknown charset": (b"what_happened=abcdefghijkl", f"{TYPE}; charset=exempel", 200),
    "JSON": (b'{"what_happened": "abcdefghijkl"}', "application/json", 400),
    "text": (b"what_happened=abcdefghijkl", "text/plain", 400),
    "no type": (b"what_happened=abcdefghijkl", "", 400),
    "parts": (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 400),
    "broken parts": (b"--", "multipart/form-data", 400),
    "many fields": (b"&".join(b"a%d=1" % n for n in range(4001)), TYPE, 400),
    "a huge body": (b"what_happened=" + b"a" * 2_700_000, TYPE, 413),
    "noise": (b"%%%&&&===;;", TYPE, 200),
    "fields that are not ours": (b"a=1&b=2", TYPE, 200),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_bodies_get_a_plain_answer(client, kind):
    body, content_type, status = BROKEN[kind]
    response = post(client, body, content_type=content_type)
    page = response.content.decode()
    assert response.status_code == status
    assert len(re.findall(r"<h1>[^<]{5,}</h1>", page)) == 1
    assert "Traceback" not in page
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert stored() == []


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(client, method):
    response = getattr(client, method)(FORM)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert "<h1>" in response.content.decode()
    assert not response.cookies


def test_head_answers_without_a_body(client):
    response = client.head(FORM)
    assert (response.status_code, response.content) == (200, b"")


# Floods


def address_of(client, number):
    client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
    return client


def send_one(client, clock, **sender):
    response = post(client, opened(client, clock, seconds=2), **sender)
    return response.status_code


def test_one_sender_sends_five_an_hour(client, clock):
    make.SiteSettingsFactory(default_contact=make.ContactFactory(name_sv="Samordnaren", phone="+46846500499"))
    assert [send_one(client, clock) for _ in range(5)] == [302] * 5
    form = opened(client, clock, seconds=1800)
    response = post(client, form)
    page = response.content.decode()
    # The first came 1808 seconds ago.
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1792")
    assert "Skicka det igen om 30 minuter." in page
    assert "Samordnaren" in page
    assert "tel:+46846500499" in page
    assert filled_in(response)["what_happened"] == [WORDS["what_happened"]]
    assert filled_in(response)["token"] == form["token"]
    assert len(stored()) == 5
    assert send_one(address_of(client, 2), clock) == 302
    client.defaults["REMOTE_ADDR"] = "127.0.0.1"
    clock.move_to(NOON + 2 * SECOND + HOUR - SECOND, tick=False)
    assert post(client, form).headers["Retry-After"] == "1"
    clock.shift(1)
    assert post(client, form).status_code == 302


def test_what_is_wrong_does_not_count(client, clock):
    for _ in range(10):
        assert post(client, opened(client, clock, seconds=2) | {"what_happened": "kort"}).status_code == 200
    assert send_one(client, clock) == 302


def test_all_senders_send_sixty_an_hour(client, clock):
    for number in range(60):
        assert send_one(address_of(client, number), clock) == 302
    response = post(address_of(client, 99), opened(client, clock, seconds=2))
    assert (response.status_code, response.headers["Retry-After"]) == (429, str(3600 - 120))
    assert "Skicka det igen om 58 minuter." in response.content.decode()
    assert len(stored()) == 60


def test_the_hour_reaches_over_midnight(client, clock):
    clock.move_to(datetime.datetime(2026, 11, 24, 22, 59, 30, tzinfo=datetime.UTC), tick=False)
    assert [send_one(client, clock) for _ in range(5)] == [302] * 5
    clock.shift(60)  # the next day in Sweden
    assert send_one(client, clock) == 429
    assert send_one(address_of(client, 2), clock) == 302


@pytest.mark.parametrize(
    ("first", "second", "is_one_sender"),
    [
        ("2001:db8::1", "2001:db8:0:0:ffff::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
def test_a_sender_is_an_address_or_a_household_of_them(client, clock, first, second, is_one_sender):
    client.defaults["REMOTE_ADDR"] = first
    assert [send_one(client, clock) for _ in range(5)] == [302] * 5
    client.defaults["REMOTE_ADDR"] = second
    assert send_one(client, clock) == (429 if is_one_sender else 302)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "answers"),
    [
        (["127.0.0.1"], [f"203.0.113.{n}, 192.0.2.7" for n in range(6)], [302] * 5 + [429]),
        (["127.0.0.1"], [f"203.0.113.7,192.0.2.{n}" for n in range(6)], [302] * 6),
        ([], [f"192.0.2.{n}" for n in range(6)], [302] * 5 + [429]),
    ],
    ids=["one sender who makes up where it comes from", "six senders", "a proxy that nobody trusts"],
)
def test_the_word_of_a_trusted_proxy_counts(client, clock, settings, proxies, forwarded, answers):
    settings.TRUSTED_PROXIES = [ip_network(proxy) for proxy in proxies]
    assert [send_one(client, clock, **{"x-forwarded-for": value}) for value in forwarded] == answers
