"""Which addresses the page cache keeps, and that nothing of a person, a form or a draft is ever among them."""

import datetime
import re
import time

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from partnerships.admin.preview_links import token_of
from partnerships.choices import PublicationState
from partnerships.middleware import KeepPagesMiddleware
from partnerships.models import Network
from partnerships.models.generation import current_generation
from partnerships.page_cache import WISH, Wish
from partnerships.urls import pages_in_each_language, unprefixed
from partnerships.views.reading import kept
from tests import factories as make
from tests.kept import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

# Of the public views, those that are not kept, and why.
NOT_KEPT = {
    "healthz": "says how the process is just now",
    "readyz": "says how the process is just now",
    "style": "for staff",
    "preview": "drafts, for whoever was sent the link",
    "preview-picture": "drafts, for whoever was sent the link",
    "media": "files, which whoever asks keeps by their names",
    "report": "a form with a token, and what somebody has typed",
    "report-sent": "follows a form",
}


@pytest.fixture
def visitor(tmp_path):
    return Visitor(tmp_path)


def test_every_public_view_is_kept_or_has_a_reason():
    views = {pattern.name: pattern.callback for pattern in (*unprefixed, *pages_in_each_language)}
    assert {name for name, view in views.items() if not hasattr(view, "kept_by")} == set(NOT_KEPT)


def test_no_view_of_the_admin_is_kept():
    (admin,) = [pattern for pattern in get_resolver().url_patterns if getattr(pattern, "app_name", "") == "admin"]
    assert len(admin.url_patterns) > 20
    assert not [pattern for pattern in _all(admin) if hasattr(pattern.callback, "kept_by")]


def _all(resolver):
    for pattern in resolver.url_patterns:
        yield from _all(pattern) if hasattr(pattern, "url_patterns") else [pattern]


def addresses():
    """Each address that is kept, in each language it has."""
    town, network, program = make.TwinTownFactory(), make.NetworkFactory(), make.ProgramFactory()
    make.ContactFactory()
    centre = make.ContactCentreFactory()
    make.OpeningHoursFactory(centre=centre)
    make.OpeningExceptionFactory(centre=centre, first_day=timezone.localdate(), last_day=timezone.localdate())
    of = {"town": town, "network": network, "program": program}
    found = ["/robots.txt", "/sitemap.xml", "/kort/sv/landing.jpg", f"/kort/en/town/{town.slug}.jpg"]
    for language in ("sv", "en"):
        with translation.override(language):
            for pattern in pages_in_each_language:
                if hasattr(pattern.callback, "kept_by"):
                    kwargs = {"slug": of[pattern.name].slug} if pattern.name in of else {}
                    found.append(reverse(pattern.name, kwargs=kwargs))
    return found


def test_every_page_is_kept_and_then_costs_no_query_whatever_is_added_to_its_address(visitor):
    kept = addresses()
    assert len(kept) == 4 + 2 * 13
    first = {address: visitor.get(address) for address in kept}
    assert {answer.status for answer in first.values()} == {"200 OK"}
    visitor.cache._watch.fresh_number = lambda: visitor.cache._watch.number
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for address, answer in first.items():
            for added in ("", "?utm_source=x&_ga=2.1", "?fbclid=å"):
                again = visitor.get(address + added, cookie="_ga=GA1; csrftoken=x")
                assert (again.status, again.body) == ("200 OK", answer.body), address
                assert "Set-Cookie" not in again.headers
    assert len(queries) == 0


def test_what_somebody_adds_to_an_address_never_gets_into_a_page(visitor):
    for address in addresses():
        page = visitor.get(f"{address}?utm_source=hittad&p=hittad&x=hittad", accept_encoding="").body
        assert b"hittad" not in page, address


def test_own_parameters_are_told_apart(visitor):
    audience = make.AudienceFactory()
    program = make.ProgramFactory(name_sv="Utbyte", state=PublicationState.PUBLISHED)
    program.audiences.add(audience)
    make.ProgramFactory(name_sv="Annat")
    assert "Annat" in visitor.get("/program/").text
    assert "Annat" not in visitor.get(f"/program/?for={audience.slug}&utm_source=x").text
    assert "Utbyte" in visitor.get("/sok/?q=utbyte").text
    assert "Utbyte" not in visitor.get("/sok/?q=annat").text
    assert visitor.get("/program/?for=finns-inte").status == "404 Not Found"


@pytest.mark.parametrize(
    "address", ["/tillganglighet/rapportera/", "/healthz", "/stil/", "/admin/login/", "/finns-inte/"]
)
def test_other_addresses_are_not_kept(visitor, address):
    assert not visitor.is_kept(address)


def test_a_missing_page_and_a_moved_one_are_not_kept(visitor):
    network = make.NetworkFactory(slug="gammal")
    network.slug = "ny"
    network.save()
    moved = visitor.get("/natverk/gammal/?utm_source=x")
    assert (moved.status, moved.headers["Location"]) == ("301 Moved Permanently", "/natverk/ny/?utm_source=x")
    assert visitor.get("/natverk/finns-inte/").headers["Cache-Control"] == "no-store"
    assert len(visitor.cache._memory) == 0


def _reads_the_session(request):
    request.session.get("x")
    return HttpResponse()


def _makes_a_token(request):
    get_token(request)
    return HttpResponse()


def _sets_a_cookie(request):
    response = HttpResponse()
    response.set_cookie("x", "1")
    return response


def _in_preview(request):
    request.preview = object()
    return HttpResponse()


@pytest.mark.parametrize(
    "view",
    [
        _reads_the_session,
        _makes_a_token,
        _sets_a_cookie,
        _in_preview,
        lambda request: HttpResponse(headers={"Cache-Control": "private"}),
        lambda request: HttpResponse(headers={"Cache-Control": "max-age=1, no-store"}),
        lambda request: HttpResponse(status=404),
        lambda request: StreamingHttpResponse([b""]),
    ],
)
def test_what_a_person_a_form_or_a_draft_had_a_part_in_is_never_granted(rf, view):
    assert not _wish(rf, view).is_granted


def test_a_page_for_everybody_is_granted(rf):
    make.AudienceFactory()
    wish = _wish(rf, lambda request: HttpResponse(repr(request.GET)))
    assert (wish.number, wish.is_granted) == (current_generation(), True)
    assert 0 < wish.until - time.time() <= 24 * 3600 + 3600


def _wish(rf, view):
    request = rf.get("/?x=1")
    request.session = SessionStore()
    request.META[WISH] = wish = Wish()
    KeepPagesMiddleware(None).process_view(request, kept()(view), (), {})
    return wish


def test_with_a_session_the_page_is_built_and_nobody_else_gets_it(visitor, client):
    user = make.UserFactory(is_staff=True)
    client.force_login(user)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    answer = visitor.get("/", cookie=cookie)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert len(visitor.cache._memory) == 0


def test_a_preview_is_not_kept(visitor):
    author = make.UserFactory(is_staff=True, is_superuser=True)
    link = make.PreviewLinkFactory(draft__author=author)
    address = f"/forhandsvisning/{token_of(link)}/"
    assert visitor.get(address).status == "200 OK"
    assert not visitor.is_kept(address)


def test_an_edit_shows_at_once_and_a_draft_never(visitor):
    network = make.NetworkFactory(name_sv="Före", slug="natet")
    assert "Före" in visitor.get("/natverk/natet/").text
    Network.objects.update(name_sv="Efter")
    assert "Efter" in visitor.get("/natverk/natet/").text
    make.DraftFactory(object_id=network.pk)
    assert visitor.get("/natverk/natet/").status == "200 OK"
    Network.objects.update(state=PublicationState.WITHDRAWN)
    assert visitor.get("/natverk/natet/").status == "404 Not Found"
    assert "Efter" not in visitor.get("/natverk/").text


def test_at_closing_time_to_the_second_the_page_says_closed(visitor):
    make.SiteSettingsFactory(
        contact_centre=make.OpeningHoursFactory(opens=datetime.time(10), closes=datetime.time(16, 30)).centre
    )
    with time_machine.travel("2026-03-02 15:29:58Z", tick=False) as traveller:
        said = []
        for _second in range(4):
            page = visitor.get("/kontaktcenter/").text
            said.append(re.search(r'data-own-time="[^"]*">(\w+ nu)', page)[1])
            traveller.shift(1)
    assert said == ["Öppet nu", "Öppet nu", "Stängt nu", "Stängt nu"]


def test_what_is_due_comes_and_goes_to_the_second(visitor):
    begins = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
    make.NetworkFactory(name_sv="I tid", published_from=begins, published_until=begins + datetime.timedelta(seconds=2))
    with time_machine.travel(begins - datetime.timedelta(seconds=1), tick=False) as traveller:
        said = []
        for _second in range(4):
            said.append(["I tid" in visitor.get(address).text for address in ("/", "/natverk/", "/sitemap.xml")][:2])
            traveller.shift(1)
    assert said == [[False, False], [True, True], [True, True], [False, False]]
