"""What robots may read."""

import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from partnerships.views.reading import kept

HALF_A_YEAR = 6  # months


@kept()
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@kept()
def security(request):
    """Whom to tell of a hole (RFC 9116); 404 where nobody has said. It holds for half a year from the month at hand."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 1 + HALF_A_YEAR, 12)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {datetime.date(year, month + 1, 1)}T00:00:00Z",
        f"Preferred-Languages: {', '.join(language for language, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
