"""Accounts: invited by mail, with roles; forgotten passwords; and nobody who rises above what they may."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

from partnerships.roles import ROLES
from tests import factories as make
from tests.admin_forms import error_at, filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOON = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)
LIST, ADD = reverse("admin:auth_user_changelist"), reverse("admin:auth_user_add")
FORGOTTEN = reverse("admin_password_reset")
PASSWORD = "en-lång-och-påhittad-mening"
LINK = re.compile(r"https://desk\.example\.org(/admin/reset/\S+)")


@pytest.fixture(autouse=True)
def _on_a_day(time_machine, settings):
    time_machine.move_to(NOON, tick=False)
    settings.SITE_URL = "https://desk.example.org"


def with_role(role, **fields):
    user = make.UserFactory(**fields)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def administrator(client):
    client.force_login(with_role("Administratör", username="administratoren"))
    return client


def change(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def invite(client, capture, **changes):
    values = {"username": "anna", "first_name": "Anna", "last_name": "Exempelsson", "email": "anna@example.org"}
    with capture(execute=True):
        return client.post(ADD, filled_in(client.get(ADD), **values | changes))


def choose(client, link, password=PASSWORD):
    """The page that is left after the password was chosen by the link; the link's own page where that is refused."""
    page = client.get(link, follow=True)
    if not page.context["validlink"]:
        return page
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True)


# Invitations


def test_whoever_is_invited_gets_a_link_by_mail_and_the_roles(administrator, django_capture_on_commit_callbacks):
    roles = Group.objects.filter(name__in=["Redaktör", "Publicist"])
    make.SiteSettingsFactory(name_sv="Vänorter")
    response = invite(administrator, django_capture_on_commit_callbacks, groups=[role.pk for role in roles])
    user = User.objects.get(username="anna")
    assert response.headers["Location"] == change(user)
    assert set(user.groups.all()) == set(roles)
    assert (user.is_staff, user.is_superuser, user.is_active, user.has_usable_password()) == (True, False, True, False)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["anna@example.org"],
        gettext("Your account at %(site)s") % {"site": "Vänorter"},
    )
    for words in ("Anna Exempelsson", "Vänorter", "anna", "2026-11-27 12:00", f"https://desk.example.org{FORGOTTEN}"):
        assert words in message.body


def test_the_link_works_once(client, administrator, django_capture_on_commit_callbacks):
    invite(administrator, django_capture_on_commit_callbacks)
    link = LINK.search(mail.outbox[0].body)[1]
    client.logout()
    assert choose(client, link).request["PATH_INFO"] == reverse("password_reset_complete")
    assert client.login(username="anna", password=PASSWORD)
    client.logout()
    assert choose(client, link, "en-annan-påhittad-mening").context["validlink"] is False


@pytest.mark.parametrize(("days", "is_active", "is_valid"), [(2.9, True, True), (3.1, True, False), (0, False, False)])
def test_the_link_ends(
    client, administrator, django_capture_on_commit_callbacks, time_machine, days, is_active, is_valid
):
    invite(administrator, django_capture_on_commit_callbacks)
    User.objects.filter(username="anna").update(is_active=is_active)
    client.logout()
    time_machine.move_to(NOON + datetime.timedelta(days=days), tick=False)
    assert client.get(LINK.search(mail.outbox[0].body)[1], follow=True).context["validlink"] is is_valid


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_sent", [True, False])
def test_the_desk_tells_where_the_invitation_went_or_hands_over_the_link(administrator, monkeypatch, is_sent):
    def refuse(self, messages):
        raise ConnectionRefusedError

    if not is_sent:
        monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    response = administrator.post(
        ADD, filled_in(administrator.get(ADD), username="anna", email="anna@example.org"), follow=True
    )
    (message,) = [message for message in response.context["messages"] if "anna@example.org" in str(message)]
    assert (message.level_tag, bool(LINK.search(str(message)))) == (
        ("success", False) if is_sent else ("warning", True)
    )
    assert "2026-11-27 12:00" in str(message)
    assert User.objects.filter(username="anna").exists()
    if not is_sent:
        administrator.logout()
        assert choose(administrator, LINK.search(str(message))[1]).request["PATH_INFO"].endswith("/reset/done/")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "anna"),
        ("username", "ADMINISTRATOREN"),
        ("username", "anna exempel"),
        ("groups", ["9"]),
    ],
)
def test_an_invitation_that_does_not_fit_is_told_at_its_field(
    administrator, django_capture_on_commit_callbacks, field, value
):
    response = invite(administrator, django_capture_on_commit_callbacks, **{field: value})
    assert len(error_at(response, field)) == 1
    assert filled_in(response)["first_name"] == ["Anna"]
    assert (User.objects.count(), mail.outbox) == (1, [])


BUTTON = 'name="_invite"'


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({"password": "!unusable"}, True),
        ({}, False),
        ({"password": "!unusable", "is_active": False}, False),
        ({"password": "!unusable", "email": ""}, False),
    ],
)
def test_the_invitation_is_sent_again_where_there_is_a_password_to_choose(
    administrator, django_capture_on_commit_callbacks, fields, is_offered
):
    user = make.UserFactory(email="fel@example.org")
    User.objects.filter(pk=user.pk).update(**fields)
    page = administrator.get(change(user))
    assert (BUTTON in page.content.decode()) == is_offered
    changes = {"email": "ratt@example.org"} if fields.get("email") != "" else {}
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(change(user), filled_in(page, **changes) | {"_invite": "1"})
    assert [message.to for message in mail.outbox] == ([["ratt@example.org"]] if is_offered else [])


# Forgotten passwords


def test_the_way_to_a_new_password_begins_where_one_logs_in(client):
    assert f'href="{FORGOTTEN}"' in client.get(reverse("admin:login")).content.decode()
    for page in (FORGOTTEN, reverse("password_reset_done"), reverse("password_reset_complete")):
        html = client.get(page).content.decode()
        assert gettext("International cooperation") in html
        assert 'id="nav-sidebar"' not in html
        assert f'href="{static("css/admin.css")}"' in html


@pytest.mark.parametrize(
    ("asked", "fields", "is_mailed"),
    [
        ("anna@example.org", {}, True),
        ("Anna@Example.org", {}, True),
        ("anna@example.org", {"password": "!invited"}, True),
        ("anna@example.org", {"password": "!logs in elsewhere", "last_login": NOON}, False),
        ("anna@example.org", {"is_active": False}, False),
        ("nobody@example.org", {}, False),
    ],
)
def test_a_new_password_is_mailed_to_who_has_an_account_and_the_answer_tells_nothing(client, asked, fields, is_mailed):
    user = make.UserFactory(email="anna@example.org")
    User.objects.filter(pk=user.pk).update(**fields)
    response = client.post(FORGOTTEN, {"email": asked}, headers={"host": "localhost"})
    assert (response.status_code, response.headers["Location"]) == (302, reverse("password_reset_done"))
    assert [message.to for message in mail.outbox] == ([["anna@example.org"]] if is_mailed else [])
    if is_mailed:
        assert "localhost" not in mail.outbox[0].body
        link = LINK.search(mail.outbox[0].body)[1]
        assert choose(client, link).request["PATH_INFO"] == reverse("password_reset_complete")


@pytest.mark.parametrize("key", ["MQ", "AA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "inte-en-nyckel"])
def test_a_forged_link_leads_nowhere(client, key):
    make.UserFactory()
    page = client.get(reverse("password_reset_confirm", args=[key, "abc-123"]))
    assert (page.status_code, page.context["validlink"]) == (200, False)


# Rising


def everything():
    return make.UserFactory(username="allt", is_superuser=True)


def may_more():
    """Somebody who is no superuser, but may change groups."""
    user = make.UserFactory(username="mer")
    user.user_permissions.add(Permission.objects.get(codename="change_group"))
    return user


def in_a_group_that_may_more():
    group = Group.objects.create(name="Drift")
    group.permissions.add(Permission.objects.get(codename="change_permission"))
    user = make.UserFactory(username="drift")
    user.groups.add(group)
    return user


@pytest.mark.parametrize("who", [everything, may_more, in_a_group_that_may_more])
def test_who_may_more_than_the_roles_is_only_looked_at(administrator, who):
    user = who()
    page = administrator.get(change(user))
    assert page.status_code == 200
    told = gettext("This account may do more than you can let anybody do, so you can only look at it.")
    assert told in page.content.decode()
    assert not re.search("is_superuser|algoritm|/password/", page.content.decode())
    password = {"password1": "en-lång-mening", "password2": "en-lång-mening", "set-password": "1"}
    tries = [
        (change(user), {"username": "mig", "email": "jag@example.org", "is_active": "on"}),
        (reverse("admin:auth_user_password_change", args=[user.pk]), password),
        (reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}),
    ]
    assert [administrator.post(place, sent).status_code for place, sent in tries] == [403, 403, 403]
    selected = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    administrator.post(LIST, selected)
    after = User.objects.get(pk=user.pk)
    assert (after.username, after.email, after.password) == (user.username, user.email, user.password)


def test_an_administrator_gives_roles_and_cannot_smuggle_in_more(administrator):
    beyond = Group.objects.create(name="Drift")
    beyond.permissions.add(Permission.objects.get(codename="delete_group"))
    within = Group.objects.create(name="Nyhetsbrev")
    within.permissions.add(Permission.objects.get(codename="change_notice"))
    for user in (User.objects.get(username="administratoren"), make.UserFactory()):
        page = administrator.get(change(user))
        offered = page.context["adminform"].form.fields["groups"].queryset
        assert [group.name for group in offered] == sorted([*ROLES, "Nyhetsbrev"])
        smuggled = {"is_superuser": "on", "user_permissions": [Permission.objects.get(codename="delete_group").pk]}
        form = filled_in(page, first_name="Ny", groups=[group.pk for group in offered]) | smuggled
        assert administrator.post(change(user), form).status_code == 302
        user = User.objects.get(pk=user.pk)
        assert (user.first_name, user.is_superuser, user.user_permissions.count()) == ("Ny", False, 0)
        assert set(user.groups.all()) == set(offered)
        response = administrator.post(change(user), form | {"groups": [beyond.pk]})
        assert len(error_at(response, "groups")) == 1
        assert beyond not in user.groups.all()


def test_who_may_do_everything_changes_what_is_beyond_the_roles(client):
    client.force_login(everything())
    user = may_more()
    form = filled_in(client.get(change(user)))
    assert {"is_staff", "user_permissions"} <= set(form)
    assert client.post(change(user), form | {"is_superuser": "on", "user_permissions": []}).status_code == 302
    user.refresh_from_db()
    assert (user.is_superuser, user.user_permissions.count()) == (True, 0)


def test_the_list_tells_who_has_which_role(administrator, django_assert_max_num_queries):
    for number in range(3):
        with_role("Redaktör", username=f"anna{number}", first_name="Anna", last_name="Exempelsson")
    with django_assert_max_num_queries(12):
        page = administrator.get(LIST)
    shown = page.context["cl"].model_admin
    assert [(user.username, shown.name(user), shown.roles(user)) for user in page.context["cl"].result_list][:2] == [
        ("administratoren", "", "Administratör"),
        ("anna0", "Anna Exempelsson", "Redaktör"),
    ]


def test_a_closed_account_keeps_its_name_in_the_history(administrator):
    anna = with_role("Redaktör", first_name="Anna", last_name="Exempelsson")
    town = make.TwinTownFactory()
    LogEntry.objects.log_actions(anna.pk, [town], 2, "Ändrade Namn.", single_object=True)
    form = filled_in(administrator.get(change(anna)))
    form.pop("is_active")
    assert administrator.post(change(anna), form).status_code == 302
    anna.refresh_from_db()
    assert anna.is_active is False
    administrator.force_login(make.UserFactory(is_superuser=True))
    history = administrator.get(reverse("admin:partnerships_twintown_history", args=[town.pk]))
    assert "Anna Exempelsson" in history.content.decode()
