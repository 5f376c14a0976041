"""A button that was pressed on a drafted form: what was sent with it, and what of it is kept."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from partnerships.admin.form_shown import shown
from partnerships.admin.open_form import OpenForm
from partnerships.admin.started import Started, digest
from partnerships.publishing.form_data import merge
from partnerships.publishing.rights import may_publish


@dataclass
class Act:
    opened: OpenForm
    started: Started
    sent: dict

    def __post_init__(self):
        opened, started = self.opened, self.started
        draft, base = opened.draft, started.value or opened.value
        if draft and started.form and draft.form.startswith(f"{started.form}."):
            base = draft.sent  # the form wrote the draft itself, whether or not it got to know
        self.value, self.conflicts = merge(base, self.sent, opened.value)
        if started.live and started.live != digest(opened.live):
            self.conflicts += opened.conflicts  # they came up since the form was opened

    @property
    def request(self):
        return self.opened.request

    @property
    def admin(self):
        return self.opened.model_admin

    @property
    def may_publish(self):
        return may_publish(self.request.user, self.admin.model)

    def keep(self, *, by_itself=False):
        """Writes what was sent into the draft. None where nothing differs from what is stored, and there was no draft.

        by_itself: nobody pressed a button, so nobody has decided what is to stand of two versions.
        """
        opened = self.opened
        if opened.draft is None and self.value == opened.live:
            return None
        is_undecided = by_itself and opened.conflicts
        opened.keep(self.value, opened.draft.base if is_undecided else opened.live, self.started, self.sent)
        return opened.draft

    def tell(self, words, level=messages.SUCCESS):
        self.admin.message_user(self.request, words, level)

    def back_to_the_form(self):
        opened = self.opened
        if opened.draft and opened.draft.pk:
            return HttpResponseRedirect(opened.draft.get_absolute_url())
        opts = self.admin.opts
        name = f"admin:{opts.app_label}_{opts.model_name}"
        return HttpResponseRedirect(
            reverse(f"{name}_change", args=[opened.obj.pk]) if opened.obj else reverse(f"{name}_add")
        )

    def show(self, **more):
        """The form with all that was sent in it."""
        return shown(self.opened, self.value, **more)

    def valid_forms(self):
        """The forms to publish; None where something has to be completed first."""
        forms = self.opened.forms(self.value)
        return forms if forms.are_valid else None


def unless_both_changed(act):
    """The act, which is shown both versions instead where somebody else has changed the same meanwhile."""

    @wraps(act)
    def careful(given, **options):
        if given.conflicts:
            return given.show(conflicts=given.conflicts)
        if given.value != given.sent and given.started.value and given.opened.value != given.started.value:
            given.tell(gettext("Somebody else has changed this meanwhile. Their changes are here too."), messages.INFO)
        return act(given, **options)

    return careful


def for_publishers(act):
    @wraps(act)
    def guarded(given):
        if not given.may_publish:
            raise PermissionDenied
        return act(given)

    return guarded
