"""What each answer forbids the browser to do with it: its Content-Security-Policy and what goes with that."""

import re

import pytest
from django.urls import reverse

from partnerships.models import Network
from tests import factories as make

pytestmark = pytest.mark.django_db

PUBLIC = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(response):
    directives = response.headers["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def form(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client.get(reverse("admin:partnerships_network_change", args=[make.NetworkFactory().pk]))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/en/networks/", 200),
        ("/sok/?q=x", 200),
        ("/tillganglighet/rapportera/", 200),
        ("/sitemap.xml", 200),
        ("/healthz", 200),
        ("/finns-inte/", 404),
        ("/?q=%ff", 400),
        ("/admin/", 302),
        ("/admin/login/", 200),
    ],
)
def test_every_answer_forbids_what_no_page_does(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert policy(response) == PUBLIC
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_pages_of_the_desk_forbid_as_much(client):
    client.force_login(make.UserFactory(is_superuser=True))
    make.NetworkFactory()
    for name in ("index", "partnerships_network_changelist", "auth_user_changelist", "password_change"):
        assert policy(client.get(reverse(f"admin:{name}"))) == PUBLIC


def test_a_form_lets_its_import_map_run_by_a_nonce_and_the_editors_own_style(client):
    response = form(client)
    (nonce,) = re.findall(r'<script type="importmap" nonce="([^"]+)"', response.content.decode())
    assert policy(response) == PUBLIC | {
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": "'self' 'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='",
    }


def test_each_form_has_a_nonce_of_its_own(client):
    assert policy(form(client))["script-src"] != policy(form(client))["script-src"]
    assert Network.objects.count() == 2


@pytest.mark.parametrize("page", ["/", "/tillganglighet/rapportera/", "/admin/", "/admin/partnerships/network/add/"])
def test_no_page_has_scripts_styles_or_handlers_of_its_own(client, page):
    """Data for machines and the import map apart."""
    client.force_login(make.UserFactory(is_superuser=True))
    text = client.get(page).content.decode()
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S):
        assert not content.strip() or re.search(r'type="(importmap|application/(ld\+)?json)"', attributes), content
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text) == []
