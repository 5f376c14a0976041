"""What is compressed on its way out, how quickly, and that its length gives nothing away."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from partnerships.middleware import CompressTextMiddleware
from partnerships.page_cache import WISH, Wish

TEXT = "Vänorter och nätverk. " * 100


def answer(response, accepts="gzip, deflate, br", **environ):
    request = RequestFactory().get("/", headers={"accept-encoding": accepts}, **environ)
    return CompressTextMiddleware(lambda _request: response)(request)


def test_text_is_compressed():
    response = answer(HttpResponse(TEXT, headers={"ETag": '"exempel"', "Vary": "Cookie"}))
    assert gzip.decompress(response.content).decode() == TEXT
    assert len(response.content) < len(TEXT.encode()) / 4
    assert {name: response.headers[name] for name in ("Content-Encoding", "Content-Length", "ETag", "Vary")} == {
        "Content-Encoding": "gzip",
        "Content-Length": str(len(response.content)),
        "ETag": 'W/"exempel"',
        "Vary": "Cookie, Accept-Encoding",
    }


@pytest.mark.parametrize("accepts", ["", "br", "gzip;q=0", "identity"])
def test_who_does_not_take_gzip_is_told_that_it_depends_on_that(accepts):
    response = answer(HttpResponse(TEXT), accepts)
    assert response.content.decode() == TEXT
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("kort"),
        HttpResponse(TEXT, content_type="image/webp"),
        HttpResponse(TEXT, headers={"Content-Encoding": "br"}),
    ],
    ids=["short", "a picture", "compressed already"],
)
def test_what_does_not_gain_by_it_is_left_alone(response):
    before = response.content, dict(response.headers)
    assert (answer(response).content, dict(response.headers)) == before


def test_a_page_that_is_kept_is_compressed_where_it_is_kept():
    wish = Wish()
    wish.grant(1, 2)
    assert answer(HttpResponse(TEXT), **{WISH: wish}).content.decode() == TEXT


def test_a_file_that_comes_in_pieces_is_not_held_up():
    response = answer(StreamingHttpResponse(iter([TEXT.encode()] * 2)))
    assert b"".join(response).decode() == TEXT * 2


def test_the_length_differs_from_one_answer_to_the_next():
    lengths = {len(answer(HttpResponse(TEXT)).content) for _ in range(40)}
    assert len(lengths) > 10
