"""Tells whoever has a form open who else has."""

from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import JsonResponse
from django.urls import Resolver404, path, resolve, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from partnerships.admin.base import is_key
from partnerships.models.drafts import drafted_models
from partnerships.publishing import form_use
from partnerships.publishing.rights import may_see


def urls(admin_site):
    return [path("present/", admin_site.admin_view(present), name="partnerships_present")]


@require_POST
def present(request):
    """Marks the form at `address` as open; with `left`, as no longer so."""
    form = _form_at(request.POST.get("address", ""))
    if not form:
        raise BadRequest("The address must be that of a drafted thing's form.")
    model, address = form
    if not may_see(request.user, model):
        raise PermissionDenied
    if "left" in request.POST:
        form_use.leave(address, request.user)
        return JsonResponse({"words": ""})
    return JsonResponse({"words": _others_here(address, request.user)})


def presence_context(request, address):
    """For admin/presence.html, when the form at this address is shown. Marks it as open."""
    _model, address = _form_at(address)
    return {"presence_words": _others_here(address, request.user)}


def _others_here(address, user):
    if not address:
        return ""
    form_use.mark(address, user)
    names = [other.get_full_name() or other.get_username() for other in form_use.others(address, user)]
    if not names:
        return ""
    return ngettext("%(names)s has this form open, too.", "%(names)s have this form open, too.", len(names)) % {
        "names": get_text_list(names, gettext("and"))
    }


def _form_at(address):
    """(model, its form's address in the one spelling that is marked), or None where there is no such form.

    Of a new thing without a draft there are as many forms as people who have one open: its address is "".
    """
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    for model in drafted_models():
        form = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if match.view_name == f"{form}_change" and is_key(match.kwargs["object_id"]):
            return model, reverse(f"{form}_change", args=[int(match.kwargs["object_id"])])
        if match.view_name == f"{form}_add":
            [*_, draft] = parse_qs(parts.query).get("draft", [""])
            return model, f"{reverse(f'{form}_add')}?draft={int(draft)}" if is_key(draft) else ""
    return None
