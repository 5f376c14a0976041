"""Addresses and methods that no page can answer get a plain page, never a stack trace."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client

from partnerships.views import pages
from tests import factories as make

pytestmark = pytest.mark.django_db


def plain(response, status):
    page = response.content.decode()
    assert response.status_code == status
    assert len(re.findall(r"<h1>[^<]{5,}</h1>", page)) == 1
    assert "Traceback" not in page
    assert 'class="bar"' in page
    assert response.headers["Cache-Control"] == "no-store"
    return page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/finns-inte/", 404),
        ("/vanorter/finns-inte/", 404),
        ("/en/twin-towns/missing/", 404),
        ("/vanorter/VERSAL/", 404),
        ("/vanorter/%2e%2e/", 404),
        ("/vanorter/a%2fb/", 404),
        ("/media/finns-inte.jpg", 404),
        ("/media/../manage.py", 404),
        ("/media/%2e%2e/%2e%2e/manage.py", 404),
        ("/twin-towns/", 404),
        ("/en/vanorter/", 404),
        ("/vanorter/%00/", 400),
        ("/?q=%00", 400),
        ("/?q=a%FFb", 400),
        ("/?q=%C3%28", 400),
        ("/sitemap.xml?p=%00", 400),
        ("/?" + "&" * 4000, 400),
        ("/sok/?" + "&" * 4000, 400),
        ("/vanorter/" + "a" * 8000 + "/", 414),
        ("/?q=" + "a" * 8000, 414),
    ],
)
def test_addresses_that_nothing_answers(client, address, status):
    plain(client.get(address), status)


@pytest.mark.parametrize(
    "query", ["q=å", "q=%C3%A5", "%5B%5D=1&%5B%5D=2", "&&&=", "page=-1", "utm_source=x", "p=9" * 500]
)
def test_queries_that_mean_nothing_do_no_harm(client, query):
    assert client.get("/?" + query).status_code == 200


def test_broken_utf8_in_the_path(client):
    response = client.get("/vanorter/%ff%fe/")
    plain(response, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address", ["/", "/en/networks/", "/kontakt/", "/tillganglighet/rapportera/tack/", "/robots.txt", "/healthz"]
)
def test_methods_that_a_page_does_not_take(client, method, address):
    response = getattr(client, method)(address)
    plain(response, 405)
    assert response.headers["Allow"] == "GET, HEAD"


def test_head_answers_without_a_body(client):
    response = client.head("/")
    assert (response.status_code, response.content) == (200, b"")


def test_errors_speak_the_language_of_the_address(client):
    assert "<h1>Sidan finns inte här</h1>" in plain(client.get("/finns-inte/"), 404)
    assert "<h1>The page is not here</h1>" in plain(client.get("/en/missing/"), 404)
    assert '<html lang="en">' in plain(client.get("/en/missing/"), 404)


def test_an_unknown_host_is_refused(client):
    plain(client.get("/", headers={"host": "example.com"}), 400)


@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (RuntimeError("hemligt"), 500, "Något gick fel hos oss"),
        (OperationalError("hemligt"), 503, "Webbplatsen vilar en stund"),
        (InterfaceError("hemligt"), 503, "Webbplatsen vilar en stund"),
        (PermissionDenied("hemligt"), 403, "Du får inte se det här"),
        (SuspiciousOperation("hemligt"), 400, "Adressen går inte att förstå"),
    ],
)
def test_what_goes_wrong_inside_stays_inside(monkeypatch, django_assert_num_queries, error, status, heading):
    def broken(request, *args, **kwargs):
        raise error

    monkeypatch.setattr(pages, "page", broken)
    # The pages for what went wrong must come without the database.
    client = Client(raise_request_exception=False)
    page = plain(client.get("/kontaktcenter/"), status)
    assert f"<h1>{heading}</h1>" in page
    assert "hemligt" not in page
    if status == 503:
        assert client.get("/kontaktcenter/").headers["Retry-After"] == "30"


def test_error_pages_ask_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        plain(client.get("/finns-inte/"), 404)
        plain(client.post("/"), 405)


def test_a_form_without_its_token_is_refused(admin_user):
    client = Client(enforce_csrf_checks=True)
    plain(client.post("/admin/login/", {"username": "admin", "password": "password"}), 403)


def test_pictures_are_public_only_while_shown(client, admin_client):
    image = make.ImageFactory()
    assert client.get(image.file.url).status_code == 404
    hidden = admin_client.get(image.file.url)
    assert hidden.getvalue()[:2] == b"\xff\xd8"
    assert (hidden.status_code, hidden.headers["Cache-Control"]) == (200, "private, no-store")
    make.TwinTownFactory(image=image)
    shown = client.get(image.file.url)
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable"
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.getvalue()[:2] == b"\xff\xd8"
    image.file.storage.delete(image.file.name)
    assert client.get(image.file.url).status_code == 404
