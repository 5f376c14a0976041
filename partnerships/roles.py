"""The roles at the desk: groups with exactly the rights that stand here.

The four groups are the site's own. After each migration they are made where they are missing and put right where
they differ, so a right added to one of them by hand does not stay. Whoever needs other rights gets a group beside
these. A group that was renamed is such a group from then on, and the role is made anew.
"""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Q

APPS = ("partnerships", "auth")
DRAFTED = "twintown agreement program network contact contactcentre page"

# Of each role: what it may do, with what. To change what is drafted is to write drafts of it.
ROLES = {
    "Internationell samordnare": [
        ("add change delete view publish", "contact program"),
        ("add change view", "twintown agreement network contactcentre image"),
        ("change view", "page specialday"),
    ],
    "Redaktör": [
        ("add change view", f"{DRAFTED} image"),
        ("view", "specialday"),
    ],
    "Publicist": [
        ("add change delete view publish", f"{DRAFTED} image"),
        ("add change delete view", "notice audience accessibilityreport"),
        ("change view", "specialday"),
    ],
    "Administratör": [
        ("add change delete view", "user audience"),
        ("add change view", "sitesettings"),
        # The settings choose among these.
        ("view", "contact contactcentre image"),
        ("view", "group accessibilityreport"),
    ],
}


def rights_of(role):
    """The codenames of the role's permissions."""
    return {
        f"{action}_{model}" for actions, models in ROLES[role] for action in actions.split() for model in models.split()
    }


def keep_roles(using=DEFAULT_DB_ALIAS, apps=current_apps, **_):
    """Makes the groups what they should be, as far as the database has come: `apps` is as it was migrated to.

    Takes what post_migrate tells, which for this app comes before Django has made the permissions: it is done here.
    """
    for label in APPS:
        create_permissions(current_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    try:
        groups, permissions = (apps.get_model("auth", name).objects.using(using) for name in ("Group", "Permission"))
    except LookupError:  # there are none at this point of the migrations
        return
    with transaction.atomic(using=using):
        for role in ROLES:
            group, _made = groups.get_or_create(name=role)
            group.permissions.set(permissions.filter(content_type__app_label__in=APPS, codename__in=rights_of(role)))


def _of(account):
    return Q(user=account) | Q(group__user=account)


def _out_of_reach(user):
    """The permissions that this user can let nobody have: neither a role's nor their own."""
    within = Permission.objects.filter(Q(group__name__in=ROLES) | _of(user))
    return Permission.objects.exclude(pk__in=within.values("pk"))


def groups_to_give(user):
    """The groups that the user may put others in, being allowed to change their accounts."""
    if user.is_superuser:
        return Group.objects.all()
    return Group.objects.exclude(permissions__in=_out_of_reach(user))


def may_manage(user, account):
    """Whether the account can do no more than the user could let it do: else to take it over would be to rise."""
    if user.is_superuser:
        return True
    return not account.is_superuser and not _out_of_reach(user).filter(_of(account)).exists()
