"""Deleting: refused with each place where others choose it, and nothing of what is deleted stays behind."""

import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection
from django.db.models.deletion import Collector
from django.urls import reverse
from django.utils.translation import gettext

from partnerships.admin import deleting
from partnerships.admin.publication import PublicAdmin
from partnerships.models import Agreement, Contact, Draft, Image, Network, PreviewLink, Program, TwinTown
from tests import factories as make
from tests.drafting import draft_of

pytestmark = pytest.mark.django_db

WAYS = ["one", "selected"]


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


def delete(client, way, *objects, **sent):
    """What answers who asks for it, and with post="yes" who confirms it."""
    name = f"admin:partnerships_{objects[0]._meta.model_name}"
    if way == "one":
        (obj,) = objects
        address = reverse(f"{name}_delete", args=[obj.pk])
        return client.post(address, sent) if sent else client.get(address)
    selected = {"action": "delete_selected", "_selected_action": [obj.pk for obj in objects]} | sent
    return client.post(reverse(f"{name}_changelist"), selected)


def confirm(client, way, *objects):
    return delete(client, way, *objects, post="yes")


def is_kept(obj):
    return type(obj).objects.filter(pk=obj.pk).exists()


# In use


def _chosen_for_a_town():
    image = make.ImageFactory(title="Över älven")  # the last of the list
    return image, [make.TwinTownFactory(name_sv="Norrtuna", image=image)]


def _chosen_by_the_site():
    image = make.ImageFactory()
    settings = make.SiteSettingsFactory(logo=image, social_card=image)
    return image, [settings, settings]


def _chosen_in_a_draft():
    image = make.ImageFactory()
    return image, [draft_of(TwinTown, "Norrtuna", image=image)]


def _chosen_in_the_draft_of_a_page():
    image = make.ImageFactory()
    return image, [draft_of(make.PageFactory(key="towns"), "Vänorter", image=image)]


def _town_of_a_program_and_an_agreement():
    party = make.AgreementPartyFactory()
    return party.town, [party.agreement, make.ProgramFactory(town=party.town)]


def _town_of_drafts():
    town = make.TwinTownFactory()
    party = draft_of(Agreement, "Nytt avtal", rows={"parties": [{"town": town}]})
    return town, [party, draft_of(Program, "Nytt program", town=town)]


def _network_of_a_program():
    network = make.NetworkFactory()
    program = make.ProgramFactory(network=network)
    return network, [program, draft_of(program, "Programmet", network=network)]


def _contact_of_all():
    contact = make.ContactFactory()
    return contact, [
        make.TwinTownFactory(contact=contact),
        make.NetworkFactory(contact=contact),
        make.ProgramFactory(contact=contact),
        make.ContactFactory(substitute=contact),
        make.SiteSettingsFactory(default_contact=contact),
        draft_of(Contact, "Ny kontakt", substitute=contact),
    ]


def _centre_of_a_contact():
    centre = make.ContactCentreFactory()
    return centre, [make.ContactFactory(contact_centre=centre), make.SiteSettingsFactory(contact_centre=centre)]


def _agreement_that_was_replaced():
    agreement = make.AgreementFactory()
    return agreement, [make.AgreementFactory(replaces=agreement)]


IN_USE = [
    _chosen_for_a_town,
    _chosen_by_the_site,
    _chosen_in_a_draft,
    _chosen_in_the_draft_of_a_page,
    _town_of_a_program_and_an_agreement,
    _town_of_drafts,
    _network_of_a_program,
    _contact_of_all,
    _centre_of_a_contact,
    _agreement_that_was_replaced,
]


def form_of(place):
    if isinstance(place, Draft):
        return place.get_absolute_url()
    return reverse(f"admin:partnerships_{place._meta.model_name}_change", args=[place.pk])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("in_use", IN_USE)
def test_what_is_in_use_stays_and_each_place_is_a_link_that_opens(editor, in_use, way):
    obj, places = in_use()
    if way == "selected":
        unused = type(obj).objects.get(pk=getattr(make, f"{type(obj).__name__}Factory")().pk)
        answers = [delete(editor, way, obj, unused), confirm(editor, way, obj, unused)]
        assert is_kept(unused)
    else:
        answers = [delete(editor, way, obj), confirm(editor, way, obj)]
    assert is_kept(obj)
    for response in answers:
        page = response.content.decode()
        addresses = [link.split('"')[1] for link in response.context["protected"]]
        assert sorted(addresses) == sorted(map(form_of, places))
        for link in response.context["protected"]:
            assert f"<li>{link}" in page
        assert 'name="post"' not in page
    assert {editor.get(address).status_code for address in addresses} == {200}
    assert not LogEntry.objects.exists()


def test_a_form_that_chooses_two_of_them_is_told_once(editor):
    agreement = make.AgreementFactory()
    towns = [make.AgreementPartyFactory(agreement=agreement).town for _ in range(2)]
    draft = draft_of(Agreement, "Nytt avtal", rows={"parties": [{"town": town} for town in towns]})
    response = confirm(editor, "selected", *towns)
    assert [link.split('"')[1] for link in response.context["protected"]] == [form_of(agreement), form_of(draft)]


@pytest.mark.parametrize("way", WAYS)
def test_who_may_delete_it_but_not_its_places_is_told_of_them_too(client, way):
    user = make.UserFactory()
    permissions = user.user_permissions.model.objects
    user.user_permissions.set(permissions.filter(codename__in=["delete_image", "view_image", "publish_image"]))
    client.force_login(user)
    image, places = _chosen_for_a_town()
    response = confirm(client, way, image)
    assert [link.split('"')[1] for link in response.context["protected"]] == list(map(form_of, places))
    assert is_kept(image)


@pytest.mark.parametrize("way", WAYS)
def test_what_only_its_own_draft_or_no_draft_any_more_chooses_is_deleted(editor, way):
    contact = make.ContactFactory()
    draft_of(contact, "Kontakten", substitute=contact)
    draft_of(Contact, "Ny kontakt", substitute="")
    confirm(editor, way, contact)
    assert not is_kept(contact)


def test_a_draft_that_goes_with_what_is_deleted_keeps_nothing(editor):
    contact, substitute = make.ContactFactory.create_batch(2)
    draft_of(contact, "Kontakten", substitute=substitute)
    confirm(editor, "selected", substitute)
    assert is_kept(substitute)
    confirm(editor, "selected", contact, substitute)
    assert not Contact.objects.exists()
    assert not Draft.objects.exists()


# Between the check and the deletion


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("in_use", "count"), [(_chosen_for_a_town, 1), (_town_of_a_program_and_an_agreement, 2), (_contact_of_all, 6)]
)
def test_what_somebody_chose_just_before_it_was_deleted_is_refused_like_any(
    editor, monkeypatch, settings, in_use, count, way
):
    """The first check comes before the choice: it sees none."""
    obj, _places = in_use()
    others = [getattr(make, f"{type(obj).__name__}Factory")() for _ in range(2)] if way == "selected" else []
    see, asked = deleting.CarefulDeletion.get_deleted_objects, []

    def see_late(own, objs, request):
        asked.append([obj.pk for obj in objs])
        return ([], {}, set(), []) if len(asked) == 1 else see(own, objs, request)

    monkeypatch.setattr(deleting.CarefulDeletion, "get_deleted_objects", see_late)
    response = confirm(editor, way, others[0], obj, others[1]) if others else confirm(editor, way, obj)
    assert response.status_code == 200
    assert len(response.context["protected"]) == count
    assert response.context["protected"][0] in response.content.decode()
    assert list(response.context["messages"]) == []
    assert len(asked) == 2
    assert sorted(asked[0]) == sorted(asked[1]) == sorted(one.pk for one in [obj, *others])
    assert all(map(is_kept, [obj, *others]))
    assert not LogEntry.objects.exists()
    if isinstance(obj, Image):
        assert (settings.MEDIA_ROOT / obj.file.name).exists()


def choose(obj, errors):
    """As somebody else, in a transaction of one's own; waits for it a second at most."""

    def run():
        try:
            make.ProgramFactory(town_id=obj.pk)
        except IntegrityError as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=1)
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time by itself")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("owner", "step", "is_in_time"), [(PublicAdmin, "_let_go", True), (Collector, "delete", False)]
)
def test_of_two_at_once_the_later_is_refused(editor, monkeypatch, way, owner, step, is_in_time):
    """Chosen before it is locked, it stays; once the deletion has seen that nobody chose it, nobody can any more."""
    town = make.TwinTownFactory()
    take_step, threads, errors = getattr(owner, step), [], []

    def meanwhile(own, *args):
        if not threads and (owner is PublicAdmin or TwinTown in own.data):
            threads.append(choose(town, errors))
        return take_step(own, *args)

    monkeypatch.setattr(owner, step, meanwhile)
    response = confirm(editor, way, town)
    threads[0].join()
    assert response.status_code == (200 if is_in_time else 302)
    assert (is_kept(town), Program.objects.count(), len(errors)) == (is_in_time, is_in_time, not is_in_time)
    if is_in_time:
        assert [link.split('"')[1] for link in response.context["protected"]] == [form_of(Program.objects.get())]


# What goes with it

DRAFTED = [
    make.TwinTownFactory,
    make.AgreementFactory,
    make.ProgramFactory,
    make.NetworkFactory,
    make.ContactFactory,
    make.ContactCentreFactory,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("factory", DRAFTED, ids=lambda factory: factory._meta.model.__name__)
def test_its_draft_goes_with_it_as_the_question_says(editor, factory, way):
    obj, other = factory.create_batch(2)
    draft = draft_of(obj, "Utkastet")
    PreviewLink.objects.create(draft=draft)
    model_of_another = Network if isinstance(obj, TwinTown) else TwinTown
    namesake = getattr(make, f"{model_of_another.__name__}Factory")(pk=obj.pk)  # the same key in another table
    left = {draft_of(other, "Ett annat").pk, draft_of(namesake, "Namne").pk, draft_of(type(obj), "Något nytt").pk}

    question = delete(editor, way, obj)
    page = question.content.decode()
    told = f'{gettext("Draft, which is deleted too")}: <a href="{draft.get_absolute_url()}">Utkastet</a>'
    assert page.count(told) == 1
    assert dict(question.context["model_count"])[Draft._meta.verbose_name_plural] == 1
    assert "Ett annat" not in page
    assert Draft.objects.count() == 4

    confirm(editor, way, obj)
    assert not is_kept(obj)
    assert set(Draft.objects.values_list("pk", flat=True)) == left
    assert not PreviewLink.objects.exists()


def test_a_question_about_what_has_no_draft_does_not_speak_of_any(editor):
    town = make.TwinTownFactory()
    page = delete(editor, "one", town).content.decode()
    assert gettext("Draft, which is deleted too") not in page


@pytest.mark.parametrize("way", WAYS)
def test_where_deleting_fails_the_draft_stays(editor, monkeypatch, way):
    town = make.TwinTownFactory()
    draft = draft_of(town, "Utkastet")

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(TwinTown, "forget", fail)
    with pytest.raises(RuntimeError):
        confirm(editor, way, town)
    assert is_kept(town)
    assert Draft.objects.get() == draft
