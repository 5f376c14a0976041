"""Each role at each button of each drafted form, sent as a forger would where the button is not there."""

from contextlib import contextmanager, suppress

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from partnerships.models import Draft
from partnerships.models.drafts import drafted_models
from partnerships.publishing import revising
from partnerships.roles import ROLES, rights_of
from tests import factories as make
from tests.admin_forms import filled_in
from tests.desk import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MODELS = {model._meta.model_name: model for model in drafted_models()}
CHANGED = {"page": "title_sv"}
LATER = "2099-01-01T08:00"

# What is sent; the rights all of which it takes; what is different after it: the row, the draft, or neither.
BUTTONS = {
    "save a draft": ({"_draft": "1"}, "change", "draft"),
    "save by itself": ({"_autosave": "1"}, "change", "draft"),
    "preview": ({"_preview_sv": "1"}, "change", "draft"),
    "share": ({"_share": "1"}, "change", "draft"),
    "add a row": ({"_row": "facts"}, "change", "draft"),
    "submit": ({"_submit": "1", "note": "Klart"}, "change", "draft"),
    "publish later": ({"_schedule": "1", "publish_at": LATER}, "change publish", "draft"),
    "withdraw later": ({"_withdraw_later": "1", "withdraw_at": LATER}, "change publish", "row draft"),
    "withdraw": ({"_withdraw": "1"}, "change publish", "row draft"),
    "publish": ({"_save": "1"}, "change publish", "row"),
}


def somebody(client, role):
    user = make.UserFactory()
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    return client


def may(role, model, rights):
    return {f"{right}_{model}" for right in rights.split()} <= (rights_of(role) if role else set())


def row_of(model):
    return getattr(make, f"{MODELS[model].__name__}Factory")(**{"key": "landing"} if model == "page" else {})


def state(row):
    """What there is of the row and of its draft; when they changed does not matter."""
    values = type(row).objects.filter(pk=row.pk).values().first()
    drafts = Draft.objects.filter(object_id=row.pk).values("data", "stage", "publish_at")
    return values and {**values, "updated_at": None}, list(drafts)


def form_of(client, row, model, is_allowed):
    """The form with a change in it; what a forger sends, who has none."""
    field = CHANGED.get(model, "name_sv")
    sent = filled_in(client.get(address_of(row))) if is_allowed else {}
    return sent | {field: "Ett annat namn"}


class UndoneError(Exception):
    pass


@contextmanager
def undone():
    """What is written within is gone after it."""
    with suppress(UndoneError), transaction.atomic():
        yield
        raise UndoneError


def outcome(client, row, sent):
    """(status, whether the row differs after it, whether its draft does, whether anything is scheduled)"""
    row_before, drafts_before = state(row)
    status = client.post(address_of(row), sent).status_code
    row_now, drafts_now = state(row)
    is_scheduled = any(draft["publish_at"] for draft in drafts_now)
    return status, row_now != row_before, drafts_now != drafts_before, is_scheduled


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [*ROLES, ""], ids=lambda role: role or "none")
def test_each_button_does_what_the_role_may(client, role, model):
    client, row = somebody(client, role), row_of(model)
    can_write = may(role, model, "change")
    form = form_of(client, row, model, can_write)
    outcomes = {}
    for button, (sent, _rights, _differs) in BUTTONS.items():
        with undone():
            outcomes[button] = outcome(client, row, form | sent)
    for button, (_sent, rights, differs) in BUTTONS.items():
        status, row_differs, draft_differs, is_scheduled = outcomes[button]
        if may(role, model, rights):
            assert status in {200, 302}, button
            assert (row_differs, draft_differs) == ("row" in differs, "draft" in differs), button
        elif can_write:
            assert (row_differs, is_scheduled) == (False, False), button
            assert status == (302 if button == "publish" else 403), button  # what was written is kept as a draft
        else:
            assert (status, row_differs, draft_differs) == (403, False, False), button


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [*ROLES, ""], ids=lambda role: role or "none")
def test_each_role_at_a_draft_that_is_there(client, role, model):
    row = row_of(model)
    revising.record(row, user=None)
    revision = revising.revisions_of(row)[0].pk
    draft = make.DraftFactory(subject=row, data={"fields": {CHANGED.get(model, "name_sv"): ["Nytt"]}, "rows": {}})
    client, name = somebody(client, role), f"admin:partnerships_{model}"
    preview = reverse("admin:partnerships_draft_preview", args=[draft.pk, "sv", "own"])
    returned = {"_return": "1", "return_note": "Nej"}
    answers = {
        "preview": (client.get(preview).status_code, "change"),
        "compare": (client.get(reverse(f"{name}_compare", args=[row.pk])).status_code, "view"),
        "recover list": (client.get(reverse(f"{name}_recover_list")).status_code, "add publish"),
    }
    before = state(row)
    form = filled_in(client.get(address_of(row))) if may(role, model, "change") else {}
    for button, sent, rights in (
        ("send back", returned, "change publish"),
        ("call off", {"_unschedule": "1"}, "change publish"),
        ("keep on", {"_keep_on": "1"}, "change publish"),
    ):
        answers[button] = (client.post(address_of(row), form | sent).status_code, rights)
    restore = reverse(f"{name}_restore", args=[row.pk, revision])
    answers["restore"] = (client.post(restore).status_code, "publish view")
    if not may(role, model, "publish"):
        assert state(row) == before
    answers["discard"] = (
        client.post(address_of(row), form | {"_discard": "1", "_discard_it": "1"}).status_code,
        "change",
    )
    assert {name: status for name, (status, _rights) in answers.items()} == {
        name: (302 if name in {"send back", "call off", "keep on", "discard"} else 200)
        if may(role, model, rights)
        else 403
        for name, (_status, rights) in answers.items()
    }
    assert Draft.objects.exists() != may(role, model, "change")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [*ROLES, ""], ids=lambda role: role or "none")
def test_the_list_changes_what_is_public_for_publishers_only(client, role, model):
    client, row = somebody(client, role), row_of(model)
    place = reverse(f"admin:partnerships_{model}_changelist")
    before = state(row)
    client.post(place, {"action": "withdraw", "_selected_action": row.pk})
    assert (state(row) != before) == may(role, model, "change publish")
    if model == "page":
        return
    before = state(row)
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": row.pk, "form-0-position": "7"}
    client.post(place, rows | {"_save": "1"})
    assert (state(row) != before) == may(role, model, "change publish")
