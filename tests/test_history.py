"""Revisions of what the public sees, what differs between them, going back to one, and recovering what was deleted."""

import datetime

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext
from reversion.models import Revision, Version

from partnerships.admin.past_form import live_value, past_value
from partnerships.admin.told_differences import Told
from partnerships.choices import PageKey
from partnerships.models import Contact, ContactCentre, Draft, Fact, Network, OldSlug, Page, Program, TwinTown
from partnerships.models.drafts import drafted_models
from partnerships.publishing import revising
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)
REQUEST = RequestFactory().get("/admin/")


def model_admin(model):
    return admin.site.get_model_admin(model)


def address(model, page, *args):
    return reverse(f"admin:partnerships_{model._meta.model_name}_{page}", args=args)


def value(obj):
    return live_value(model_admin(type(obj)), REQUEST, type(obj).objects.get(pk=obj.pk))


def past(obj, revision):
    return past_value(model_admin(type(obj)), REQUEST, obj, revision.pk)


def recorded(obj, user=None, note=""):
    """The revision of the object as it is now."""
    revising.record(obj, user=user, note=note)
    return revising.revisions_of(obj)[0]


def publish(editor, draft):
    """The object, once the draft's form has been opened and published as it stands."""
    form = editor.get(draft.get_absolute_url())
    answer = editor.post(draft.get_absolute_url(), filled_in(form, _save=["1"]))
    assert answer.status_code == 302, answer.context["errors"]
    assert not Draft.objects.exists()
    return draft.content_type.model_class()._base_manager.get()


@pytest.fixture
def anna():
    return make.UserFactory(is_superuser=True, first_name="Anna", last_name="Exempelsson")


@pytest.fixture
def editor(client, anna):
    client.force_login(anna)
    return client


def some_of(model):
    """An object of the model with a row of each part."""
    if model is Page:
        return make.PageFactory(key=PageKey.ACCESSIBILITY, tested_on="2026-05-04")
    if model is ContactCentre:
        centre = make.OpeningHoursFactory(valid_from="2026-06-01", valid_through="2026-08-31").centre
        return make.OpeningExceptionFactory(centre=centre).centre
    if model is Contact:
        return make.ContactHolderFactory(starts="2026-01-01").contact
    if model is Network:
        network = make.NetworkRoleFactory(network__image=make.ImageFactory()).network
        return make.FactFactory(town=None, network=network).network
    if model is Program:
        program = make.FactFactory(town=None, program=make.ProgramFactory(apply_until="2026-12-24")).program
        program.audiences.set([make.AudienceFactory(), make.AudienceFactory()])
        return program
    if model is TwinTown:
        return make.FactFactory(town__contact=make.ContactFactory(), check_again="2027-01-01").town
    return make.CooperationAreaFactory(agreement=make.AgreementPartyFactory().agreement).agreement


def name_of(model):
    return model.__name__


MODELS = pytest.mark.parametrize("model", drafted_models(), ids=name_of)


# Revisions


@MODELS
def test_a_revision_is_the_whole_form_with_its_rows(model):
    obj = some_of(model)
    before = value(obj)
    revision = recorded(obj)
    for part in revising.part_models(model):
        assert part._base_manager.count() == 1
        part._base_manager.all().delete()
    for field in model._meta.many_to_many:
        getattr(obj, field.name).clear()
    name = "title_sv" if model is Page else "name_sv"
    model._base_manager.filter(pk=obj.pk).update(**{name: "Ny"})
    assert past(obj, revision) == before != value(obj)


def test_who_recorded_it_when_and_why_is_kept(anna):
    town = make.TwinTownFactory()
    with time_machine.travel(NOON, tick=False):
        revising.record_as_it_was(town)
        revising.record_as_it_was(town)
        revising.record(town, user=anna, note="Ny text.")
    revisions = revising.revisions_of(town)
    assert [(one.who, one.when, one.note) for one in revisions] == [
        ("Anna Exempelsson", NOON, "Ny text."),
        ("–", NOON, gettext("As it was before its first change here")),
    ]
    anna.delete()
    assert [one.who for one in revising.revisions_of(town)] == ["–", "–"]


def test_what_is_recorded_is_what_the_database_holds():
    fact = make.FactFactory()
    town = TwinTown.objects.prefetch_related("facts").get(pk=fact.town_id)
    Fact.objects.filter(pk=fact.pk).update(label_sv="Yta")
    TwinTown.objects.filter(pk=town.pk).update(name_sv="Exempelby")
    found = past(town, recorded(town))
    assert found["fields"]["name_sv"] == ["Exempelby"]
    assert [row["values"]["label_sv"] for row in found["rows"]["facts"]] == [["Yta"]]


def test_nothing_is_recorded_by_itself(editor):
    fact = make.FactFactory()
    fact.save()
    fact.town.save()
    fact.town.facts.all().delete()
    editor.get(address(TwinTown, "change", fact.town_id))
    assert not Revision.objects.exists()


def test_a_revision_goes_with_the_transaction_that_it_was_written_in():
    town = make.TwinTownFactory()
    with transaction.atomic():
        revising.record(town, user=None)
        transaction.set_rollback(True)
    assert revising.revisions_of(town) == []


def test_parts_of_others_stay_out():
    fact, other = make.FactFactory(), make.FactFactory()
    found = past(fact.town, recorded(fact.town))
    assert [row["pk"] for row in found["rows"]["facts"]] == [str(fact.pk)]
    assert past(other.town, recorded(fact.town)) is None


# Values of the past


def test_what_is_gone_since_is_not_chosen():
    program = make.ProgramFactory(town=make.TwinTownFactory())
    kept, gone = make.AudienceFactory(), make.AudienceFactory()
    program.audiences.set([kept, gone])
    revision = recorded(program)
    town, program.town = program.town, None
    program.save()
    town.delete()
    gone.delete()
    found = past(program, revision)["fields"]
    assert (found["town"], found["audiences"]) == ([""], [str(kept.pk)])


def test_fields_that_came_since_stand_at_their_default():
    fact = make.FactFactory(position=7, town__position=8)
    revision = recorded(fact.town)
    for version in Version.objects.filter(revision=revision.pk):
        version.serialized_data = version.serialized_data.replace('"position": ', '"place_then": ')
        version.save()
    found = past(fact.town, revision)
    assert found["fields"]["position"] == ["100"]
    assert [row["values"]["position"] for row in found["rows"]["facts"]] == [["100"]]


def spoil(revision):
    Version.objects.filter(revision=revision.pk).update(serialized_data="[{}]")


# The pages


@MODELS
@pytest.mark.usefixtures("strict_templates")
def test_the_pages_open_for_every_model(editor, model):
    obj = some_of(model)
    recorded(obj)
    asked = [("history", obj.pk), ("compare", obj.pk), ("recover_list",), ("changelist",)]
    assert [editor.get(address(model, *page)).status_code for page in asked] == [200] * 4


def test_the_history_lists_the_versions(editor, anna):
    town = make.TwinTownFactory()
    with time_machine.travel(NOON, tick=False):
        first, second = recorded(town), recorded(town, anna, "Ny text.")
    page = editor.get(address(TwinTown, "history", town.pk))
    told = [(one.key, one.words, one.revision and one.revision.note) for one in page.context["versions"]]
    assert told == [
        ("live", gettext("What is stored now"), None),
        (str(second.pk), "24 november 2026 12:00, Anna Exempelsson", "Ny text."),
        (str(first.pk), "24 november 2026 12:00", ""),
    ]
    text = page.content.decode()
    for name, one in (("a", first), ("b", second)):
        assert f'name="{name}" value="{one.pk}"' in text
    assert (page.context["first"], page.context["second"]) == (str(first.pk), str(second.pk))


def renamed(town, name):
    town.name_sv = name
    town.save()
    return recorded(town)


def compared(editor, obj, **asked):
    page = editor.get(address(type(obj), "compare", obj.pk), asked)
    assert page.status_code == 200
    return [(one.label, one.before, one.after) for one in page.context["differences"]]


def name_changed(before, after):
    return [("Namn [sv]", (("gone", before),), (("new", after),))]


@pytest.mark.usefixtures("strict_templates")
def test_two_versions_are_compared_the_older_one_first(editor, anna):
    town = make.TwinTownFactory()
    first, second, third = (str(renamed(town, name).pk) for name in ("Ett", "Två", "Tre"))
    town.name_sv = "Fyra"
    town.save()
    data = value(town)
    data["fields"]["name_sv"] = ["Fem"]
    Draft.objects.create(subject=town, title="x", data=data, base=value(town), author=anna)
    assert compared(editor, town) == name_changed("Två", "Tre")
    assert compared(editor, town, a=first, b=third) == name_changed("Ett", "Tre")
    assert compared(editor, town, a=third, b=first) == name_changed("Ett", "Tre")
    assert compared(editor, town, a=second, b="live") == name_changed("Två", "Fyra")
    assert compared(editor, town, a="draft", b=first) == name_changed("Ett", "Fem")
    assert compared(editor, town, a="live", b="draft") == name_changed("Fyra", "Fem")
    assert compared(editor, town, a=second, b=second) == []


@pytest.mark.parametrize("revisions", [0, 1])
@pytest.mark.usefixtures("strict_templates")
def test_where_there_are_not_two_versions_the_one_is_compared_with_what_is_live(editor, revisions):
    town = make.TwinTownFactory(name_sv="Ett")
    if revisions:
        recorded(town)
    TwinTown.objects.filter(pk=town.pk).update(name_sv="Två")
    assert compared(editor, town) == (name_changed("Ett", "Två") if revisions else [])
    assert editor.get(address(TwinTown, "history", town.pk)).status_code == 200


def test_audiences_and_rows_are_compared_too(editor):
    program = some_of(Program)
    pupils = make.AudienceFactory(name_sv="elever")
    program.audiences.set([pupils, make.AudienceFactory(name_sv="lärare")])
    recorded(program)
    program.audiences.set([pupils])
    program.facts.all().delete()
    recorded(program)
    page = editor.get(address(Program, "compare", program.pk))
    audiences, row = page.context["differences"]
    assert audiences == Told("", "För vem", (("same", "elever"), ("gone", ", lärare")), (("same", "elever"),))
    assert (row.section, row.after) == ("Uppgift: Invånare", (("nothing", gettext("not there")),))


@pytest.mark.usefixtures("strict_templates")
def test_a_version_that_cannot_be_read_any_more_is_said_to_be_so(editor):
    town = make.TwinTownFactory()
    spoil(recorded(town))
    recorded(town)
    words = gettext("One of the two cannot be read any more: the site has changed too much since it was kept.")
    assert words in editor.get(address(TwinTown, "compare", town.pk)).content.decode()
    spoiled = revising.revisions_of(town)[1].pk
    page = editor.post(address(TwinTown, "restore", town.pk, spoiled), follow=True)
    assert page.redirect_chain == [(address(TwinTown, "history", town.pk), 302)]
    assert gettext("That version cannot be read any more.") in page.content.decode()
    assert not Draft.objects.exists()


FORGED = ["0", "x", "9" * 30, "-1", "١", "live", "draft"]


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_no_version_of_this_is_not_found(editor, forged):
    town = make.TwinTownFactory()
    recorded(town)
    assert editor.post(address(TwinTown, "restore", town.pk, forged)).status_code == 404
    if forged != "live":
        assert editor.get(address(TwinTown, "compare", town.pk), {"a": forged}).status_code == 404


def test_a_version_of_something_else_is_not_found(editor):
    town, other, contact = make.TwinTownFactory(), make.TwinTownFactory(), make.ContactFactory()
    recorded(town)
    for theirs in (recorded(other), recorded(contact)):
        assert editor.get(address(TwinTown, "compare", town.pk), {"b": theirs.pk}).status_code == 404
        assert editor.post(address(TwinTown, "restore", town.pk, theirs.pk)).status_code == 404
        assert editor.post(address(TwinTown, "recover", theirs.pk)).status_code == 404
    assert editor.get(address(TwinTown, "compare", 999)).status_code == 404
    assert not Draft.objects.exists()


# Going back


def test_going_back_makes_a_draft_that_publishes_what_was(editor, anna):
    fact = make.FactFactory(town__slug="exempelstad", town__name_sv="Exempelstad")
    town, dropped = fact.town, make.FactFactory(town=fact.town, label_sv="Yta")
    revision = recorded(town)
    before = value(town)
    town.slug, town.name_sv = "exempelby", "Exempelby"
    town.save()
    dropped.delete()
    fact.value_sv = "13 000"
    fact.save()
    came = make.FactFactory(town=town, label_sv="Språk")
    live = value(town)
    page = editor.post(address(TwinTown, "restore", town.pk, revision.pk), follow=True)
    assert page.redirect_chain == [(address(TwinTown, "change", town.pk), 302)]
    assert value(town) == live
    draft = Draft.objects.get()
    assert (draft.subject, draft.author, draft.base) == (town, anna, live)
    assert [(row["pk"], row["deleted"]) for row in draft.data["rows"]["facts"]] == [
        (str(fact.pk), False),
        ("", False),
        (str(came.pk), True),
    ]
    publish(editor, draft)
    found = value(town)
    assert found["fields"] == before["fields"]
    assert [row["values"] for row in found["rows"]["facts"]] == [row["values"] for row in before["rows"]["facts"]]
    assert Fact.objects.filter(pk=fact.pk, value_sv="cirka 12 000").exists()
    assert [*OldSlug.objects.values_list("slug", "object_id")] == [("exempelby", town.pk)]


def test_a_draft_is_replaced_only_when_one_has_seen_whose_it_is(editor):
    town = make.TwinTownFactory(name_sv="Ny")
    revision = recorded(town)
    blank = {"fields": {}, "rows": {}}
    bo = make.UserFactory(first_name="Bo", last_name="Exempelberg")
    with time_machine.travel(NOON, tick=False):
        draft = Draft.objects.create(subject=town, title="Bos", data=blank, base=blank, author=bo, publish_at=NOON)
    there = address(TwinTown, "restore", town.pk, revision.pk)
    page = editor.post(there)
    assert "Bo Exempelberg" in page.content.decode()
    assert page.context["stamp"] in page.content.decode()
    # It has been written in since the question was put.
    Draft.objects.filter(pk=draft.pk).update(changed_at=NOON + datetime.timedelta(minutes=1))
    page = editor.post(there, {"replace": page.context["stamp"]})
    assert [draft.title for draft in Draft.objects.all()] == ["Bos"]
    assert editor.post(there, {"replace": page.context["stamp"]}).status_code == 302
    assert [(draft.title, draft.publish_at) for draft in Draft.objects.all()] == [("Ny", None)]


# Recovering


# The pages are a fixed set.
@pytest.mark.parametrize("model", sorted({*drafted_models()} - {Page}, key=name_of), ids=name_of)
def test_what_was_deleted_comes_back_whole(editor, model):
    obj = some_of(model)
    before, title, parts = value(obj), str(obj), revising.part_models(model)
    editor.post(address(model, "delete", obj.pk), {"post": "yes"})
    assert [model._base_manager.count(), *(part._base_manager.count() for part in parts)] == [0] * (len(parts) + 1)
    page = editor.get(address(model, "recover_list"))
    [deleted] = page.context["deleted"]
    assert (deleted.title, deleted.last.who, deleted.last.note) == (title, "Anna Exempelsson", gettext("Deleted"))
    page = editor.post(address(model, "recover", deleted.last.pk))
    draft = Draft.objects.get()
    assert page.url == f"{address(model, 'add')}?draft={draft.pk}"
    assert (draft.object_id, draft.title) == (None, title)
    assert not model._base_manager.exists()
    found = value(publish(editor, draft))
    assert found["fields"] == before["fields"]
    for prefix, rows in before["rows"].items():
        assert [row["values"] for row in found["rows"][prefix]] == [row["values"] for row in rows]


@pytest.mark.usefixtures("strict_templates")
def test_what_is_here_again_stands_apart(editor):
    town = make.TwinTownFactory(slug="exempelstad")
    agreement = make.AgreementFactory(name_sv="Exempelavtal")
    for obj in (town, agreement):
        model = type(obj)
        editor.post(
            address(model, "changelist"), {"action": "delete_selected", "_selected_action": obj.pk, "post": "y"}
        )
        page = editor.get(address(model, "recover_list"))
        assert ([one.title for one in page.context["deleted"]], page.context["again"]) == ([str(obj)], [])
    make.TwinTownFactory(slug="exempelstad", name_sv="Annan")
    make.AgreementFactory(name_sv="Exempelavtal")
    for obj in (town, agreement):
        page = editor.get(address(type(obj), "recover_list"))
        assert (page.context["deleted"], [one.title for one in page.context["again"]]) == ([], [str(obj)])


@pytest.mark.usefixtures("strict_templates")
def test_what_was_deleted_and_cannot_be_read_is_said_to_be_so(editor):
    town = make.TwinTownFactory()
    editor.post(address(TwinTown, "delete", town.pk), {"post": "yes"})
    last = Revision.objects.get()
    spoil(last)
    words = gettext("That version cannot be read any more.")
    assert words in editor.get(address(TwinTown, "recover_list")).content.decode()
    assert words in editor.post(address(TwinTown, "recover", last.pk), follow=True).content.decode()
    assert not Draft.objects.exists()


def test_what_cannot_be_deleted_leaves_no_revision(editor):
    town = make.AgreementPartyFactory().town
    editor.post(address(TwinTown, "delete", town.pk), {"post": "yes"})
    assert TwinTown.objects.exists()
    assert not Revision.objects.exists()


def test_a_draft_goes_with_what_it_is_of(editor, anna):
    town, other = make.TwinTownFactory(), make.TwinTownFactory()
    blank = {"fields": {}, "rows": {}}
    for number, subject in enumerate((town, other)):
        Draft.objects.create(subject=subject, title=f"Utkastet {number}", data=blank, base=blank, author=anna)
    page = editor.get(address(TwinTown, "delete", town.pk)).content.decode()
    assert "Utkastet 0" in page
    assert "Utkastet 1" not in page
    editor.post(address(TwinTown, "delete", town.pk), {"post": "yes"})
    assert [draft.title for draft in Draft.objects.all()] == ["Utkastet 1"]


# Rights


PAGES = ("history", "compare", "restore", "recover_list", "recover", "changelist")
RIGHTS = [
    ((), (403, 403, 403, 403, 403, 403)),
    (("view",), (200, 200, 403, 403, 403, 200)),
    (("change", "add", "delete"), (200, 200, 403, 403, 403, 200)),
    (("view", "publish"), (200, 200, 302, 403, 403, 200)),
    (("change", "add", "publish"), (200, 200, 302, 200, 302, 200)),
]


@pytest.mark.parametrize(("rights", "answers"), RIGHTS)
def test_each_may_do_what_their_rights_say(client, rights, answers):
    town, deleted = make.TwinTownFactory(), make.TwinTownFactory()
    revision = recorded(town)
    revising.record_deletion(deleted, user=None)
    last = revising.revisions_of(deleted)[0]
    deleted.delete()
    user = make.UserFactory()
    content_type = ContentType.objects.get_for_model(TwinTown)
    user.user_permissions.set(
        Permission.objects.filter(content_type=content_type, codename__in=[f"{right}_twintown" for right in rights])
    )
    client.force_login(user)
    asked = {
        "history": lambda: client.get(address(TwinTown, "history", town.pk)),
        "compare": lambda: client.get(address(TwinTown, "compare", town.pk)),
        "restore": lambda: client.post(address(TwinTown, "restore", town.pk, revision.pk)),
        "recover_list": lambda: client.get(address(TwinTown, "recover_list")),
        "recover": lambda: client.post(address(TwinTown, "recover", last.pk)),
        "changelist": lambda: client.get(address(TwinTown, "changelist")),
    }
    assert tuple(asked[page]().status_code for page in PAGES) == answers


def test_buttons_are_there_for_those_who_may_press_them(client, editor):
    town = make.TwinTownFactory()
    revision = recorded(town)
    restore, recover = address(TwinTown, "restore", town.pk, revision.pk), address(TwinTown, "recover_list")
    pages = [address(TwinTown, "history", town.pk), address(TwinTown, "compare", town.pk)]
    lists = address(TwinTown, "changelist")
    assert [restore in editor.get(page).content.decode() for page in pages] == [True, True]
    assert recover in editor.get(lists).content.decode()
    reader = make.UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_twintown"))
    client.force_login(reader)
    assert [restore in client.get(page).content.decode() for page in pages] == [False, False]
    assert recover not in client.get(lists).content.decode()


def test_whoever_may_only_look_is_shown_what_differs_but_no_draft(client, anna):
    town = make.TwinTownFactory(name_sv="Ett")
    recorded(town)
    renamed(town, "Två")
    blank = {"fields": {}, "rows": {}}
    Draft.objects.create(subject=town, title="x", data=blank, base=blank, author=anna)
    reader = make.UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_twintown"))
    client.force_login(reader)
    assert compared(client, town) == name_changed("Ett", "Två")
    assert client.get(address(TwinTown, "compare", town.pk), {"a": "draft"}).status_code == 404


@pytest.mark.parametrize("page", ["restore", "recover"])
def test_a_draft_is_made_by_a_button_only(editor, page):
    town = make.TwinTownFactory()
    revision = recorded(town)
    args = [town.pk, revision.pk] if page == "restore" else [revision.pk]
    assert editor.get(address(TwinTown, page, *args)).status_code == 405
    assert not Draft.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_no_more_of_a_long_past(editor, django_assert_num_queries, count):
    town = make.TwinTownFactory()
    for _ in range(count):
        recorded(town)
    editor.get(address(TwinTown, "history", town.pk))
    with django_assert_num_queries(10):
        editor.get(address(TwinTown, "history", town.pk))
