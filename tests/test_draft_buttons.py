"""The bar of buttons and what stands above the form: who is offered what, and in which words."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from partnerships.choices import DraftStage
from partnerships.models import Draft, Network

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("strict_templates")]

ANNA = User(username="anna", first_name="Anna", last_name="Exempel")
NOON = datetime.datetime(2026, 11, 23, 11, tzinfo=datetime.UTC)
THEN = datetime.datetime(2026, 12, 3, 7, tzinfo=datetime.UTC)
FIRST = ["_draft", "_preview_sv", "_preview_en"]


def draft(**fields):
    return Draft(title="Exempelnätverket", changed_at=NOON, **fields)


def rendered(template, **context):
    usual = {
        "draft": None,
        "original": None,
        "opts": Network._meta,
        "may_publish": False,
        "is_public": False,
        "can_discard": False,
        "has_delete_permission": False,
        "links": [],
        "state_words": "",
        "differences": [],
        "inline_admin_formsets": [],
    }
    with translation.override("sv"):
        return render_to_string(f"admin/{template}.html", usual | context)


def buttons(html):
    return re.findall(r'<button type="submit" name="(\w+)"', html)


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("context", "offered"),
    [
        ({}, ["_submit", "_share", "_discard"]),
        ({"may_publish": True}, ["_save", "_schedule", "_share", "_discard"]),
        (
            {"may_publish": True, "draft": draft(stage=DraftStage.SUBMITTED)},
            ["_save", "_return", "_schedule", "_share", "_discard"],
        ),
        ({"draft": draft(stage=DraftStage.SUBMITTED)}, ["_submit", "_share", "_discard"]),
        (
            {"may_publish": True, "draft": draft(publish_at=THEN)},
            ["_save", "_schedule", "_unschedule", "_share", "_discard"],
        ),
        ({"is_public": True, "original": Network(pk=1)}, ["_submit", "_share", "_discard"]),
        (
            {"may_publish": True, "is_public": True, "original": Network(pk=1)},
            ["_save", "_schedule", "_share", "_withdraw_later", "_withdraw", "_discard"],
        ),
        (
            {"may_publish": True, "is_public": True, "original": Network(pk=1, published_until=THEN)},
            ["_save", "_schedule", "_share", "_withdraw_later", "_keep_on", "_withdraw", "_discard"],
        ),
    ],
)
def test_each_is_offered_what_each_may_do_and_enter_saves_the_draft(context, offered):
    assert buttons(rendered("draft_buttons", **context)) == FIRST + offered


def test_draft_can_be_discarded_once_there_is_one():
    assert "<fieldset data-with-draft hidden>" in rendered("draft_buttons")
    assert "<fieldset data-with-draft>" in rendered("draft_buttons", can_discard=True)


def test_only_who_may_delete_what_is_there_is_led_to_it():
    address = 'href="/admin/partnerships/network/12/delete/"'
    for is_there, may in [(True, True), (True, False), (False, True)]:
        html = rendered("draft_buttons", original=Network(pk=12) if is_there else None, has_delete_permission=may)
        assert (address in html) == (is_there and may)


def test_times_that_are_set_stand_in_their_fields():
    html = rendered(
        "draft_buttons",
        draft=draft(publish_at=THEN),
        original=Network(pk=1, published_until=THEN + datetime.timedelta(days=1)),
        may_publish=True,
        is_public=True,
    )
    assert 'id="publish_at" value="2026-12-03T08:00"' in html
    assert 'id="withdraw_at" value="2026-12-04T08:00"' in html
    assert "Publiceras den 3 december 2026 kl.\N{NO-BREAK SPACE}8.00." in html


def test_what_was_typed_is_still_there_after_errors():
    typed = {
        "note": "Klar <nu>",
        "return_note": "Året saknas",
        "revision_note": "Nya år",
        "publish_at": "2026-12-05T09:30",
        "withdraw_at": "2027-01-01T00:00",
    }
    post = QueryDict(mutable=True)
    post.update(typed)
    request = SimpleNamespace(POST=post)
    public = {"is_public": True, "original": Network(pk=1, published_until=THEN), "request": request}
    html = rendered("draft_buttons", **public) + rendered(
        "draft_buttons", **public, may_publish=True, draft=draft(stage=DraftStage.SUBMITTED, publish_at=THEN)
    )
    assert dict(re.findall(r'<input type="[\w-]+" name="(\w+)"[^>]* value="([^"]*)"', html)) == {
        name: typed[name] for name in ("revision_note", "publish_at", "withdraw_at")
    }
    assert dict(re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', html)) == {
        "note": "Klar &lt;nu&gt;",
        "return_note": "Året saknas",
    }


def test_links_can_be_copied_and_revoked():
    links = [
        SimpleNamespace(pk=pk, address=f"https://example.org/forhandsvisning/{pk}/", expires_at=THEN) for pk in (5, 8)
    ]
    html = rendered("draft_buttons", links=links)
    assert re.findall(r'<input type="text" readonly value="([^"]+)"', html) == [link.address for link in links]
    assert re.findall(r'name="_revoke" value="(\d+)"', html) == ["5", "8"]
    assert text(html).count("Gäller till 3 december kl. 8.00 Återkalla") == 2
    assert "Skapa en länk till" in html


def test_without_javascript_rows_are_added_by_buttons():
    def inline(prefix, rows, may_add):
        return SimpleNamespace(
            has_add_permission=may_add,
            formset=SimpleNamespace(prefix=prefix),
            opts=SimpleNamespace(verbose_name_plural=rows),
        )

    html = rendered(
        "draft_buttons",
        inline_admin_formsets=[inline("facts", "uppgifter", True), inline("reviews", "granskningar", False)],
    )
    [rows] = re.findall(r"<noscript>(.*)</noscript>", html, re.DOTALL)
    assert re.findall(r'name="_row" value="(\w+)">([^<]+)<', rows) == [("facts", "Lägg till en rad: uppgifter")]


UNSEEN = "Utkast: inget av detta syns för allmänheten än."
SAVED = "Sparades senast den 23 november kl. 12.00"


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({}, []),
        ({"original": Network(), "is_public": True}, []),
        ({"draft": draft(author=ANNA)}, [UNSEEN, f"{SAVED} av Anna Exempel."]),
        ({"draft": draft(author=User(username="bo"))}, [UNSEEN, f"{SAVED} av bo."]),
        (
            {"draft": draft(publish_at=THEN), "original": Network(), "is_public": True},
            [
                "Du redigerar ett utkast. Den publicerade versionen ligger kvar tills du publicerar.",
                f"{SAVED}.",
                "Publiceras av sig självt den 3 december 2026 kl. 8.00 .",
            ],
        ),
        (
            {"draft": draft(stage=DraftStage.SUBMITTED, submitted_by=ANNA, note="Stämmer\n<år>?")},
            [UNSEEN, f"{SAVED}.", "Väntar på godkännande , skickat av Anna Exempel.", "Stämmer &lt;år&gt;?"],
        ),
        ({"draft": draft(stage=DraftStage.SUBMITTED)}, [UNSEEN, f"{SAVED}.", "Väntar på godkännande."]),
        (
            {"draft": draft(stage=DraftStage.RETURNED, note="Året saknas.")},
            [UNSEEN, f"{SAVED}.", "Skickat tillbaka för ändring.", "Året saknas."],
        ),
        (
            {"draft": draft(note="Den första raden", problem="Adressen används redan.")},
            [UNSEEN, f"{SAVED}.", "Det publicerades inte:", "Adressen används redan."],
        ),
    ],
)
def test_what_is_open_is_told_above_the_form(context, told):
    assert text(rendered("draft_state", **context)) == " ".join(told)
