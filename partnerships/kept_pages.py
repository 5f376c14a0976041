"""A public page as a whole response, ready to be sent in each encoding; and as many of them as fit in memory."""

import functools
import gzip
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import brotli
from django.utils.http import http_date
from isal import igzip

# Visitors and proxies ask again after a second; proxies may serve on for a day while the site does not answer.
FOR_A_SECOND = "public, max-age=1, stale-while-revalidate=1, stale-if-error=86400"
NOT_LONGER = "public, max-age=0, stale-if-error=86400"
SECONDS_TOLD = 2  # for which the first of the two lets others serve the page
# Pictures hardly gain by it.
COMPRESSIBLE = re.compile(r"text/|application/(json|xml|.+\+(json|xml))")
SENT_UNCHANGED = {"Cache-Control", "Content-Language", "ETag", "Last-Modified", "Vary"}


@dataclass
class KeptPage:
    """What a public address answers in one generation until a moment, in seconds since 1970.

    headers: those that Django gave it. bodies: by their encoding, "" for none.
    """

    number: int
    until: float
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]
    _heads: dict = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, number, until, headers, body, built):
        """The page as Django has just built it."""
        own = [(name, value) for name, value in headers if name not in ("Content-Length", "ETag", "Last-Modified")]
        return cls(number, until, [*own, ("Last-Modified", http_date(built))], {"": body})

    @property
    def size(self):
        """About how much memory it takes, in bytes."""
        return sum(map(len, self.bodies.values())) + 4000

    @functools.cached_property
    def digest(self):
        return hashlib.blake2b(self.bodies[""], digest_size=12).hexdigest()

    @functools.cached_property
    def is_compressible(self):
        return bool(COMPRESSIBLE.match(dict(self.headers).get("Content-Type", "")))

    @functools.cached_property
    def has_own_lifetime(self):
        """Whether the view has said for how long others may keep it."""
        return any(name == "Cache-Control" for name, _value in self.headers)

    @property
    def is_pressed(self):
        """Whether it is as small as it gets."""
        return "br" in self.bodies or not self.is_compressible

    def press(self):
        """Makes it as small as it gets. That takes as long as to build it, so nobody should wait for it."""
        body = self.bodies[""]
        self.bodies = {"": body, "gzip": gzip.compress(body, mtime=0), "br": brotli.compress(body)}

    def answer(self, environ, now):
        """(status, headers, body) for somebody who asks with GET or HEAD."""
        encoding = self._encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        head, length = self._head(encoding)
        if not self.has_own_lifetime:
            head = [*head, ("Cache-Control", FOR_A_SECOND if self.until - now > SECONDS_TOLD else NOT_LONGER)]
        known = environ.get("HTTP_IF_NONE_MATCH")
        # A proxy that has it less compressed than it is by now is sent it anew: it would hand that out for good.
        if known and (self._tag(encoding) in known or known.strip() == "*"):
            return "304 Not Modified", [header for header in head if header[0] in SENT_UNCHANGED], b""
        body = b"" if environ["REQUEST_METHOD"] == "HEAD" else self.bodies[encoding]
        return "200 OK", [*head, length], body

    def _tag(self, encoding):
        return f'"{self.digest}{encoding and "-" + encoding}"'

    def _encoding(self, accept):
        if not accept or not self.is_compressible:
            return ""
        accepted = accepted_encodings(accept)
        if "br" in accepted and "br" in self.bodies:
            return "br"
        if "gzip" not in accepted:
            return ""
        if "gzip" not in self.bodies:  # quickly, for now
            self.bodies = self.bodies | {"gzip": packed_quickly(self.bodies[""])}
        return "gzip"

    def _head(self, encoding):
        """(all headers but the length, the length)"""
        body = self.bodies[encoding]
        found = self._heads.get(encoding)
        if not found or found[0] is not body:
            head = [*self.headers, ("ETag", self._tag(encoding))]
            if self.is_compressible:
                head.append(("Vary", "Accept-Encoding"))
            if encoding:
                head.append(("Content-Encoding", encoding))
            found = self._heads[encoding] = body, (head, ("Content-Length", str(len(body))))
        return found[1]


def packed_quickly(text):
    """As gzip, for somebody who waits: in an eighth of the usual time, and a sixth larger."""
    return igzip.compress(text, 1, mtime=0)


@functools.lru_cache(256)
def accepted_encodings(accept):
    """The encodings, of those that pages come in, that an Accept-Encoding header takes."""
    found = set()
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name in ("br", "gzip") and not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters):
            found.add(name)
    return frozenset(found)


class PagesInMemory:
    """The pages that were asked for last, by key, together not larger than the limit, in bytes."""

    def __init__(self, limit):
        self.limit = limit
        self.size = 0
        self._pages = OrderedDict()
        self._turn = Lock()

    def __len__(self):
        return len(self._pages)

    def get(self, key):
        page = self._pages.get(key)
        if page is None:
            return None
        with self._turn:
            if key in self._pages:  # nobody has just put it out
                self._pages.move_to_end(key)
        return page[0]

    def put(self, key, page):
        size = page.size
        with self._turn:
            if key in self._pages:
                self.size -= self._pages.pop(key)[1]
            if size > self.limit // 8:
                return
            self._pages[key] = page, size
            self.size += size
            while self.size > self.limit:
                _key, (_page, gone) = self._pages.popitem(last=False)
                self.size -= gone
