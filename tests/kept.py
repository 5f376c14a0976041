"""The site as visitors meet it: with the page cache in front of it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from partnerships.generation_bell import Bell
from partnerships.generation_watch import Watch
from partnerships.kept_pages import PagesInMemory
from partnerships.page_cache import PageCache
from partnerships.page_slots import Slots
from tests.test_page_cache import Answer


class _AsksAlways(Watch):
    """Reads the generation in the test's own thread, and for each request: what a test writes is there at once."""

    def fresh_number(self):
        self.look()
        return self.number


class Visitor:
    def __init__(self, folder):
        slots = Slots(folder / "pages", "test")
        watch = _AsksAlways(Bell(folder / "bell"))
        self.cache = PageCache(get_wsgi_application(), slots, PagesInMemory(2**24), watch)

    def get(self, address, method="GET", **headers):
        path, _mark, query = address.partition("?")
        host = next(name for name in settings.ALLOWED_HOSTS if name != "testserver")
        return Answer(self.cache, path, query, method, {"host": host} | headers)

    def is_kept(self, address):
        """Whether it is, once it was asked for."""
        count = len(self.cache._memory)
        self.get(address)
        return len(self.cache._memory) == count + 1
