"""The WSGI application that the server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trollhattan_intl.settings")

application = get_wsgi_application()
if settings.PAGE_CACHE_MB:
    from partnerships.kept_pages import PagesInMemory
    from partnerships.page_cache import PageCache
    from partnerships.page_slots import Slots
    from partnerships.release import release_digest

    application = PageCache(
        application, Slots(settings.DATA_DIR / "pages", release_digest()), PagesInMemory(settings.PAGE_CACHE_MB * 2**20)
    )
