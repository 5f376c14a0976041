"""Rows on the form of what they are a part of."""

from partnerships.admin.base import EditorFields


class PartRows(EditorFields):
    """For inlines: the right to the form is the right to its rows."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return self._whole.has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._whole.has_change_permission(request, obj) if obj else self._whole.has_add_permission(request)

    has_add_permission = has_delete_permission = has_change_permission

    @property
    def _whole(self):
        return self.admin_site.get_model_admin(self.parent_model)
