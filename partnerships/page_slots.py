"""Pages that one process has built, for the others on the same machine; and whose turn it is to build one.

A fixed number of files, a page in each. Which file is a page's own follows from its key; where two pages share one,
the later takes the place of the earlier. A lock on the file is the turn to build: it ends with whoever holds it.
"""

import fcntl
import hashlib
import json
import logging
import time
from contextlib import contextmanager, suppress

from partnerships.kept_pages import KeptPage

logger = logging.getLogger(__name__)

COUNT = 1024
LARGEST = 1_000_000  # bytes
# Seconds: for how long to wait for somebody who builds the page, and how often to look whether that is done.
PATIENCE, EVERY = 10, 0.002


class Slots:
    """release: what, besides the database, pages are made of; others' pages are not for those of another release."""

    def __init__(self, folder, release):
        self._folder, self._release = folder, release

    @contextmanager
    def turn(self, key):
        """The Slot of the page with this key, held by nobody else; one that keeps nothing where files are not to be
        had, or whoever holds it takes too long."""
        name = hashlib.blake2b(repr(key).encode(), digest_size=8).digest()
        with self._file(int.from_bytes(name) % COUNT) as file:
            yield Slot(file, [self._release, repr(key)])

    @contextmanager
    def _file(self, number):
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = (self._folder / f"{number:04}").open("a+b", buffering=0)
        except OSError as error:
            logger.warning("Pages cannot be shared: %s", error)
            yield None
            return
        with file:
            yield file if _lock(file) else None


def _lock(file):
    """Whether it could be had in good time."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(EVERY)


class Slot:
    def __init__(self, file, name):
        self._file, self._name = file, name

    def read(self):
        """The KeptPage, or None where there is another page or none, or one that was not written to its end."""
        if not self._file:
            return None
        self._file.seek(0)
        digest, _end, content = self._file.read().partition(b"\n")
        if digest != _digest(content):
            return None
        told, _end, rest = content.partition(b"\n")
        told = json.loads(told)
        if told["name"] != self._name:
            return None
        bodies = {}
        for encoding, length in told["lengths"].items():
            bodies[encoding], rest = rest[:length], rest[length:]
        return KeptPage(told["number"], told["until"], [tuple(header) for header in told["headers"]], bodies)

    def write(self, page):
        if not self._file or page.size > LARGEST:
            return
        told = {
            "name": self._name,
            "number": page.number,
            "until": page.until,
            "headers": page.headers,
            "lengths": {encoding: len(body) for encoding, body in page.bodies.items()},
        }
        content = json.dumps(told).encode() + b"\n" + b"".join(page.bodies.values())
        try:
            self._file.truncate(0)
            self._file.write(_digest(content) + b"\n" + content)
        except OSError as error:
            logger.warning("A page cannot be shared: %s", error)


def _digest(content):
    return hashlib.blake2b(content, digest_size=16).hexdigest().encode()
