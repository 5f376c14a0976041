"""A real site of four processes while it is edited: no page is of two moments, none is older than a second.

What bench/soak.py does for long, in short; and what time brings without any edit.
"""

import contextlib
import datetime
import http.client
import itertools
import time

import pytest

from tests.freshness import UNDONE, Answer, History, readers
from tests.numbered_edits import Edits
from tests.own_site import own_site
from tests.real_site import wait_for
from tests.server_processes import kill, workers

pytestmark = pytest.mark.xdist_group("browser")

PROCESSES = 4
EDITS = 40


@pytest.fixture(scope="module")
def own(tmp_path_factory, django_db_blocker):
    with own_site(tmp_path_factory.mktemp("stale"), django_db_blocker, WORKERS=str(PROCESSES)) as own:
        yield own


def test_edits_show_within_a_second_whole_and_not_before_they_are_committed(own):
    history, pauses = History(), itertools.cycle([0, 0, 0.05, 0, 0.1, 0.4, 0.2])
    with contextlib.closing(Edits(own, history)) as edits, readers(own.site.port, history):
        for number in range(1, EDITS):
            if number % 10 == 5:
                edits.in_the_admin()
            elif number % 10 == 7:
                edits.rolled_back()
                edits.in_rows()
            else:
                edits.in_rows()
            if number == EDITS // 2:
                with history.killing():
                    kill(workers(own.site)[0])
            time.sleep(next(pauses))
        wait_for(lambda: len(workers(own.site)) == PROCESSES)
        time.sleep(1.5)  # the last edit is due within one
    assert history.faults == []
    assert history.answered > 10 * len(history.commits)


@pytest.fixture
def connections(own):
    """So many that each process has some."""
    made = [http.client.HTTPConnection("127.0.0.1", own.site.port, timeout=20) for _ in range(8 * PROCESSES)]
    yield made
    for connection in made:
        connection.close()


def seen(connections, address, word):
    """[(when it was asked for, when it was there, whether it showed the word)] over each of the connections."""
    found = []
    for connection in connections:
        begun = time.time()
        connection.request("GET", address)
        content = connection.getresponse().read().decode()
        found.append((begun, time.time(), word in content))
    return found


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("UPDATE partnerships_network SET published_from = %s WHERE slug = %s", False, True),
        ("UPDATE partnerships_network SET published_until = %s WHERE slug = %s", True, False),
    ],
)
def test_what_begins_or_ends_to_be_published_does_so_at_once_in_all_processes(own, connections, change, before, after):
    ((name,),) = own.rows("SELECT name_sv FROM partnerships_network WHERE slug = %s", "sern")
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=3)
    answers = []
    try:
        own.rows(change, moment if own.url else moment.strftime("%Y-%m-%d %H:%M:%S.%f"), "sern")
        time.sleep(1)  # until that shows, of which another test tells
        while time.time() < moment.timestamp() + 1:
            answers += seen(connections, "/natverk/sern/", f"<h1>{name}</h1>")
    finally:
        own.rows(change, None, "sern")
    until = {shown for _begun, ended, shown in answers if ended < moment.timestamp()}
    from_then_on = {shown for begun, _ended, shown in answers if begun > moment.timestamp()}
    assert (until, from_then_on) == ({before}, {after})


@pytest.fixture
def history():
    """Edits 0, 1 and 2, a second and a half apart."""
    return History(commits=[10, 11.5, 13])


def answer(begun, *numbers, status=200):
    return Answer("/", begun, status, frozenset(numbers))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (answer(10.1, 0), None),
        (answer(12.4, 0), None),
        (answer(12.4, 1), None),
        (answer(12.6, 0), "/ shows 0, and 1 should be there; 1.10 s late"),
        (answer(14.1, 0), "/ shows 0, and 2 should be there; 2.60 s late"),
        (answer(14.1, 1), "/ shows 1, and 2 should be there; 1.10 s late"),
        (answer(13.9, 1), None),
        (answer(14.1, 3), None),  # committed, and not yet told
        (answer(14.1, 2, 1), "/ shows [1, 2]"),
        (answer(14.1), "/ shows []"),
        (answer(14.1, UNDONE + 1), "/ shows 1000001, which was rolled back"),
        (answer(14.1, 2, status=503), "/ 503"),
        (answer(14.1, status=None), "/ was cut off although no process was killed"),
    ],
)
def test_a_stale_answer_is_told_from_a_fresh_one(history, given, fault):
    history.take(given, connected_at=14)
    assert history.faults == ([fault] if fault else [])


def test_an_answer_may_be_cut_off_by_a_kill_alone(history):
    history.kills.append(14)
    history.take(answer(14.1, status=None), connected_at=13.9)
    assert history.faults == []
    history.take(answer(14.2, status=None), connected_at=14.1)
    assert len(history.faults) == 1


def test_the_last_old_answer_to_each_edit_is_kept(history):
    for begun, number in ((11.6, 0), (12.0, 0), (12.1, 1), (13.2, 0)):
        history.take(answer(begun, number), connected_at=0)
    assert {edit: round(seconds, 2) for edit, seconds in history.last_old.items()} == {1: 1.7, 2: 0.2}
