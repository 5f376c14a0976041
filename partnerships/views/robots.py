"""What robots may read."""

from django.conf import settings
from django.http import HttpResponse

from partnerships.views.reading import only_read


@only_read
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
