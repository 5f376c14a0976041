"""A draft as the public page it would be: saved in a transaction, drawn by the public view, and rolled back.

Nothing of it stays: neither rows nor search entries, nor what would happen once a transaction is committed.
"""

import copy
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext

from partnerships.admin.scheduled import NotPublishedError, replayed

LISTS = {
    "twintown": "towns",
    "agreement": "towns",
    "program": "programs",
    "network": "networks",
    "contact": "contact",
    "contactcentre": "contact-centre",
}
PLACES = ("own", "list", "landing")


class NothingToShowError(Exception):
    """Says in words why a draft cannot be shown yet."""


@dataclass(frozen=True)
class Preview:
    """What the bar above a previewed page says: the request's `preview` while it is drawn."""

    title: str
    language: str
    place: str
    left_out: list  # labels of the fields whose content is not valid yet, so that the page has what is stored
    addresses: list  # (words, address, is_here) of the other languages and places
    back: str  # the form's address; "" for somebody without an account


def preview_response(request, draft, user, language, place, address_of, back=""):
    """The public page as this user would publish it. address_of(language, place) is where the other previews are."""
    with transaction.atomic():
        try:
            opened = replayed(draft, user)
        except NotPublishedError as problem:
            raise NothingToShowError(str(problem)) from problem
        forms, left_out = showable(opened)
        obj = opened.save(forms)
        with translation.override(language):
            path = _path(obj, place)
            shown = Preview(
                draft.title, language, place, left_out, _addresses(draft, language, place, address_of), back
            )
            response = _drawn(request, path, language, shown)
        transaction.set_rollback(True)
    return for_nobody_else(response)


def for_nobody_else(response):
    """The response, never kept and never found."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def showable(opened):
    """(valid forms, the labels of what is not valid, and so left out): there, what is stored stands in."""
    value, left_out = copy.deepcopy(opened.value), []
    for _attempt in range(4):  # what one field's error hid may come up once it is gone
        forms = opened.forms(value)
        if forms.are_valid:
            return forms, left_out
        left_out += _put_right(opened, forms, value)
    raise NothingToShowError(gettext("Too much of it is missing or wrong: complete it first."))


def _put_right(opened, forms, value):
    """Replaces what is not valid in the value, and returns its labels."""
    labels = []
    for name in forms.form.errors:
        if name in forms.form.fields:
            labels.append(str(forms.form[name].label))
            for control in [control for control in value["fields"] if control == name or _is_part(control, name)]:
                value["fields"][control] = _stand_in(opened, control, labels[-1])
        elif opened.obj:  # about several fields, so no one of them can be named
            value["fields"] = dict(opened.live["fields"])
    for formset in forms.formsets:
        if formset.total_error_count():
            labels.append(str(formset.model._meta.verbose_name_plural))
            rows, live = value["rows"][formset.prefix], opened.live["rows"][formset.prefix]
            value["rows"][formset.prefix] = list(_valid_rows(formset, rows, live))
    return labels


def _valid_rows(formset, rows, live):
    """The rows, stored ones standing in for those that are not valid; just the stored where it is all together."""
    stored = {row["pk"]: row for row in live}
    if not any(formset.errors):
        yield from live
        return
    for row, errors in zip(sorted(rows, key=lambda row: not row["pk"]), formset.errors, strict=True):
        if not errors:
            yield row
        elif row["pk"]:
            yield stored[row["pk"]]


def _is_part(control, name):
    """Whether the control is one of the several that make up the field."""
    return control.startswith(f"{name}_") and control.removeprefix(f"{name}_").isdigit()


def _stand_in(opened, control, label):
    if opened.obj:
        return opened.live["fields"].get(control, [])
    if control == "slug":
        return [f"utkast-{opened.draft.pk}"]
    return [f"({label})"] if opened.value["fields"].get(control) == [""] else opened.live["fields"].get(control, [])


def _path(obj, place):
    if place == "landing":
        return reverse("landing")
    if place == "list" and obj._meta.model_name in LISTS:
        return reverse(LISTS[obj._meta.model_name])
    return urlsplit(obj.get_absolute_url()).path


def _addresses(draft, language, place, address_of):
    kind = draft.content_type.model
    words = {"own": gettext("Its own page"), "list": gettext("The list"), "landing": gettext("The front page")}
    places = [one for one in PLACES if one != "list" or kind in LISTS]
    found = [(words[one], address_of(language, one), one == place) for one in places]
    for code, name in (("sv", "Svenska"), ("en", "English")):
        found.append((name, address_of(code, place), code == language))
    return found


def _drawn(request, path, language, shown):
    """The public view's answer to a visitor who asks for this path."""
    visit = copy.copy(request)
    visit.method, visit.path, visit.path_info = "GET", path, path
    visit.GET, visit.POST, visit.user = QueryDict(), QueryDict(), AnonymousUser()
    visit.META = request.META | {"QUERY_STRING": "", "REQUEST_METHOD": "GET"}
    visit.LANGUAGE_CODE, visit.preview = language, shown
    visit.resolver_match = resolve(path)
    response = visit.resolver_match.func(visit, *visit.resolver_match.args, **visit.resolver_match.kwargs)
    if response.status_code != 200:
        raise Http404
    return response
