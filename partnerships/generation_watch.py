"""What a process knows of the generation of public content: read again all the time, off every request's path."""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connection

from partnerships.models.generation import current_generation

logger = logging.getLogger(__name__)

# Seconds. What is known is read again so often, and nobody answers by what was read longer ago.
EVERY, LONGEST = 0.25, 0.9
PATIENCE = 0.5  # for a reading that somebody else has begun


class Watch:
    """`number` is the generation as last read, or None as long as it never was.

    Where the database does not answer, what was known last stands until it does.
    """

    def __init__(self, bell, read=current_generation):
        self.number = None
        self._bell, self._heard = bell, bell.last
        self._read = read
        self._read_at = float("-inf")
        self._turn = threading.Lock()
        self._is_lost = False
        self._thread = None

    def fresh_number(self):
        """The number, read less than a second ago and since the bell rang, wherever it can be read at all."""
        rung = self._bell.last
        if rung != self._heard or time.monotonic() - self._read_at > LONGEST:
            self._go_on_looking()
            self.look()
            self._heard = rung
        return self.number

    def tell(self):
        """Looks, and has the other processes look, because somebody may have changed something."""
        before = self.number
        self.look()
        if self.number != before:
            self._bell.ring(self.number)

    def look(self):
        """Reads the number now. Who finds another one reading waits for that one, unless the database is lost."""
        if not self._turn.acquire(timeout=0 if self._is_lost else PATIENCE):
            self._is_lost = True
            return
        try:
            begun = time.monotonic()
            number = self._read_or_none()
            if number is not None:
                self.number = number
            if self._is_lost != (number is None):
                self._is_lost = number is None
                logger.warning("The generation can%s be read", "not" if self._is_lost else " again")
            self._read_at = begun
        finally:
            self._turn.release()

    def _read_or_none(self):
        for _attempt in ("a connection that was kept may be dead", "a new one"):
            try:
                return self._read()
            except (DatabaseError, InterfaceError):
                connection.close()
        return None

    def _go_on_looking(self):
        """Begins to look by itself, once: in the process that answers, not in one that it was forked from."""
        if self._thread:
            return
        with self._turn:
            if not self._thread:
                self._thread = threading.Thread(target=self._look_all_the_time, name="generation-watch", daemon=True)
                self._thread.start()

    def _look_all_the_time(self):
        while True:
            self.look()
            time.sleep(EVERY)
