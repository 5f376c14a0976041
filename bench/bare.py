"""The site's addresses, and one view that does nothing: what a request costs before any page is made."""

from django.http import HttpResponse
from django.urls import path

from trollhattan_intl.urls import (  # noqa: F401 the root of addresses names the pages of errors too
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns,
)


def nothing(request):
    return HttpResponse("ok")


# Last, so that all the site's own patterns that come before a page's are tried for it too.
urlpatterns = [*urlpatterns, path("bar/", nothing)]
