"""Who works at the desk: accounts, which begin with an invitation, and their roles."""

import logging
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm, UsernameField
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships import inviting
from partnerships.admin.base import EditorAdmin
from partnerships.roles import ROLES, groups_to_give, may_manage

logger = logging.getLogger(__name__)

NAME = (None, {"fields": ["username"]})
PERSON = (_("Name and address"), {"fields": [("first_name", "last_name"), "email"]})
BEYOND_THE_ROLES = (_("Beyond the roles"), {"fields": ["is_staff", "is_superuser", "user_permissions"]})

admin.site.unregister([User, Group])


class InvitationForm(forms.ModelForm):
    class Meta:
        field_classes = {"username": UsernameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    clean_username = UserCreationForm.clean_username


@admin.register(User)
class SiteUserAdmin(EditorAdmin, UserAdmin):
    add_form = InvitationForm
    add_form_template = None
    list_display = ["username", "name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = ["user_permissions"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        PERSON,
        (_("At the desk"), {"fields": ["is_active", "groups", ("last_login", "date_joined")]}),
    ]
    add_fieldsets = [NAME, PERSON, (_("At the desk"), {"fields": ["groups"]})]

    def get_fieldsets(self, request, obj=None):
        """Only who may do everything lets others do more than the roles may; who only looks sees no password's hash."""
        fieldsets = super().get_fieldsets(request, obj)
        if not obj:
            return fieldsets
        if request.user.is_superuser:
            return [*fieldsets, BEYOND_THE_ROLES]
        return fieldsets if self.has_change_permission(request, obj) else [NAME, *fieldsets[1:]]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {
                "queryset": groups_to_give(request.user).order_by("name"),
                "widget": forms.CheckboxSelectMultiple,
                "label": _("Roles"),
                "help_text": _("What the account may do is what its roles may, taken together."),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def why_view_only(self, request, obj):
        if not may_manage(request.user, obj):
            return _("This account may do more than you can let anybody do, so you can only look at it.")
        return None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_invite"] = obj and self.has_change_permission(request, obj) and inviting.may_be_invited(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
            transaction.on_commit(partial(self._invite, request, obj))
        super().save_model(request, obj, form, change)

    def response_change(self, request, obj):
        if "_invite" in request.POST and inviting.may_be_invited(obj):
            transaction.on_commit(partial(self._invite, request, obj))
            return redirect(request.path)
        return super().response_change(request, obj)

    def _invite(self, request, user):
        link = inviting.link_for(user)
        told = {"email": user.email, "ends": inviting.link_ends(), "link": link}
        try:
            inviting.send_invitation(user, link)
        except OSError:
            logger.exception("Failed to send an invitation to user %s", user.pk)
            failure = gettext(
                "The account is kept, but the mail to %(email)s could not be sent. Hand over this link in another way;"
                " it works once, and until %(ends)s: %(link)s"
            )
            self.message_user(request, failure % told, messages.WARNING)
        else:
            success = gettext("An invitation is on its way to %(email)s. Its link works once, and until %(ends)s.")
            self.message_user(request, success % told, messages.SUCCESS)

    @admin.display(description=_("name"), ordering="first_name")
    def name(self, obj):
        return obj.get_full_name()

    @admin.display(description=_("Roles"))
    def roles(self, obj):
        return ", ".join(sorted(group.name for group in obj.groups.all()))


@admin.register(Group)
class SiteGroupAdmin(EditorAdmin, GroupAdmin):
    def why_view_only(self, request, obj):
        if obj.name in ROLES:
            return _("The site itself keeps this role as it is. To give other rights, add another group.")
        return None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("permissions__content_type")
