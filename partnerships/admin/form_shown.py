"""A drafted form as a page: the forms, what state the draft is in, and what differs from what is public."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from partnerships.admin.places import used_in_context
from partnerships.admin.presence import presence_context
from partnerships.admin.preview_links import with_addresses
from partnerships.admin.reviewing import reviews_context
from partnerships.admin.started import sealed
from partnerships.admin.told_differences import tell
from partnerships.choices import PublicationState
from partnerships.publishing.form_data import differences
from partnerships.publishing.rights import may_publish


def shown(opened, value=None, *, conflicts=(), is_refused=False, empty_rows=()):
    """The page. value: what stands in the form, the draft unless told.

    conflicts: the Differences to choose between, theirs before, one's own after. is_refused: somebody wanted to
    publish or to submit what is not complete. empty_rows: prefixes that get one more row.
    """
    admin, request, obj, draft = opened.model_admin, opened.request, opened.obj, opened.draft
    if value is None and draft:
        value = opened.value
    forms = opened.unbound if value is None else opened.forms(value, empty_rows)
    conflicts = conflicts or opened.conflicts
    context = admin.form_context(request, opened, forms) | {
        "started_from": sealed(opened.value, opened.live),
        "draft": draft,
        "conflicts": tell(admin, request, obj, conflicts) if conflicts else [],
        "differences": tell(admin, request, obj, differences(opened.live, opened.value)) if draft and obj else [],
        "is_refused": is_refused,
        "may_publish": may_publish(request.user, admin.model),
        "is_public": bool(obj and admin.is_public(obj)),
        "can_discard": bool(draft),
        "links": with_addresses(draft) if draft else [],
        "not_public": _why_not_public(obj) if obj and not admin.is_public(obj) else "",
        "address": draft.get_absolute_url() if draft else request.path,
        "may_write": admin.has_change_permission(request, obj) if obj else True,
    }
    context |= presence_context(request, context["address"])
    if obj:
        context |= used_in_context(obj) | reviews_context(request, obj)
    return admin.render_change_form(request, context, add=obj is None, change=obj is not None, obj=obj)


def _why_not_public(obj):
    if obj.state == PublicationState.PUBLISHED and obj.published_from and obj.published_from > timezone.now():
        return gettext("The public sees it from %(moment)s on.") % {"moment": _told(obj.published_from)}
    if obj.state == PublicationState.PUBLISHED:
        return gettext("The time until which it was public has passed: the public does not see it.")
    if obj.state == PublicationState.WITHDRAWN:
        return gettext("Withdrawn: the public does not see it. Publish it to show it again.")
    return gettext("Not published: the public does not see it.")


def _told(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
