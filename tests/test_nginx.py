"""The proxy's configuration, in front of a real site: what it keeps and for how long, what it never keeps."""

import gzip
import re
import time

import pytest
from django.conf import settings

from tests import system
from tests.own_site import own_site
from tests.proxy import proxied
from tests.real_site import free_port, wait_for

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not system.find_nginx(), reason="nginx is missing: apt-get install nginx-light"),
    pytest.mark.xdist_group("browser"),
]

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture(scope="module")
def own(tmp_path_factory, django_db_blocker):
    with own_site(tmp_path_factory.mktemp("proxied"), django_db_blocker, WORKERS="1") as own:
        yield own


@pytest.fixture(scope="module")
def proxy(own):
    with proxied(own.folder / "nginx", own.site.port, settings.STATIC_ROOT) as proxy:
        yield proxy


def kept(answer):
    return answer.getheader("X-Cache")


def test_a_page_that_was_asked_for_is_kept(proxy):
    first, second = proxy.get("/natverk/", **BROWSER), proxy.get("/natverk/", **BROWSER)
    assert (first.status, kept(first), kept(second)) == (200, "MISS", "HIT")
    assert first.content == second.content
    assert second.getheader("Cache-Control") == "public, max-age=1, stale-while-revalidate=1, stale-if-error=86400"


def test_a_page_that_has_not_changed_is_asked_for_again_and_kept_on(proxy):
    first = proxy.get("/program/")
    again = wait_for(lambda: (answer := proxy.get("/program/")) and kept(answer) == "REVALIDATED" and answer)
    assert again.content == first.content
    assert kept(proxy.get("/program/")) == "HIT"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("GZIP", "gzip"),
        ("gzip, br;q=0", None),
        ("deflate", None),
        ("", None),
    ],
)
def test_each_gets_a_page_in_an_encoding_that_it_takes(proxy, accepted, encoding):
    address = "/vanorter/"
    answers = [
        wait_for(lambda: _pressed(proxy.get(address, **{"Accept-Encoding": accepted}), encoding)) for _ in range(2)
    ]
    assert kept(answers[1]) in {"HIT", "REVALIDATED"}
    assert "Accept-Encoding" in answers[1].getheader("Vary")


def _pressed(answer, encoding):
    """The answer, once the page is as small as it gets."""
    return answer if answer.getheader("Content-Encoding") == encoding else None


def test_an_edit_shows_soon(own, proxy):
    assert proxy.get("/natverk/sern/").status == 200
    own.rows("UPDATE partnerships_network SET name_sv = 'Nytt namn' WHERE slug = 'sern'")
    committed = last_old = time.monotonic()
    while (asked := time.monotonic()) < committed + 20:
        if "Nytt namn" in proxy.get("/natverk/sern/").content.decode():
            break
        last_old = asked
        time.sleep(0.05)
    assert last_old - committed < 3
    assert asked < committed + 20


def test_what_is_withdrawn_is_gone(own, proxy):
    ((slug,),) = own.rows("SELECT slug FROM partnerships_twintown WHERE state = 'published' ORDER BY id DESC LIMIT 1")
    assert proxy.get(f"/vanorter/{slug}/").status == 200
    own.rows("UPDATE partnerships_twintown SET state = 'draft' WHERE slug = %s", slug)
    wait_for(lambda: proxy.get(f"/vanorter/{slug}/").status == 404)


@pytest.mark.parametrize("headers", [{"Cookie": "a=1; sessionid=made-up"}, {"Authorization": "Basic eDp5"}])
def test_whoever_is_logged_in_is_answered_by_the_site(proxy, headers):
    wait_for(lambda: kept(proxy.get("/kontakt/")) == "HIT")
    assert kept(proxy.get("/kontakt/", **headers)) == "BYPASS"
    assert kept(proxy.get("/kontakt/", Cookie="mysessionid=1; _ga=2")) == "HIT"


@pytest.mark.parametrize("headers", [{"Cookie": "sessionid=made-up"}, {"Authorization": "Basic eDp5"}])
def test_what_they_get_is_not_kept(proxy, headers):
    address = f"/sok/?q={'+'.join(headers)}"
    proxy.get(address, **headers)
    assert kept(proxy.get(address)) == "MISS"


@pytest.mark.parametrize(
    ("address", "status"), [("/admin/", 302), ("/admin/login/", 200), ("/finns-inte/", 404), ("/?q=%00", 400)]
)
def test_what_the_site_does_not_let_others_keep_is_not_kept(proxy, address, status):
    answers = [proxy.get(address) for _ in range(2)]
    assert [answer.status for answer in answers] == [status] * 2
    assert kept(answers[1]) in {None, "MISS"}


def test_pictures_are_kept(proxy):
    picture = re.search(r'/media/[^" ]+\.(?:jpg|webp|avif)', proxy.get("/").content.decode())[0]
    first, second = proxy.get(picture), proxy.get(picture)
    assert (first.status, kept(second)) == (200, "HIT")
    assert first.content == second.content
    assert second.getheader("Cache-Control") == "public, max-age=31536000, s-maxage=60, immutable"


def test_static_files_do_not_reach_the_site(own, proxy):
    style = re.search(r'href="(/static/css/site\.[0-9a-f]{12}\.css)"', proxy.get("/").content.decode())[1]
    plain, packed = proxy.get(style), proxy.get(style, **BROWSER)
    assert (plain.status, packed.getheader("Content-Encoding")) == (200, "gzip")
    assert gzip.decompress(packed.content) == plain.content == own.site.get(style).content
    assert packed.getheader("Server").startswith("nginx")
    assert packed.getheader("Cache-Control") == "public, max-age=31536000, immutable"
    assert packed.getheader("Content-Type") == "text/css"
    lasting = proxy.get("/static/css/site.css").getheader("Cache-Control")
    assert lasting == "public, max-age=3600"


@pytest.mark.parametrize("address", ["/static/css/", "/static/", "/static/finns-inte.css", "/static/../db.sqlite3"])
def test_what_is_no_static_file_gets_a_plain_page(proxy, address):
    answer = proxy.get(address)
    assert answer.status == 404
    assert "<h1" in answer.content.decode()


def test_the_readiness_is_not_for_the_public(proxy):
    assert (proxy.get("/readyz").status, proxy.get("/healthz").status) == (404, 200)


def test_what_was_kept_is_served_while_the_site_is_down(own, proxy):
    page = proxy.get("/en/").content
    proxy.lead_to(free_port(), settings.STATIC_ROOT)
    try:
        wait_for(lambda: kept(proxy.get("/en/")) == "STALE")
        answer = proxy.get("/en/")
        assert (answer.status, answer.content) == (200, page)
        assert proxy.get("/static/css/site.css").status == 200
        assert proxy.get("/en/networks/").status == 502
    finally:
        proxy.lead_to(own.site.port, settings.STATIC_ROOT)
    # The failure was not kept.
    wait_for(lambda: proxy.get("/en/networks/").status == 200)
    assert kept(wait_for(lambda: proxy.get("/en/"))) != "STALE"
