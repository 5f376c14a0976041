"""Django's own users and groups, with this site's care for forged input."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from partnerships.admin.base import EditorAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class SiteUserAdmin(EditorAdmin, UserAdmin):
    pass


@admin.register(Group)
class SiteGroupAdmin(EditorAdmin, GroupAdmin):
    pass
