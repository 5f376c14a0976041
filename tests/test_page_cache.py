"""The page cache around an application that counts how often it is asked."""

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
import time_machine
from django.db import OperationalError

from partnerships.generation_bell import Bell
from partnerships.generation_watch import LONGEST, Watch
from partnerships.kept_pages import PagesInMemory
from partnerships.page_cache import WISH, PageCache
from partnerships.page_slots import Slots
from tests.real_site import wait_for

pytestmark = pytest.mark.once

HTML = "text/html; charset=utf-8"
SHORTLY = "public, max-age=1, stale-while-revalidate=1, stale-if-error=86400"
AN_HOUR = 3600


class Application:
    """Answers with the address and how often it was asked, and lets all of it be kept, unless told otherwise."""

    def __init__(self):
        self.asked = []
        self.number, self.lasts, self.takes = 1, AN_HOUR, 0
        self.status, self.headers, self.grants = "200 OK", [("Content-Type", HTML)], True
        self.closed = 0

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        number, until = self.number, time.time() + self.lasts
        if self.takes:
            threading.Event().wait(self.takes)
        if WISH in environ and self.grants:
            environ[WISH].grant(number, until)
        start_response(self.status, self.headers)
        return Closing(self, f"<p>{environ['PATH_INFO']} {number} {len(self.asked)}{' lång text' * 50}</p>".encode())


class Closing:
    def __init__(self, application, body):
        self.application, self.body = application, body

    def __iter__(self):
        return iter([self.body])

    def close(self):
        self.application.closed += 1


class Answer:
    def __init__(self, cache, path, query, method, headers):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "example.org"}
        setup_testing_defaults(environ)
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        parts = cache(environ, self._begin)
        self.body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()

    def _begin(self, status, headers):
        self.status, self.headers = status, dict(headers)
        assert len(self.headers) == len(headers)

    @property
    def text(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        return unpack(self.body).decode()


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def cache_of(application, tmp_path):
    """Makes a cache as another process would have one."""

    def make(folder=tmp_path / "pages", release="1", limit=2**20, read=lambda: application.number):
        watch = Watch(Bell(folder / "bell"), read)
        return PageCache(application, Slots(folder, release), PagesInMemory(limit), watch)

    return make


@pytest.fixture
def ask(cache_of):
    own = cache_of()

    def ask(path="/", query="", method="GET", cache=own, **headers):
        return Answer(cache, path, query, method, headers)

    return ask


def test_a_page_is_built_once(ask, application):
    answers = [ask(), ask(), ask()]
    assert len(application.asked) == 1
    assert {answer.text for answer in answers} == {"<p>/ 1 1" + " lång text" * 50 + "</p>"}
    assert {answer.status for answer in answers} == {"200 OK"}
    assert answers[0].headers == answers[2].headers
    assert answers[2].headers["Cache-Control"] == SHORTLY
    assert application.closed == 1


@pytest.mark.parametrize(
    ("path", "query"),
    [("/", "utm_source=x"), ("/", "_ga=1&_ga=2"), ("/", "for=larare"), ("/program/", "utm_source=x&for=larare")],
)
def test_foreign_parameters_make_no_other_page(ask, application, path, query):
    ask(path, "for=larare" if path == "/program/" else "")
    ask(path, query)
    assert len(application.asked) == 1


def test_own_parameters_make_another_page(ask, application):
    for query in ("", "for=larare", "for=elever", "for=", "for=elever&for=larare"):
        ask("/program/", query)
    ask("/program/", "for=l%C3%A4rare")
    ask("/program/", "for=lärare")
    assert len(application.asked) == 6


def test_what_reads_alike_only_at_first_sight_is_not_the_same_page(ask, application):
    """å as bytes of its own and as %C3%A5; and the two letters that those bytes are in Latin-1."""
    for query in ("q=\xc3\xa5", "q=%C3%A5", "q=%C3%83%C2%A5"):
        ask("/sok/", query)
    assert len(application.asked) == 2


def test_language_host_and_scheme_make_another_page(ask, application):
    assert [ask(path).text[3:12] for path in ("/", "/en/")] == ["/ 1 1 lån", "/en/ 1 2 "]
    ask(host="other.example.org")
    ask(x_forwarded_proto="https")
    ask(x_forwarded_proto="junk")
    assert len(application.asked) == 4


@pytest.mark.parametrize("cookie", ["_ga=1", "mysessionid=1", "a=sessionid", "preview", ""])
def test_foreign_cookies_do_not_matter(ask, application, cookie):
    ask()
    ask(cookie=cookie)
    assert len(application.asked) == 1


@pytest.mark.parametrize(
    "headers", [{"cookie": "sessionid=1"}, {"cookie": "_ga=1; sessionid=1"}, {"authorization": "Basic x"}]
)
def test_a_session_passes_by(ask, application, headers):
    ask()
    assert "/ 1 2" in ask(**headers).text
    assert "/ 1 1" in ask().text
    assert WISH not in application.asked[1]


@pytest.mark.parametrize("query", ["q=%00", "q=a%FFb", "x=" + "a" * 8000, "&" * 4000])
def test_a_query_that_cannot_be_answered_passes_by_although_the_page_is_kept(ask, application, query):
    ask()
    ask(query=query)
    assert len(application.asked) == 2
    assert WISH not in application.asked[1]


@pytest.mark.parametrize(
    "path", ["/admin/", "/healthz", "/media/x.jpg", "/tillganglighet/rapportera/", "/stil/", "/finns-inte/", "/\xff/"]
)
def test_other_addresses_pass_by(ask, application, path):
    ask(path)
    ask(path)
    assert len(application.asked) == 2
    assert not any(WISH in environ for environ in application.asked)


def test_what_is_not_granted_is_answered_as_it_came_and_asked_for_again(ask, application):
    application.grants, application.status = False, "404 Not Found"
    application.headers = [("Content-Type", HTML), ("Cache-Control", "no-store")]
    first, second = ask("/natverk/finns-inte/"), ask("/natverk/finns-inte/", method="HEAD")
    assert (first.status, first.headers) == ("404 Not Found", dict(application.headers))
    assert (second.status, second.body) == ("404 Not Found", b"")
    assert "/natverk/finns-inte/ 1 1" in first.text
    assert application.closed == 2


def test_when_the_generation_moves_on_the_page_is_built_anew_within_a_second(ask, application):
    ask()
    application.number = 2
    wait_for(lambda: "/ 2 2" in ask().text, seconds=1)
    ask()
    assert len(application.asked) == 2


def test_no_answer_is_by_a_number_read_longer_ago(ask, application, monkeypatch):
    """As where the thread that looks gets no turn."""
    monkeypatch.setattr(Watch, "_go_on_looking", lambda own: None)
    ask()
    application.number = 2
    assert "/ 1 1" in ask().text
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + LONGEST)
    assert "/ 2 2" in ask().text


def test_whoever_has_sent_something_sees_the_new_page_at_once(ask, application):
    ask()
    application.number = 2
    ask("/admin/", method="POST")
    assert "/ 2 3" in ask().text


def test_the_other_processes_see_it_at_once_too(ask, application, cache_of, monkeypatch):
    monkeypatch.setattr(Watch, "_go_on_looking", lambda own: None)
    one, other = cache_of(), cache_of()
    ask(cache=one)
    ask(cache=other)
    application.number = 2
    assert "/ 1 1" in ask(cache=other).text
    ask("/admin/", method="POST", cache=one)
    assert "/ 2 3" in ask(cache=other).text
    ask(cache=other)
    assert len(application.asked) == 3


def test_the_watch_looks_by_itself(ask, application, cache_of):
    reads = []
    cache = cache_of(read=lambda: reads.append(1) or application.number)
    ask(cache=cache)
    count = len(reads)
    wait_for(lambda: len(reads) > count + 2, seconds=3)


def test_a_page_of_a_generation_that_this_process_has_not_heard_of_is_kept(ask, application):
    """As where it was moved on while the page was built."""
    ask("/en/")
    application.number = 2
    ask()
    ask()
    assert len(application.asked) == 2


def test_when_its_time_is_over_the_page_is_built_anew_to_the_second(ask, application):
    application.lasts = 100
    with time_machine.travel("2026-03-02 15:30Z", tick=False) as traveller:
        assert ask().headers["Cache-Control"] == SHORTLY
        traveller.shift(97.9)
        assert ask().headers["Cache-Control"] == SHORTLY
        traveller.shift(1)
        assert ask().headers["Cache-Control"] == "public, max-age=0, stale-if-error=86400"
        assert len(application.asked) == 1
        traveller.shift(1.1)
        assert "/ 1 2" in ask().text
        assert ask().headers["Last-Modified"] == "Mon, 02 Mar 2026 15:31:40 GMT"


def test_a_page_that_was_being_built_as_time_went_past_is_built_again(application, cache_of):
    with time_machine.travel(0, tick=False) as traveller:

        def slowly(environ, start_response):
            answer = application(environ, start_response)
            if len(application.asked) == 1:
                traveller.shift(AN_HOUR)
            return answer

        own = cache_of()
        cache = PageCache(slowly, own._slots, own._memory, own._watch)
        assert "/ 1 2" in Answer(cache, "/", "", "GET", {}).text
        assert "/ 1 2" in Answer(cache, "/", "", "GET", {}).text


def test_it_comes_compressed_quickly_first_and_well_once_it_was_asked_for_again(ask):
    first = ask(accept_encoding="br, gzip")
    assert first.headers["Content-Encoding"] == "gzip"
    ask(accept_encoding="br")
    pressed = wait_for(
        lambda: (found := ask(accept_encoding="gzip, br;q=0.5")).headers["Content-Encoding"] == "br" and found
    )
    assert len(pressed.body) < len(first.body) < len(ask().body)
    assert pressed.text == first.text == ask().text
    assert ask(accept_encoding="gzip").text == first.text
    for answer in (first, pressed, ask()):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Length"] == str(len(answer.body))
    assert len({answer.headers["ETag"] for answer in (first, pressed, ask())}) == 3


@pytest.mark.parametrize("accept", ["", "identity", "br;q=0, gzip;q=0.000", "deflate, zstd"])
def test_who_takes_no_compression_gets_none(ask, accept):
    ask(accept_encoding="br")
    answer = ask(accept_encoding=accept)
    assert "Content-Encoding" not in answer.headers
    assert answer.body.startswith(b"<p>/ 1 1")


def test_pictures_are_not_compressed(ask, application):
    application.headers = [("Content-Type", "image/jpeg"), ("Cache-Control", "public, max-age=86400")]
    ask("/kort/sv/landing.jpg", "0123456789")
    answer = ask("/kort/sv/landing.jpg", "abc", accept_encoding="br, gzip")
    assert {"Content-Encoding", "Vary"} & answer.headers.keys() == set()
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert len(application.asked) == 1


@pytest.mark.parametrize(("accepted", "ending"), [("", '"'), ("gzip", '-gzip"'), ("gzip, br", '-br"')])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_has_the_page_gets_304(ask, accepted, ending, method):
    ask()
    tag = wait_for(lambda: _tag_ending_in(ending, ask(accept_encoding=accepted)))
    for known in (tag, f'"x", W/{tag}', "*"):
        answer = ask(method=method, if_none_match=known, accept_encoding=accepted)
        assert (answer.status, answer.body) == ("304 Not Modified", b"")
        assert answer.headers.keys() == {"ETag", "Cache-Control", "Vary", "Last-Modified"}
        assert answer.headers["ETag"] == tag
    assert ask(if_none_match='"another"').status == "200 OK"


def _tag_ending_in(ending, answer):
    tag = answer.headers["ETag"]
    return tag if tag.endswith(ending) else None


def test_whoever_has_the_page_less_compressed_gets_it_anew(ask):
    quickly = ask(accept_encoding="gzip, br").headers["ETag"]
    ask()
    answer = wait_for(
        lambda: (answer := ask(accept_encoding="gzip, br", if_none_match=quickly)).status == "200 OK" and answer
    )
    assert answer.headers["Content-Encoding"] == "br"


def test_the_tag_follows_from_the_content(ask, application):
    before = ask().headers["ETag"]
    application.number = 2
    ask("/admin/", method="POST")
    assert ask().headers["ETag"] != before


def test_a_new_page_asked_for_with_an_old_tag_is_sent_and_kept_whole(ask):
    assert ask(if_none_match='"old"', if_modified_since="Mon, 02 Mar 2026 15:31:40 GMT").status == "200 OK"
    assert ask().text.startswith("<p>/ 1 1")


def test_head_gets_the_same_without_the_body_and_has_the_page_built(ask, application):
    head = ask(method="HEAD")
    page = ask()
    assert (head.status, head.headers, head.body) == (page.status, page.headers, b"")
    assert page.text
    assert len(application.asked) == 1
    assert application.asked[0]["REQUEST_METHOD"] == "GET"


def test_what_was_asked_for_longest_ago_goes_first(ask, application, cache_of):
    cache = cache_of(limit=100_000)
    paths = [f"/natverk/n{number}/" for number in range(40)]
    for path in paths:
        ask(path, cache=cache)
        ask(paths[0], cache=cache)
    count = len(application.asked)
    assert count == len(paths)
    assert cache._memory.size <= cache._memory.limit
    assert len(cache._memory) < len(paths)
    kept = [path for path in paths if cache._memory.get(("example.org", False, path))]
    assert kept == [paths[0], *paths[-len(kept) + 1 :]]


def test_what_is_too_large_for_memory_does_not_drive_out_the_rest(application):
    memory = PagesInMemory(100_000)

    class Page:
        size = 50_000

    memory.put("a", Page())
    assert len(memory) == memory.size == 0


def at_once(number, ask):
    barrier = threading.Barrier(number)

    def one(_number):
        barrier.wait()
        return ask()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@pytest.mark.parametrize("processes", [1, 4])
def test_50_clients_at_once_have_a_page_built_once(ask, application, cache_of, processes):
    application.takes = 0.2
    caches = iter([cache_of() for _ in range(processes)] * 50)
    answers = at_once(50, lambda: ask(cache=next(caches), accept_encoding="gzip"))
    assert len(application.asked) == 1
    assert {answer.text[:8] for answer in answers} == {"<p>/ 1 1"}


def test_another_page_is_built_meanwhile(ask, application):
    application.takes = 0.2
    paths = iter(["/", "/en/"])
    at_once(2, lambda: ask(next(paths)))
    assert len(application.asked) == 2


def test_processes_share_what_one_has_built_and_pressed(ask, application, cache_of):
    one, other = cache_of(), cache_of()
    ask(cache=one)
    ask(cache=one, accept_encoding="br")
    wait_for(lambda: "br" in one._memory.get(("example.org", False, "/")).bodies)
    wait_for(lambda: ask(cache=cache_of(), accept_encoding="br").headers.get("Content-Encoding") == "br")
    assert ask(cache=other).headers == ask(cache=one).headers
    assert len(application.asked) == 1


def test_another_release_does_not_take_what_was_built_by_this(ask, application, cache_of):
    ask(cache=cache_of())
    ask(cache=cache_of(release="2"))
    assert len(application.asked) == 2


@pytest.mark.parametrize("harm", [lambda content: content[:-1], lambda content: b"", lambda content: content + b"x"])
def test_a_file_that_was_not_written_to_its_end_is_passed_over(ask, application, cache_of, tmp_path, harm):
    ask(cache=cache_of())
    (file,) = [file for file in (tmp_path / "pages").glob("[0-9]*") if file.stat().st_size]
    file.write_bytes(harm(file.read_bytes()))
    assert "/ 1 2" in ask(cache=cache_of()).text
    assert "/ 1 2" in ask(cache=cache_of()).text


def test_without_a_place_for_files_it_goes_on(ask, application, cache_of, tmp_path, caplog):
    (tmp_path / "file").touch()
    cache = cache_of(folder=tmp_path / "file")
    ask(cache=cache)
    ask(cache=cache)
    assert len(application.asked) == 1
    assert "Pages cannot be shared" in caplog.text


def test_when_the_database_is_gone_what_is_kept_goes_on_and_later_changes_are_seen(ask, application, cache_of):
    is_gone = []

    def read():
        if is_gone:
            raise OperationalError
        return application.number

    cache = cache_of(read=read)
    ask(cache=cache)
    is_gone.append(1)
    cache._watch.look()
    assert "/ 1 1" in ask(cache=cache).text
    application.number = 2
    is_gone.clear()
    wait_for(lambda: "/ 2 2" in ask(cache=cache).text, seconds=2)


def test_a_database_that_hangs_makes_nobody_wait_twice(ask, application, cache_of):
    hangs, over = threading.Event(), threading.Event()

    def read():
        if hangs.is_set():
            over.wait(20)
        return application.number

    cache = cache_of(read=read)
    ask(cache=cache)
    hangs.set()
    try:
        wait_for(lambda: cache._watch._turn.locked(), seconds=2)
        cache._watch.look()
        begun = time.monotonic()
        for _ in range(50):
            cache._watch.look()
            assert "/ 1 1" in ask(cache=cache).text
        assert time.monotonic() - begun < 1
    finally:
        over.set()


def test_as_long_as_the_generation_was_never_read_nothing_is_taken_for_fresh(ask, application, cache_of):
    def read():
        raise OperationalError

    cache = cache_of(read=read)
    ask(cache=cache)
    ask(cache=cache)
    assert len(application.asked) == 2
