"""Whether a site ever shows what was true before: edits that carry a number, and readers that ask all the while.

An edit writes its number into two rows, which the same page shows and reads by different queries. So an answer tells
which edit it is of, and whether it is of one moment.
"""

import contextlib
import gzip
import http.client
import itertools
import math
import re
import threading
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from statistics import median

import brotli

MARK = re.compile(r"prov-(\d+)")
WITHIN = 1  # second from a commit on, every answer to a request shows it
SETTLED = 0.2  # seconds after a kill until nobody is led to the process's sockets any more
UNDONE = 10**6  # the numbers from here on are rolled back, and are never to be seen
TOWN = "tempe"
NAME, FACT = "Ort prov-", "Faktum prov-"
PAGES = {f"/vanorter/{TOWN}/": (NAME, FACT), "/vanorter/": (NAME,), "/": (NAME,)}  # and what each shows of the two
BEFORE_NEXT_IS_NEW = 10  # requests, and one connection is made anew
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@dataclass(frozen=True)
class Answer:
    """When it was asked for, and what it shows. status: None where the connection was cut off instead."""

    address: str
    begun: float
    status: int | None
    numbers: frozenset = frozenset()


@dataclass
class History:
    """What was committed and when, what was asked and what is wrong with it; moments are time.monotonic()'s."""

    commits: list[float] = field(default_factory=list)  # of the edits 0, 1, 2, …
    kills: list[float] = field(default_factory=list)  # of server processes: when each was over
    answered: int = 0
    cut_off: int = 0
    faults: list[str] = field(default_factory=list)
    last_old: dict[int, float] = field(default_factory=dict)  # {edit: seconds from it to the last answer without it}
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def committed(self, number):
        """Called once the transaction is over: it was committed then, or a little before."""
        assert number == len(self.commits)
        self.commits.append(time.monotonic())

    def take(self, answer, connected_at):
        """Judges an answer over a connection on which all went well until that moment."""
        with self._turn:
            if answer.status is None:
                self.cut_off += 1
                if not any(kill >= connected_at for kill in self.kills):
                    self.faults.append(f"{answer.address} was cut off although no process was killed")
                return
            self.answered += 1
            self.faults += self._wrong_with(answer)

    @contextlib.contextmanager
    def killing(self):
        """While a process is being killed, whoever is led to it may be cut off, and who was before."""
        self.kills.append(math.inf)
        yield
        self.kills[-1] = time.monotonic() + SETTLED

    def _wrong_with(self, answer):
        if answer.status != 200:
            return [f"{answer.address} {answer.status}"]
        if len(answer.numbers) != 1:
            return [f"{answer.address} shows {sorted(answer.numbers)}"]
        (number,) = answer.numbers
        if number >= UNDONE:
            return [f"{answer.address} shows {number}, which was rolled back"]
        # In a list that only grows, so that nothing has to wait for whoever edits.
        newest = bisect_right(self.commits, answer.begun) - 1
        for later in range(number + 1, newest + 1):
            self.last_old[later] = max(self.last_old.get(later, 0), answer.begun - self.commits[later])
        if number < (due := bisect_right(self.commits, answer.begun - WITHIN) - 1):
            late = answer.begun - self.commits[number + 1]
            return [f"{answer.address} shows {number}, and {due} should be there; {late:.2f} s late"]
        return []

    def told(self):
        """In one line, with the seconds from an edit to the last answer that did not show it."""
        last = sorted(self.last_old.values()) or [0]
        return (
            f"{len(self.commits)} edits, {self.answered} answers, {self.cut_off} cut off by {len(self.kills)} kills,"
            f" {len(self.faults)} faults; the last old answer after {median(last):.2f} s in the median,"
            f" {last[int(0.99 * len(last))]:.2f} s in 99 of 100, {last[-1]:.2f} s at most"
        )


class Reader(threading.Thread):
    """Asks for the pages in turn, over so many connections that all processes are asked; also those that were started
    anew, for none is used for long."""

    def __init__(self, port, history, connections=8, pause=0.005):
        super().__init__(daemon=True)
        self._port, self._history, self._pause = port, history, pause
        self._encodings = ["gzip, br", "gzip", ""] * connections
        self._connections = [None] * connections
        self._over = threading.Event()

    def run(self):
        for turn in itertools.count():
            if self._over.wait(self._pause):
                return
            if turn % BEFORE_NEXT_IS_NEW == 0:
                self._close(turn // BEFORE_NEXT_IS_NEW % len(self._connections))
            self._ask(turn % len(self._connections), list(PAGES)[turn % len(PAGES)])

    def _ask(self, number, address):
        if not self._connections[number]:
            fresh = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            self._connections[number] = fresh, time.monotonic()
        (connection, went_well), begun = self._connections[number], time.monotonic()
        try:
            answer = ask(connection, address, begun, self._encodings[number])
            self._connections[number] = connection, begun
        except (OSError, http.client.HTTPException):
            answer = Answer(address, begun, None)
            self._close(number)
        self._history.take(answer, went_well)

    def _close(self, number):
        if self._connections[number]:
            self._connections[number][0].close()
        self._connections[number] = None

    def stop(self):
        self._over.set()
        self.join(30)
        for number in range(len(self._connections)):
            self._close(number)


def ask(connection, address, begun, encoding):
    connection.request("GET", address, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    content = response.read()
    text = UNPACK[response.getheader("Content-Encoding")](content).decode()
    return Answer(address, begun, response.status, frozenset(map(int, MARK.findall(text))))


@contextlib.contextmanager
def readers(port, history, count=3):
    running = [Reader(port, history) for _ in range(count)]
    for reader in running:
        reader.start()
    try:
        yield running
    finally:
        for reader in running:
            reader.stop()
