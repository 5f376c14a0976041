"""Who may fetch which file of a picture, and how it is sent."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from PIL import Image as Picture

from partnerships.choices import PublicationState
from partnerships.models import Image
from tests import factories as make

pytestmark = pytest.mark.django_db

FOR_GOOD = "public, max-age=31536000, s-maxage=60, immutable"
NOT_KEPT = "private, no-store"


@pytest.fixture
def image():
    out = io.BytesIO()
    Picture.new("RGB", (900, 600), (11, 92, 107)).save(out, "PNG")
    image = make.ImageFactory(file=ContentFile(out.getvalue(), "bild.png"))
    image.make_renditions()
    return image


def shown_by(image, **fields):
    return make.TwinTownFactory(image=image, **fields)


def address(image, name="whole-720.avif"):
    return f"/media/{image.renditions['stem']}-{name}"


def tag_of(client, url):
    response = client.head(url)
    response.getvalue()
    return response.headers["ETag"]


def fetched(client, url, **headers):
    """(status, Cache-Control)"""
    response = client.get(url, headers=headers)
    if response.streaming:
        response.getvalue()
    return response.status_code, response.headers.get("Cache-Control")


@pytest.mark.parametrize("kind", ["avif", "webp", "jpg"])
def test_renditions_are_sent_as_what_they_are(client, image, kind):
    shown_by(image)
    response = client.get(address(image, f"whole-720.{kind}"))
    assert response.status_code == 200
    content = response.getvalue()
    assert response.headers["Content-Type"] == {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}[kind]
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == FOR_GOOD
    assert "Vary" not in response.headers or "Cookie" not in response.headers["Vary"]
    assert Picture.open(io.BytesIO(content)).size == (720, 480)


def test_the_public_sees_a_picture_while_something_published_shows_it(client, image):
    every = [f"/media/{name}" for name in image.rendition_names]
    assert len(every) == 16

    def told():
        return {fetched(client, url) for url in every}

    assert told() == {(404, "no-store")}
    town = shown_by(image, state=PublicationState.DRAFT)
    assert told() == {(404, "no-store")}
    town.state = PublicationState.PUBLISHED
    town.save()
    assert told() == {(200, FOR_GOOD)}
    town.state = PublicationState.WITHDRAWN
    town.save()
    assert told() == {(404, "no-store")}
    make.SiteSettingsFactory(social_card=image)
    assert told() == {(200, FOR_GOOD)}


def test_staff_see_what_is_not_public_and_nobody_keeps_it(admin_client, image):
    shown_by(image, state=PublicationState.DRAFT)
    assert fetched(admin_client, address(image)) == (200, NOT_KEPT)
    assert fetched(admin_client, image.file.url) == (200, NOT_KEPT)


@pytest.mark.parametrize(
    ("codenames", "is_staff", "status"),
    [(["view_image"], True, 200), (["view_twintown"], True, 404), (["view_image"], False, 404)],
)
def test_what_is_not_public_is_for_staff_who_may_see_pictures(client, image, codenames, is_staff, status):
    user = make.UserFactory(is_staff=is_staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    assert fetched(client, address(image))[0] == status
    assert fetched(client, image.file.url)[0] == status


def test_others_who_are_logged_in_see_no_more_than_the_public(client, image):
    client.force_login(make.UserFactory(is_staff=False))
    assert fetched(client, address(image))[0] == 404
    shown_by(image)
    assert fetched(client, address(image)) == (200, FOR_GOOD)
    assert fetched(client, image.file.url)[0] == 404


def test_the_master_is_public_only_while_there_are_no_renditions(client, admin_client, image):
    shown_by(image)
    assert fetched(client, image.file.url)[0] == 404
    assert fetched(admin_client, image.file.url) == (200, NOT_KEPT)
    Image.objects.filter(pk=image.pk).update(renditions={})
    assert fetched(client, image.file.url) == (200, FOR_GOOD)
    assert fetched(client, address(image))[0] == 404
    # Those of the file before this one stand for nothing.
    Image.objects.filter(pk=image.pk).update(renditions=image.renditions | {"of": "pictures/annan.png"})
    assert fetched(client, image.file.url) == (200, FOR_GOOD)


def test_only_names_that_the_row_holds_are_sent(client, admin_client, image):
    shown_by(image)
    stem = image.renditions["stem"]
    other = make.ImageFactory()
    wrong = [
        f"{stem}-whole-721.avif",
        f"{stem}-whole-720.png",
        f"{stem}-whole-720.svg",
        f"{stem}-other-720.avif",
        f"{stem}-card-1200.avif",
        f"{stem}-whole-720.avif/",
        f"{stem}-whole-720.avif.bak",
        f"{stem}-whole-720.avif%0A",
        f"{stem}0-whole-720.avif",
        stem.replace(f"/{image.pk}-", f"/{other.pk}-") + "-whole-720.avif",
        stem.replace(f"/{image.pk}-", "/999999999999999999-") + "-whole-720.avif",
        stem.replace(f"/{image.pk}-", "/99999999999999999999999-") + "-whole-720.avif",
        f"pictures/../{stem}-whole-720.avif",
        f"{stem}-whole-720.avif/../../../db.sqlite3",
        "pictures/",
        "pictures",
        "../db.sqlite3",
        "/etc/passwd",
    ]
    for name in wrong:
        for visitor in (client, admin_client):
            assert visitor.get(f"/media/{name}").status_code == 404, name


def test_what_a_visitor_has_is_not_sent_again(client, image):
    shown_by(image)
    url = address(image)
    tag = tag_of(client, url)
    assert tag == f'"{url.removeprefix("/media/")}"'
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == FOR_GOOD
    assert again.headers["ETag"] == tag
    assert fetched(client, url, **{"If-None-Match": '"another"'})[0] == 200


def test_what_was_withdrawn_is_not_confirmed(client, image):
    town = shown_by(image)
    tag = tag_of(client, address(image))
    town.state = PublicationState.WITHDRAWN
    town.save()
    assert fetched(client, address(image), **{"If-None-Match": tag})[0] == 404


def test_nothing_is_read_for_what_a_visitor_has(client, image):
    shown_by(image)
    url = address(image)
    image.file.storage.delete(url.removeprefix("/media/"))
    assert client.get(url, headers={"If-None-Match": f'"{url.removeprefix("/media/")}"'}).status_code == 304
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["whole-720.avif", "whole-720.jpg"])
def test_pictures_are_not_compressed_once_more(client, image, name):
    shown_by(image)
    response = client.get(address(image, name), headers={"Accept-Encoding": "gzip"})
    content = response.getvalue()
    assert "Content-Encoding" not in response.headers
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["ETag"].startswith('"')


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("put", 405), ("delete", 405)])
def test_pictures_are_only_read(client, image, method, status):
    shown_by(image)
    response = getattr(client, method)(address(image))
    if response.streaming:
        response.getvalue()
    assert response.status_code == status


def test_a_public_picture_costs_one_query(client, image, django_assert_num_queries):
    shown_by(image)
    with django_assert_num_queries(1):
        client.get(address(image)).getvalue()
