"""Public pages as cheap as files: whole responses kept in front of Django, under the generation of public content.

A page is kept until the generation moves on or time makes it read differently. Pages of views without `kept_by`, and
whatever is asked for with a session, go past all of this.
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from partnerships.address_rules import is_clean, is_too_long, language_of, own_values
from partnerships.generation_bell import Bell
from partnerships.generation_watch import Watch
from partnerships.kept_pages import KeptPage, PagesInMemory
from partnerships.page_slots import Slots
from partnerships.release import release_digest

logger = logging.getLogger(__name__)

WISH = "partnerships.wish"  # in the WSGI environment of a request whose page is to be kept
MOST_ADDRESSES = 10_000
MOST_ATTEMPTS = 3
# As somebody asks of whom nothing is known.
_PLAINLY = {"REQUEST_METHOD": "GET", "HTTP_COOKIE": "", "HTTP_IF_NONE_MATCH": "", "HTTP_IF_MODIFIED_SINCE": ""}


@dataclass
class Wish:
    """That a page be kept. KeepPagesMiddleware grants it, or not."""

    number: int | None = None
    until: float = 0

    @property
    def is_granted(self):
        return self.number is not None

    def grant(self, number, until):
        """number: the generation that the page is of. until: when it will read differently, in seconds since 1970."""
        self.number, self.until = number, until


class PageCache:
    """WSGI middleware around a Django application."""

    def __init__(self, application, slots, memory, watch):
        self._application, self._slots, self._memory, self._watch = application, slots, memory, watch
        self._parameters = {}  # {address: the query parameters that its page depends on}, of pages that were kept
        self._presses = ThreadPoolExecutor(1, "page-press")
        self._being_pressed = set()

    def __call__(self, environ, start_response):
        if not _is_for_everybody(environ):
            return self._past(environ, start_response)
        address, query = _address(environ), environ.get("QUERY_STRING")
        names = self._parameters.get(address)
        if names is None:
            names = own_parameters(environ["PATH_INFO"])
            if names is None:
                return self._application(environ, start_response)
        values = own_values(query, names) if query and names else ()
        key = (address, values) if values else address
        page = self._memory.get(key)
        if not self._holds(page, self._watch.fresh_number()):
            page = self._shared_or_built(key, environ)
            if not isinstance(page, KeptPage):
                return page.answer(environ, start_response)
            self._remember(address, names)
        elif not page.is_pressed:
            self._press(key, page)
        status, headers, body = page.answer(environ, time.time())
        start_response(status, headers)
        return [body]

    def _past(self, environ, start_response):
        answer = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            # Whoever has changed something sees it at once.
            self._watch.tell()
        return answer

    def _holds(self, page, number):
        return page is not None and page.number == number and page.until > time.time()

    def _shared_or_built(self, key, environ):
        """The KeptPage, or the Built answer where that is not to be kept. One builds a page, the others wait for it."""
        self._watch.look()
        with self._slots.turn(key) as slot:
            for page in (self._memory.get(key), slot.read()):
                if self._holds(page, self._watch.number):
                    break
            else:
                page = self._built(environ)
                if isinstance(page, KeptPage):
                    slot.write(page)
        if isinstance(page, KeptPage):
            self._memory.put(key, page)
        return page

    def _built(self, environ):
        for _attempt in range(MOST_ATTEMPTS):
            wish, now = Wish(), time.time()
            built = Built.by(self._application, environ | _PLAINLY | {WISH: wish})
            if not wish.is_granted:
                return built
            if wish.until > time.time():
                break
            # Time has gone past that moment meanwhile: some of the page may be from before it, and some from after.
        return KeptPage.of(wish.number, wish.until, built.headers, built.body, now)

    def _remember(self, address, names):
        if len(self._parameters) >= MOST_ADDRESSES:
            self._parameters.clear()
        self._parameters[address] = names

    def _press(self, key, page):
        """Compresses a page that has been asked for again, as well as can be, while nobody waits for it."""
        if key not in self._being_pressed:
            self._being_pressed.add(key)
            self._presses.submit(self._do_press, key, page)

    def _do_press(self, key, page):
        try:
            page.press()
            self._memory.put(key, page)
            with self._slots.turn(key) as slot:
                shared = slot.read()
                if shared and shared.number == page.number:
                    slot.write(page)
        except Exception:
            logger.exception("A page could not be compressed")
        finally:
            self._being_pressed.discard(key)


@dataclass
class Built:
    """What the application has just answered."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @classmethod
    def by(cls, application, environ):
        begun = []
        parts = application(environ, lambda status, headers, error=None: begun.append((status, headers)))
        try:
            return cls(*begun[-1], b"".join(parts))
        finally:
            parts.close()

    def answer(self, environ, start_response):
        start_response(self.status, self.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else self.body]


def page_cache(application):
    """The PageCache around the application that the settings ask for."""
    folder = settings.DATA_DIR / "pages"
    memory = PagesInMemory(settings.PAGE_CACHE_MB * 2**20)
    return PageCache(application, Slots(folder, release_digest()), memory, Watch(Bell(folder / "bell")))


def own_parameters(path):
    """The names of the query parameters that the page at this path depends on; None where it is not to be kept."""
    path = path.encode("latin-1").decode(errors="replace")
    with translation.override(language_of(path)):
        try:
            view = resolve(path).func
        except Resolver404:
            return None
    return getattr(view, "kept_by", None)


def _is_for_everybody(environ):
    """Whether it is asked without a session, in a way that is answered alike for all."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not _has_session(environ.get("HTTP_COOKIE", ""))
        and "HTTP_AUTHORIZATION" not in environ
        and is_clean(environ.get("QUERY_STRING", ""))
        and not is_too_long(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
    )


def _has_session(cookies):
    name = settings.SESSION_COOKIE_NAME
    return name in cookies and any(cookie.partition("=")[0].strip() == name for cookie in cookies.split(";"))


def _address(environ):
    """What tells the pages of this server apart, but for their queries."""
    return environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_PROTO") == "https", environ["PATH_INFO"]
