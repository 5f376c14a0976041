"""The roles: that the groups are what the table says, and what each may do, page by page."""

import datetime
from dataclasses import dataclass

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse
from django.utils.translation import gettext

from partnerships.admin.contacts import HolderInline
from partnerships.models import Contact, Image
from partnerships.models.drafts import drafted_models
from partnerships.roles import DRAFTED, ROLES, keep_roles, rights_of
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# A draft is opened on the form of what it is a draft of: see test_roles_and_drafts.
MODELS = {model.__name__: model for model in site._registry if model.__name__ != "Draft"}

# What each role may do: a add, c change, d delete, v view, p publish.
WRITTEN = ["TwinTown", "Agreement", "Program", "Network", "Contact", "ContactCentre", "Page", "Image"]
MAY = {
    "Internationell samordnare": {
        **dict.fromkeys(["Contact", "Program"], "acdvp"),
        **dict.fromkeys(["TwinTown", "Agreement", "Network", "ContactCentre", "Image"], "acv"),
        **dict.fromkeys(["Page", "SpecialDay"], "cv"),
    },
    "Redaktör": {**dict.fromkeys(WRITTEN, "acv"), "SpecialDay": "v"},
    "Publicist": {
        **dict.fromkeys(WRITTEN, "acdvp"),
        **dict.fromkeys(["Notice", "Audience", "AccessibilityReport"], "acdv"),
        "SpecialDay": "cv",
    },
    "Administratör": {
        **dict.fromkeys(["User", "Audience"], "acdv"),
        "SiteSettings": "acv",
        **dict.fromkeys(["Group", "AccessibilityReport", "Contact", "ContactCentre", "Image"], "v"),
    },
    "": {},
}
# What nobody does: special days come from the calendar, reports from visitors, and the site needs its pages.
NEVER = {"SpecialDay": "ad", "AccessibilityReport": "a", "SiteSettings": "ad", "Page": "d"}


@dataclass(frozen=True)
class Action:
    """A page that is opened or, where something is sent, its form as it came with this put in."""

    name: str
    needs: str  # letters, all of which are asked for
    page: str
    sent: dict | None = None


# The row is gone after the last of them.
ACTIONS = [
    Action("list", "v", "changelist"),
    Action("look", "v", "change"),
    Action("look at its history", "v", "history"),
    Action("begin another", "a", "add"),
    Action("add", "a", "add", {"_save": "1"}),
    Action("save", "c", "change", {"_save": "1"}),
    Action("ask to delete", "d", "delete"),
    Action("delete", "d", "delete", {"post": "yes"}),
]


def new_values(name):
    """What an empty form lacks."""
    words = {"slug": "ny", "name_sv": "Ny"}
    return {
        "TwinTown": words | {"country_sv": "Exempelland"},
        "Agreement": {"name_sv": "Ny", "kind": "twin-town", "end": "open"},
        "Program": words,
        "Network": words,
        "Contact": words,
        "ContactCentre": words | {"street_address": "Exempelgatan 2", "locality": "Exempelstad"},
        "Page": {"key": "contact", "title_sv": "Ny"},
        "Image": {"title": "Ny", "alt_sv": "Ny", "file": SimpleUploadedFile("ny.png", make._png(200))},
        "Notice": {"text_sv": "Ny"},
        "Audience": words,
        "User": {"username": "ny", "email": "ny@example.org"},
    }[name]


def a_row_of(name):
    if name == "Group":
        return Group.objects.create(name="Sommarvikarier")
    special = {
        "SpecialDay": {"day": datetime.date(2099, 12, 31)},
        "Page": {"key": "landing"},
    }
    return getattr(make, f"{name}Factory")(**special.get(name, {}))


def address(name, page, *args):
    opts = MODELS[name]._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


def somebody(client, role):
    """The client of somebody at the desk with this role, or with none."""
    user = make.UserFactory()
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def answer(client, action, name, row, *, is_allowed):
    """The status. Only who is allowed has the form to fill in; others send as much as a forger would."""
    place = address(name, action.page, *([row.pk] if action.page not in {"changelist", "add"} else []))
    if action.sent is None:
        return client.get(place, follow=True).status_code
    form = {}
    if is_allowed and action.page in {"add", "change"}:
        form = filled_in(client.get(place)) | (new_values(name) if action.page == "add" else {})
    return client.post(place, form | action.sent).status_code


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("role", MAY, ids=lambda role: role or "none")
def test_each_role_does_what_it_may_and_nothing_else(client, role, name):
    client = somebody(client, role)
    letters = set(MAY[role].get(name, "")) - set(NEVER.get(name, ""))
    row, got, wanted = a_row_of(name), {}, {}
    for action in ACTIONS:
        is_allowed = letters >= set(action.needs)
        wanted[action.name] = (200 if action.sent is None else 302) if is_allowed else 403
        got[action.name] = answer(client, action, name, row, is_allowed=is_allowed)
    assert got == wanted


@pytest.mark.parametrize("role", MAY, ids=lambda role: role or "none")
def test_the_right_to_publish_is_told_by_the_role(role):
    user = make.UserFactory()
    user.groups.set(Group.objects.filter(name=role))
    may = {name for name in WRITTEN if user.has_perm(f"partnerships.publish_{name.lower()}")}
    assert may == {name for name, letters in MAY[role].items() if "p" in letters}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_whoever_is_not_logged_in_is_asked_to(client, action):
    row = make.TwinTownFactory()
    place = address("TwinTown", action.page, *([row.pk] if action.page not in {"changelist", "add"} else []))
    response = client.get(place) if action.sent is None else client.post(place, action.sent)
    assert response.headers["Location"] == f"{reverse('admin:login')}?next={place}"


def test_every_page_of_the_site_can_be_added_where_it_is_missing(client):
    for key in ["landing", "towns"]:
        make.PageFactory(key=key)
    assert somebody(client, "Redaktör").get(address("Page", "add")).status_code == 200
    assert somebody(client, "Internationell samordnare").get(address("Page", "add")).status_code == 403


# Rows on a form


@pytest.mark.parametrize(
    ("role", "is_open"), [("Internationell samordnare", True), ("Redaktör", True), ("Administratör", False)]
)
def test_the_right_to_a_form_is_the_right_to_its_rows(client, role, is_open):
    holder = make.ContactHolderFactory(name="Förnamn Exempelsson")
    page = somebody(client, role).get(address("Contact", "change", holder.contact_id))
    assert "Förnamn Exempelsson" in page.content.decode()
    form = filled_in(page)
    assert ("holders-0-name" in form, form["holders-MAX_NUM_FORMS"]) == (
        (True, ["1000"]) if is_open else (False, ["0"])
    )


@pytest.mark.parametrize(
    ("codenames", "of_what_is_there", "of_what_is_new"),
    [
        (["view_twintown"], "", ""),
        (["view_contact"], "v", "v"),
        (["view_contact", "change_contact"], "vacd", "v"),
        (["view_contact", "add_contact"], "v", "vacd"),
    ],
)
def test_each_right_to_a_row_follows_from_the_form(rf, codenames, of_what_is_there, of_what_is_new):
    request = rf.get("/")
    request.user = make.UserFactory()
    request.user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    rows = HolderInline(Contact, site)
    rights = {
        "v": rows.has_view_permission,
        "a": rows.has_add_permission,
        "c": rows.has_change_permission,
        "d": rows.has_delete_permission,
    }
    for obj, letters in ((make.ContactFactory(), of_what_is_there), (None, of_what_is_new)):
        assert "".join(letter for letter, has in rights.items() if has(request, obj)) == letters


# Pictures


@pytest.mark.parametrize(
    ("role", "is_shown", "status"),
    [
        ("Redaktör", False, 302),
        ("Redaktör", True, 403),
        ("Internationell samordnare", True, 403),
        ("Publicist", True, 302),
    ],
)
def test_a_picture_that_the_public_sees_is_changed_by_who_may_publish(client, role, is_shown, status):
    image = make.ImageFactory(title="Förut")
    make.TwinTownFactory(image=image, state="published" if is_shown else "withdrawn")
    client = somebody(client, role)
    place = address("Image", "change", image.pk)
    page = client.get(place)
    told = gettext(
        "The public sees this picture, so only those who may publish pictures change it. Ask one of them, or "
        "add another picture."
    )
    assert (told in page.content.decode()) == (status == 403)
    assert client.post(place, filled_in(page, title="Nu")).status_code == status
    assert Image.objects.get().title == ("Förut" if status == 403 else "Nu")


# The groups


def kept():
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.prefetch_related("permissions")
    }


WANTED = {role: rights_of(role) for role in ROLES}


def test_each_migration_leaves_the_four_groups():
    assert kept() == WANTED


def test_the_table_names_every_drafted_model():
    assert set(DRAFTED.split()) == {model._meta.model_name for model in drafted_models()}


def test_what_was_changed_in_a_role_is_put_right_and_other_groups_stay():
    editors, publishers = Group.objects.get(name="Redaktör"), Group.objects.get(name="Publicist")
    editors.permissions.set(Permission.objects.filter(codename__in=["view_page", "delete_user"]))
    publishers.name = "Webbredaktionen"
    publishers.save()
    Group.objects.get(name="Administratör").delete()
    keep_roles()
    keep_roles()
    assert kept() == WANTED | {"Webbredaktionen": rights_of("Publicist")}
    assert Group.objects.get(name="Redaktör") == editors


def test_nobody_changes_a_role_by_hand(client):
    client.force_login(make.UserFactory(is_superuser=True))
    own = Group.objects.create(name="Sommarvikarier")
    for group, status in ((own, 302), (Group.objects.get(name="Redaktör"), 403)):
        place = address("Group", "change", group.pk)
        assert client.get(place).status_code == 200
        assert client.post(place, {"name": "Annat", "permissions": []}).status_code == status
        assert client.post(address("Group", "delete", group.pk), {"post": "yes"}).status_code == status
    selected = {"action": "delete_selected", "_selected_action": Group.objects.values_list("pk", flat=True)}
    client.post(address("Group", "changelist"), selected | {"post": "yes"})
    assert kept() == WANTED


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_the_roles_again():
    call_command("flush", interactive=False, verbosity=0)
    assert kept() == WANTED


@pytest.mark.parametrize(
    ("migrated_to", "is_made"),
    [
        ([("contenttypes", "0002_remove_content_type_name")], False),
        ([("auth", "0012_alter_user_first_name_max_length")], True),
        ([("partnerships", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")], True),
    ],
)
def test_a_database_that_is_half_migrated_has_what_it_can(migrated_to, is_made):
    Group.objects.all().delete()
    keep_roles(apps=MigrationLoader(connection).project_state(migrated_to).apps)
    assert set(kept()) == (set(ROLES) if is_made else set())
