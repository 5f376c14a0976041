"""Every address of the site: the admin, what has no language, and the pages, Swedish at / and English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from partnerships.admin import passwords
from partnerships.urls import pages_in_each_language, unprefixed

urlpatterns = [
    path("admin/", include(passwords.addresses)),
    path("admin/", admin.site.urls),
    path("", include(unprefixed)),
    *i18n_patterns(path("", include(pages_in_each_language)), prefix_default_language=False),
]

handler400 = "partnerships.views.errors.bad_request"
handler403 = "partnerships.views.errors.permission_denied"
handler404 = "partnerships.views.errors.not_found"
handler500 = "partnerships.views.errors.server_error"
