"""The buttons of a drafted form that change what the public sees: now, at a set time, or no longer."""

from functools import wraps

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.act import for_publishers, unless_both_changed
from partnerships.admin.publishing_form import publish_form
from partnerships.choices import PublicationState
from partnerships.publishing import keeping, revising


@unless_both_changed
def publish(act):
    if not act.may_publish:
        act.keep()
        act.tell(gettext("Saved as a draft: you may not publish this. Send it for approval instead."), messages.WARNING)
        return act.back_to_the_form()
    forms = act.valid_forms()
    if not forms:
        act.keep()
        return act.show(is_refused=True)
    request = act.request
    note = request.POST.get("revision_note", "").strip()[:500]
    obj, changed = publish_form(act.opened, forms, note=note)
    if changed:
        link = format_html('<a href="{}">{}</a>', obj.get_absolute_url(), gettext("See the page"))
        act.tell(format_html("{} {}", gettext("“%(title)s” is published.") % {"title": obj}, link))
    else:
        act.tell(gettext("Nothing was changed: it is as it was."), messages.INFO)
    act.admin.warn_of(request, obj)
    return act.admin.response_post_save_change(request, obj)


@for_publishers
@unless_both_changed
def schedule(act):
    moment = _moment(act, "publish_at")
    if not moment:
        return act.show()
    if not act.keep():
        act.tell(gettext("Nothing has been changed, so there is nothing to publish later."), messages.INFO)
        return act.back_to_the_form()
    if not act.valid_forms():
        return act.show(is_refused=True)
    keeping.schedule(act.opened.draft, act.request.user, moment)
    act.tell(gettext("It will be published %(moment)s.") % {"moment": _told(moment)})
    return act.back_to_the_form()


@for_publishers
@unless_both_changed
def unschedule(act):
    draft = act.keep()
    if draft:
        keeping.unschedule(draft)
        act.tell(gettext("It will not be published by itself any more. The draft is kept."))
    return act.back_to_the_form()


def _moment(act, name):
    """The moment ahead that was chosen; None where it cannot be read or has passed: then one is told."""
    field = django_forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"])
    try:
        moment = field.clean(act.request.POST.get(name, "").strip())
    except ValidationError:
        act.tell(gettext("Choose a day and a time."), messages.ERROR)
        return None
    if moment <= timezone.now():
        act.tell(gettext("Choose a time that lies ahead."), messages.ERROR)
        return None
    return moment


def _told(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _change_publication(act, words, note, **values):
    """What is live is seen from now on as these say; what was sent is kept as a draft."""
    act.keep()
    obj = act.opened.obj
    revising.record_as_it_was(obj)
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save(update_fields=[*values, "updated_at"])
    act.admin.log_change(act.request, obj, [{"changed": {"fields": [str(_("state"))]}}])
    revising.record(obj, user=act.request.user, note=note)
    act.tell(words)
    return act.back_to_the_form()


def _of_what_is_stored(change):
    @for_publishers
    @unless_both_changed
    @wraps(change)
    def guarded(act):
        return change(act) if act.opened.obj else act.back_to_the_form()

    return guarded


@_of_what_is_stored
def withdraw(act):
    words = gettext("Withdrawn: the public does not see it any more.")
    return _change_publication(act, words, gettext("Withdrawn."), state=PublicationState.WITHDRAWN)


@_of_what_is_stored
def withdraw_later(act):
    moment = _moment(act, "withdraw_at")
    if not moment:
        return act.show()
    words = gettext("It will be withdrawn %(moment)s.") % {"moment": _told(moment)}
    return _change_publication(act, words, words, published_until=moment)


@_of_what_is_stored
def keep_on(act):
    words = gettext("It stays published until somebody withdraws it.")
    return _change_publication(act, words, words, published_until=None)
