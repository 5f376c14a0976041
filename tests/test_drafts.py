"""Drafts on the admin's forms: nothing of them is public, nothing of them is lost, and they may be incomplete."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext

from partnerships.admin.open_form import OpenForm
from partnerships.choices import DraftStage
from partnerships.models import Draft, Network, Page, Program
from tests import factories as make
from tests.desk import Editor, add_address, address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return Editor(make.UserFactory(is_superuser=True))


@pytest.fixture
def other():
    return Editor(make.UserFactory(is_superuser=True, first_name="Anna", last_name="Exempel"))


@pytest.fixture
def network():
    network = make.NetworkFactory(
        slug="exempelnatet", name_sv="Exempelnätet", abbreviation="", summary_sv="Så var det."
    )
    make.FactFactory(town=None, network=network, label_sv="Medlemmar", value_sv="12")
    return network


def facts(network):
    return sorted(network.facts.values_list("label_sv", "value_sv"))


def draft_of(network):
    return Draft.objects.get(content_type__model="network", object_id=network.pk)


def test_a_draft_leaves_what_is_live_as_it_is(editor, network, client):
    editor.open(address_of(network)).write(name_sv="Nytt namn").add_row("facts", label_sv="Språk", value_sv="3")
    editor.write(**{"facts-0-value_sv": "13"}).press("_draft")
    network.refresh_from_db()
    assert (network.name_sv, facts(network)) == ("Exempelnätet", [("Medlemmar", "12")])
    assert "Nytt namn" not in client.get("/natverk/exempelnatet/").content.decode()
    editor.open(address_of(network))
    assert editor.form["name_sv"] == ["Nytt namn"]
    assert [editor.form[f"facts-{n}-value_sv"] for n in range(2)] == [["13"], ["3"]]
    told = [(told.section, told.label) for told in editor.page.context["differences"]]
    assert len(told) == 3


def test_publishing_makes_the_draft_what_is_live(editor, network):
    editor.open(address_of(network)).write(name_sv="Nytt namn").add_row("facts", label_sv="Språk", value_sv="3")
    editor.press("_draft")
    assert editor.open(address_of(network)).press("_save").status_code == 302
    network.refresh_from_db()
    assert (network.name_sv, facts(network)) == ("Nytt namn", [("Medlemmar", "12"), ("Språk", "3")])
    assert Draft.objects.count() == 0


def test_what_is_new_begins_as_a_draft(editor, client):
    editor.open(add_address(Network)).write(name_sv="Exempelnätet").press("_draft")
    draft = Draft.objects.get()
    assert (Network.objects.count(), draft.object_id, draft.title) == (0, None, "Exempelnätet")
    editor.open(draft.get_absolute_url()).write(slug="exempelnatet").press("_save")
    assert (Draft.objects.count(), Network.objects.published().get().slug) == (0, "exempelnatet")
    assert client.get("/natverk/exempelnatet/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"name_sv": ""}, {"website": "inte en adress"}, {"started": "i fjol"}, {"image": "77777"}]
)
def test_an_incomplete_draft_is_kept_and_not_published(editor, network, wrong):
    editor.open(address_of(network)).write(**wrong).press("_draft")
    editor.open(address_of(network))
    (error,) = editor.page.context["error_summary"]
    refused = editor.press("_save")
    assert (refused.status_code, refused.context["is_refused"]) == (200, True)
    assert [one.label for one in refused.context["error_summary"]] == [error.label]
    assert draft_of(network).data["fields"] | {n: [v] for n, v in wrong.items()} == draft_of(network).data["fields"]
    network.refresh_from_db()
    assert network.name_sv == "Exempelnätet"


def test_saving_what_was_not_changed_leaves_no_draft(editor, network):
    editor.open(address_of(network)).press("_draft")
    assert Draft.objects.count() == 0


def test_discarding_asks_first_and_leaves_what_is_live(editor, network):
    editor.open(address_of(network)).write(name_sv="Nytt namn").press("_draft")
    asked = editor.open(address_of(network)).press("_discard")
    assert gettext("Discard the draft?") in asked.content.decode()
    assert Draft.objects.count() == 1
    editor.press("_discard", _discard_it="1")
    assert (Draft.objects.count(), Network.objects.get().name_sv) == (0, "Exempelnätet")


def test_a_row_is_added_without_javascript(editor, network):
    editor.open(address_of(network)).press("_row", value="facts")
    editor.write(**{"facts-1-label_sv": "Språk", "facts-1-value_sv": "3"}).press("_row", value="facts")
    editor.write(**{"facts-2-label_sv": "Möten", "facts-2-value_sv": "2"}).press("_save")
    assert facts(network) == [("Medlemmar", "12"), ("Möten", "2"), ("Språk", "3")]


def test_choices_of_several_are_emptied_and_kept(editor):
    program = make.ProgramFactory()
    audiences = make.AudienceFactory.create_batch(3)
    program.audiences.set(audiences[:2])
    editor.open(address_of(program)).write(audiences=[str(audiences[2].pk)]).press("_draft")
    assert set(Program.objects.get().audiences.all()) == set(audiences[:2])
    assert editor.open(address_of(program)).form["audiences"] == [str(audiences[2].pk)]
    editor.form.pop("audiences")
    editor.press("_draft")
    editor.open(address_of(program)).press("_save")
    assert list(Program.objects.get().audiences.all()) == []


def test_pages_have_drafts_too(editor, client):
    page = make.PageFactory(key="landing", title_sv="Vänorter", lead_sv="Så var det.")
    editor.open(address_of(page)).write(lead_sv="Så blir det.").press("_draft")
    assert "Så var det." in client.get("/").content.decode()
    editor.open(address_of(page)).press("_save")
    assert "Så blir det." in client.get("/").content.decode()
    assert Page.objects.get().key == "landing"


# Two at once


def test_different_changes_of_two_are_both_kept(editor, other, network):
    editor.open(address_of(network))
    other.open(address_of(network))
    editor.write(name_sv="Nytt namn").press("_draft")
    other.write(summary_sv="Så blir det.").add_row("facts", label_sv="Språk", value_sv="3").press("_save")
    network.refresh_from_db()
    assert (network.name_sv, network.summary_sv) == ("Nytt namn", "Så blir det.")
    assert facts(network) == [("Medlemmar", "12"), ("Språk", "3")]


@pytest.mark.parametrize("first", ["_draft", "_save"])
@pytest.mark.parametrize("second", ["_draft", "_save"])
def test_the_same_change_by_two_shows_both_and_keeps_what_was_typed(editor, other, network, first, second):
    editor.open(address_of(network))
    other.open(address_of(network))
    other.write(name_sv="Annas namn").press(first)
    answer = editor.write(name_sv="Mitt namn").press(second)
    assert answer.status_code == 200
    (told,) = answer.context["conflicts"]
    assert ["".join(text for _kind, text in side) for side in (told.before, told.after)] == ["Annas namn", "Mitt namn"]
    assert editor.form["name_sv"] == ["Mitt namn"]
    assert [draft.data["fields"]["name_sv"] for draft in Draft.objects.all()] in ([], [["Annas namn"]])
    editor.press("_save")
    network.refresh_from_db()
    assert network.name_sv == "Mitt namn"


def test_a_row_deleted_by_one_and_changed_by_the_other(editor, other, network):
    editor.open(address_of(network)).write(**{"facts-0-value_sv": "13"})
    other.open(address_of(network)).write(**{"facts-0-DELETE": "on"}).press("_save")
    assert facts(network) == []
    answer = editor.press("_save")
    assert len(answer.context["conflicts"]) == 1
    editor.press("_save")
    assert facts(network) == [("Medlemmar", "13")]


def test_a_row_deleted_and_left_alone_stays_deleted(editor, other, network):
    editor.open(address_of(network)).write(name_sv="Nytt namn")
    other.open(address_of(network)).write(**{"facts-0-DELETE": "on"}).press("_save")
    assert editor.press("_save").status_code == 302
    assert (Network.objects.get().name_sv, facts(network)) == ("Nytt namn", [])


def test_new_rows_of_two_are_both_kept(editor, other, network):
    editor.open(address_of(network)).add_row("facts", label_sv="Språk", value_sv="3")
    other.open(address_of(network)).add_row("facts", label_sv="Möten", value_sv="2").press("_draft")
    editor.press("_save")
    assert facts(network) == [("Medlemmar", "12"), ("Möten", "2"), ("Språk", "3")]


def test_a_form_that_outlived_its_draft_keeps_what_was_typed(editor, other):
    editor.open(add_address(Network)).write(name_sv="Exempelnätet", slug="exempelnatet").press("_draft")
    draft = Draft.objects.get()
    editor.open(draft.get_absolute_url()).write(summary_sv="Så blir det.")
    other.open(draft.get_absolute_url()).press("_discard", _discard_it="1")
    editor.press("_draft")
    kept = Draft.objects.get()
    assert kept.data["fields"]["summary_sv"] == ["Så blir det."]
    assert editor.client.get(draft.get_absolute_url()).status_code == 302


# Saving by itself


def test_fifty_savings_leave_one_draft(editor):
    network = make.NetworkFactory()
    make.FactFactory.create_batch(20, town=None, network=network)
    editor.open(address_of(network))
    for number in range(50):
        editor.write(name_sv=f"Namn {number}", turn=str(number + 1), **{"facts-7-value_sv": str(number)})
        answer = editor.press("_autosave")
        assert answer.status_code == 200
        editor.write(started_from=answer.json()["started_from"])
    (draft,) = Draft.objects.all()
    assert draft.data["fields"]["name_sv"] == ["Namn 49"]
    assert [row["values"]["value_sv"] for row in draft.data["rows"]["facts"]][7] == ["49"]
    assert len(draft.data["rows"]["facts"]) == 20


def test_a_new_thing_that_saves_itself_is_one_draft_though_answers_get_lost(editor):
    editor.open(add_address(Network)).write(name_sv="Ex", turn="1").press("_autosave")
    answer = editor.write(name_sv="Exempel", turn="2").press("_autosave").json()
    (draft,) = Draft.objects.all()
    assert (draft.data["fields"]["name_sv"], answer["draft"]) == (["Exempel"], draft.pk)
    assert answer["address"] == f"{add_address(Network)}?draft={draft.pk}"


def test_saving_again_after_a_lost_answer_is_no_conflict(editor, network):
    editor.open(address_of(network)).write(name_sv="Ett", turn="1").press("_autosave")
    assert editor.write(name_sv="Två", turn="2").press("_autosave").status_code == 200
    assert draft_of(network).data["fields"]["name_sv"] == ["Två"]


def test_what_comes_late_changes_nothing(editor, network):
    editor.open(address_of(network)).write(name_sv="Två", turn="2").press("_draft")
    assert editor.write(name_sv="Ett", turn="1").press("_autosave").json() == {"late": True}
    assert draft_of(network).data["fields"]["name_sv"] == ["Två"]


def test_saving_by_itself_stops_where_somebody_changed_the_same(editor, other, network):
    editor.open(address_of(network))
    other.open(address_of(network)).write(name_sv="Annas namn").press("_draft")
    answer = editor.write(name_sv="Mitt namn").press("_autosave")
    assert (answer.status_code, draft_of(network).data["fields"]["name_sv"]) == (409, ["Annas namn"])


def test_two_forms_that_save_themselves_do_not_undo_each_other(editor, other, network):
    editor.open(address_of(network))
    other.open(address_of(network))
    other.write(name_sv="Annas namn", turn="1").press("_autosave")
    answer = editor.write(summary_sv="Min text", turn="1").press("_autosave").json()
    editor.write(summary_sv="Min längre text", turn="2", started_from=answer["started_from"]).press("_autosave")
    fields = draft_of(network).data["fields"]
    assert (fields["name_sv"], fields["summary_sv"]) == (["Annas namn"], ["Min längre text"])


# Four eyes


def test_submitted_and_sent_back_with_notes(editor, other, network):
    editor.open(address_of(network)).write(name_sv="Nytt namn").press("_submit", note="Stämmer det?")
    draft = draft_of(network)
    assert (draft.stage, draft.note, draft.submitted_by) == (DraftStage.SUBMITTED, "Stämmer det?", editor.user)
    other.open(address_of(network)).press("_return", return_note="Nej, skriv om.")
    draft.refresh_from_db()
    assert (draft.stage, draft.note) == (DraftStage.RETURNED, "Nej, skriv om.")
    assert Network.objects.get().name_sv == "Exempelnätet"


# Seen or not


def test_withdrawn_and_published_again(editor, network, client):
    editor.open(address_of(network)).press("_withdraw")
    assert client.get("/natverk/exempelnatet/").status_code == 404
    editor.open(address_of(network)).press("_save")
    assert client.get("/natverk/exempelnatet/").status_code == 200


@time_machine.travel(datetime.datetime(2026, 12, 1, 9, 0, tzinfo=datetime.UTC), tick=False)
def test_withdrawn_later_at_a_time_in_sweden(editor, network):
    editor.open(address_of(network)).press("_withdraw_later", withdraw_at="2026-12-24T15:00")
    network.refresh_from_db()
    assert network.published_until == datetime.datetime(2026, 12, 24, 14, 0, tzinfo=datetime.UTC)
    editor.open(address_of(network)).press("_keep_on")
    network.refresh_from_db()
    assert network.published_until is None


@pytest.mark.parametrize("moment", ["", "snart", "2026-11-30T08:00", "2026-13-01T08:00"])
@time_machine.travel(datetime.datetime(2026, 12, 1, 9, 0, tzinfo=datetime.UTC), tick=False)
def test_a_time_that_cannot_be_is_told_and_what_was_typed_stays(editor, network, moment):
    answer = editor.open(address_of(network)).write(name_sv="Nytt namn").press("_schedule", publish_at=moment)
    assert (answer.status_code, editor.form["name_sv"]) == (200, ["Nytt namn"])
    assert not Draft.objects.exclude(publish_at=None).exists()


def test_nobody_is_logged_as_of_another_time(editor, network):
    started = timezone.now()
    editor.open(address_of(network)).write(name_sv="Nytt namn").press("_draft")
    assert draft_of(network).changed_at >= started


def test_what_somebody_took_between_check_and_saving_is_told(editor, network, monkeypatch):
    real, calls = OpenForm.save, []

    def save(opened, forms):
        calls.append(forms)
        if len(calls) == 1:
            raise IntegrityError("made up: the address is taken")
        return real(opened, forms)

    monkeypatch.setattr(OpenForm, "save", save)
    assert editor.open(address_of(network)).write(name_sv="Nytt namn").press("_save").status_code == 302
    assert (len(calls), Network.objects.get().name_sv) == (2, "Nytt namn")


def test_what_makes_a_draft_is_not_added_from_another_form(editor, network):
    page = editor.open(address_of(network)).page.content.decode()
    assert ('id="add_id_image"' in page, 'id="add_id_contact"' in page) == (True, False)
