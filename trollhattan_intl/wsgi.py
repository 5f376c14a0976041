"""The WSGI application that the server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trollhattan_intl.settings")

application = get_wsgi_application()
if settings.PAGE_CACHE_MB:
    from partnerships.page_cache import page_cache

    application = page_cache(application)
