"""Deleting: all that was asked for or nothing, and nothing that is chosen elsewhere."""

from django.contrib import admin
from django.contrib.admin import actions
from django.db import IntegrityError, transaction

from partnerships.admin.places import links_to_choices


class CarefulDeletion:
    def get_deleted_objects(self, objs, request):
        """What is chosen elsewhere is refused with the places, whether or not one may change those."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        places = links_to_choices(self.model, [obj.pk for obj in objs])
        if places:
            return deleted, counts, set(), places
        return deleted, counts, perms_needed, protected

    def delete_view(self, request, object_id, extra_context=None):
        def view():
            return super(CarefulDeletion, self).delete_view(request, object_id, extra_context)

        return _asked_again(view)


@admin.action(permissions=["delete"], description=actions.delete_selected.short_description)
def delete_selected(model_admin, request, queryset):
    return _asked_again(lambda: actions.delete_selected(model_admin, request, queryset.all()))


def _asked_again(view):
    """What the view answers; a second time where somebody chose the thing between its check and its deletion.

    Then its check finds the place.
    """
    try:
        with transaction.atomic():
            return view()
    except IntegrityError:
        return view()


admin.site.add_action(delete_selected)
