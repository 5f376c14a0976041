"""Published at a set time: once, whole or not at all, late rather than never."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.utils.translation import gettext
from reversion.models import Revision

from partnerships.admin import publishing_form, scheduled
from partnerships.models import Draft, Network
from tests import factories as make
from tests.desk import Editor, add_address, address_of

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 12, 1, 9, 0, tzinfo=datetime.UTC)
MOMENT = datetime.datetime(2026, 12, 2, 7, 0, tzinfo=datetime.UTC)  # 8.00 in Sweden
BEFORE, LATE = MOMENT - datetime.timedelta(seconds=1), MOMENT + datetime.timedelta(days=20)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def editor():
    return Editor(make.UserFactory(is_superuser=True))


@pytest.fixture
def network():
    return make.NetworkFactory(slug="exempelnatet", name_sv="Exempelnätet")


def scheduled_change(editor, network, **changes):
    editor.open(address_of(network)).write(**{"name_sv": "Nytt namn"} | changes)
    editor.press("_schedule", publish_at="2026-12-02T08:00")
    return Draft.objects.get()


def name():
    return Network.objects.get().name_sv


@pytest.mark.parametrize(("moment", "told"), [(BEFORE, "Exempelnätet"), (MOMENT, "Nytt namn"), (LATE, "Nytt namn")])
def test_it_is_published_when_its_time_has_come_or_late(editor, network, clock, moment, told):
    assert scheduled_change(editor, network).publish_at == MOMENT
    clock.move_to(moment)
    call_command("run_due")
    assert name() == told
    assert Draft.objects.count() == (told == "Exempelnätet")


def test_it_is_a_revision_of_whoever_chose_the_time(editor, network, clock):
    scheduled_change(editor, network)
    clock.move_to(LATE)
    call_command("run_due")
    call_command("run_due")
    _as_it_was, revision = Revision.objects.order_by("pk")
    assert (revision.user, revision.date_created) == (editor.user, LATE)


def test_something_new_appears(editor, clock, client):
    editor.open(add_address(Network)).write(slug="exempelnatet", name_sv="Exempelnätet")
    editor.add_row("facts", label_sv="Medlemmar", value_sv="12").add_row("facts", label_sv="Språk", value_sv="3")
    editor.press("_schedule", publish_at="2026-12-02T08:00")
    pages = ["/natverk/exempelnatet/", "/natverk/", "/", "/sitemap.xml", "/en/networks/exempelnatet/"]
    before = {page: "xempeln" in client.get(page).content.decode() for page in pages[1:4]}
    assert before == dict.fromkeys(pages[1:4], False)
    clock.move_to(LATE)
    call_command("run_due")
    assert [page for page in pages if "xempeln" not in client.get(page).content.decode()] == []
    assert Network.objects.get().facts.count() == 2


def _deactivate(editor, network):
    type(editor.user).objects.filter(pk=editor.user.pk).update(is_active=False)


def _may_no_longer(editor, network):
    type(editor.user).objects.filter(pk=editor.user.pk).update(is_superuser=False)


def _take_the_slug(editor, network):
    make.NetworkFactory(slug="ny-adress")


def _change_the_same(editor, network):
    network.name_sv = "Ett tredje namn"
    network.save()


@pytest.mark.parametrize("meanwhile", [_deactivate, _may_no_longer, _take_the_slug, _change_the_same])
def test_what_no_longer_fits_is_kept_and_told(editor, network, clock, meanwhile, django_capture_on_commit_callbacks):
    draft = scheduled_change(editor, network, slug="ny-adress")
    meanwhile(editor, network)
    before = Network.objects.filter(pk=network.pk).values().get()
    clock.move_to(LATE)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("run_due")
    assert Network.objects.filter(pk=network.pk).values().get() == before
    kept = Draft.objects.get()
    assert (kept.data, kept.publish_at, bool(kept.problem)) == (draft.data, None, True)
    assert len(mail.outbox) == (meanwhile is not _deactivate)
    call_command("run_due")
    assert Draft.objects.get() == kept


def test_deleted_meanwhile(editor, network, clock):
    scheduled_change(editor, network)
    Network.objects.all().delete()
    clock.move_to(LATE)
    call_command("run_due")
    assert [draft.problem for draft in Draft.objects.all()] == [gettext("What it is a draft of has been deleted.")]


STEPS = [
    (scheduled, "replayed"),
    (scheduled, "forms_to_publish"),
    (publishing_form.revising, "record"),
    (publishing_form, "tell_published"),
]


@pytest.mark.parametrize(("module", "step"), STEPS, ids=lambda one: getattr(one, "__name__", one))
def test_cut_off_between_two_steps_nothing_is_half_done(editor, network, clock, monkeypatch, module, step):
    scheduled_change(editor, network)
    other = make.NetworkFactory(slug="annat")
    editor.open(address_of(other)).write(name_sv="Annat namn").press("_schedule", publish_at="2026-12-02T08:00")
    clock.move_to(LATE)
    real, calls = getattr(module, step), []

    def cut_off(*args, **kwargs):
        calls.append(args)
        if len(calls) == 1:
            raise SystemError("made up: cut off")
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(module, step, cut_off)
        with pytest.raises(ExceptionGroup):
            scheduled.publish_due()
    assert Network.objects.get(slug="exempelnatet").name_sv == "Exempelnätet"
    assert Network.objects.get(slug="annat").name_sv == "Annat namn"
    assert [draft.problem for draft in Draft.objects.all()] == [""]
    scheduled.publish_due()
    assert Network.objects.get(slug="exempelnatet").name_sv == "Nytt namn"
    assert Draft.objects.count() == 0


def test_somebody_who_may_not_publish_ends_the_schedule_by_a_change(editor, network):
    scheduled_change(editor, network)
    writer = make.UserFactory()
    writer.user_permissions.set(Permission.objects.filter(codename__in=["view_network", "change_network"]))
    Editor(writer).open(address_of(network)).write(name_sv="Smygväg").press("_draft")
    draft = Draft.objects.get()
    assert (draft.publish_at, draft.data["fields"]["name_sv"]) == (None, ["Smygväg"])


def test_the_schedule_can_be_called_off(editor, network, clock):
    scheduled_change(editor, network)
    editor.open(address_of(network)).press("_unschedule")
    clock.move_to(LATE)
    call_command("run_due")
    assert (name(), Draft.objects.get().publish_at) == ("Exempelnätet", None)


def test_what_cannot_be_published_is_not_scheduled(editor, network):
    answer = editor.open(address_of(network)).write(name_sv="").press("_schedule", publish_at="2026-12-02T08:00")
    assert (answer.status_code, answer.context["is_refused"]) == (200, True)
    assert Draft.objects.get().publish_at is None
