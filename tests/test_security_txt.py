"""Whom to tell of a hole: a text as RFC 9116 has it, and none where nobody has said whom."""

import datetime

import pytest
import time_machine

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def _contact(settings):
    settings.SECURITY_CONTACT = "mailto:sakerhet@example.org"


@pytest.mark.usefixtures("_contact")
@pytest.mark.parametrize(
    ("now", "expires"),
    [
        ("2026-11-28T12:00", "2027-05-01T00:00:00Z"),
        ("2026-12-01T00:00", "2027-06-01T00:00:00Z"),
        ("2026-06-30T21:59", "2026-12-01T00:00:00Z"),
        ("2026-06-30T22:00", "2027-01-01T00:00:00Z"),
    ],
)
def test_it_says_whom_until_when_and_in_which_languages(client, now, expires):
    with time_machine.travel(datetime.datetime.fromisoformat(f"{now}+00:00"), tick=False):
        response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        f"Contact: mailto:sakerhet@example.org\nExpires: {expires}\nPreferred-Languages: sv, en\n"
        f"Canonical: http://127.0.0.1:8000{ADDRESS}\n"
    )


def test_where_nobody_has_said_whom_there_is_none(client):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.usefixtures("_contact")
def test_it_can_only_be_read(client):
    assert client.head(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405
