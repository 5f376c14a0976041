"""The form for problems with accessibility: no cookie, no captcha, no name needed, nothing typed ever lost."""

from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partnerships.client_address import client_address
from partnerships.forms import TRAP, ReportForm, page_asked_about
from partnerships.models import AccessibilityReport
from partnerships.models.fields import in_each_language
from partnerships.reporting import TokenError, TooManyError, TooQuickError, new_token, read_token, take_report
from partnerships.views.errors import bad_request, too_large
from partnerships.views.reading import only_read
from partnerships.views.shell import page

HEADING = _("Report an accessibility problem")
NOT_SENT = format_lazy("{} {}", _("Not sent yet:"), HEADING)


@csrf_exempt  # the Origin header and the form's own token stand in for a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    if request.method == "POST":
        response = _refuse(request) or _receive(request)
    else:
        form = ReportForm(initial={"where": page_asked_about(request.GET.get("page", ""))})
        response = _show(request, form)
    return _unkept(response)


@only_read
def report_sent(request):
    title = _("Thank you for your report")
    description = _("Your report on the accessibility of this website has reached us.")
    return _unkept(_page(request, "report_sent", title, description=description, here=in_each_language("name", title)))


def _unkept(response):
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _refuse(request):
    """The answer to what no form of this site sends, or None."""
    if not _comes_from_here(request):
        response = _page(request, "report_refused", NOT_SENT, description=_("The report did not reach us."))
        response.status_code = 403
        return response
    try:
        is_ours = request.content_type == "application/x-www-form-urlencoded" and _is_clean(request.body)
    except RequestDataTooBig:
        return too_large(request)
    except UnreadablePostError:
        return bad_request(request)
    if not is_ours or any(len(values) > 1 for _name, values in request.POST.lists()):
        return bad_request(request)
    return None


def _comes_from_here(request):
    """Whether the browser says that a page of this site sent it; Django's own rule, but the header must be there."""
    origin = request.headers.get("Origin")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


def _is_clean(body):
    """Whether a form's body decodes to UTF-8 text without NUL."""
    try:
        return "\0" not in unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        return False


def _receive(request):
    token = request.POST.get("token", "")
    if request.POST.get(TRAP):
        return redirect("report-sent")  # no person filled this in; it need not know
    form = ReportForm(request.POST)
    try:
        known_by = read_token(token)
        if not form.is_valid():
            return _show(request, form, token)
        take_report(
            AccessibilityReport(**form.cleaned_data, token=known_by, language=get_language()),
            client_address(request),
        )
    except TokenError:
        return _show(request, form, send_again="old")
    except TooQuickError:
        return _show(request, form, token, send_again="quick")
    except TooManyError as flood:
        response = _show(request, form, token, minutes=-(-flood.seconds // 60))
        response.status_code = 429
        response.headers["Retry-After"] = str(flood.seconds)
        return response
    return redirect("report-sent")


def _show(request, form, token=None, *, send_again="", minutes=None):
    """The form, with all that was typed. Not sent, for no fault of what it says: send_again tells whether the token was
    too "old" or too "quick", minutes how long no more reports are taken."""
    is_sent_back = form.errors or send_again or minutes
    return _page(
        request,
        "report",
        NOT_SENT if is_sent_back else HEADING,
        description=_("Tell us when something on this website does not work for you. You need not say who you are."),
        form=form,
        token=token or new_token(),
        trap=TRAP,
        send_again=send_again,
        minutes=minutes,
    )


def _page(request, template, title, **context):
    return page(request, template, title=title, **{"here": in_each_language("name", HEADING)} | context)
