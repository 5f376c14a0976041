"""What robots may read."""

from django.conf import settings
from django.http import HttpResponse

from partnerships.views.reading import kept


@kept()
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
