"""The handbook: whole, for every role, and for staff only."""

import re
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from PIL import Image

from docs.handbook_pictures import SCENES
from partnerships.handbook import CHAPTERS
from partnerships.roles import ROLES
from tests.factories import UserFactory

pytestmark = pytest.mark.once

FOLDER = Path(settings.BASE_DIR) / "templates" / "admin" / "handbook"
PICTURES = [picture for chapter in CHAPTERS for picture in chapter.pictures]


@pytest.fixture
def staff(client, strict_templates):
    client.force_login(UserFactory())
    return client


def test_there_are_ten_chapters_each_with_a_text_of_its_own():
    slugs = [chapter.slug for chapter in CHAPTERS]
    assert len(set(slugs)) == 10
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(slugs)


def test_each_role_has_chapters_of_its_own():
    told = [role for chapter in CHAPTERS for role in chapter.roles]
    assert {role: told.count(role) for role in ROLES} == {
        "Internationell samordnare": 9,
        "Redaktör": 7,
        "Publicist": 9,
        "Administratör": 4,
    }
    assert len(told) == 29


@pytest.mark.django_db
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_a_chapter_is_a_few_steps_with_pictures(staff, chapter):
    page = staff.get(f"/admin/handbok/{chapter.slug}/").content.decode()
    article = re.search(r'<article class="handbook" lang="sv">(.*)</article>', page, re.DOTALL)[1]
    assert re.search(r"<h1>(.*?)</h1>", page)[1] == chapter.title
    assert chapter.lead in article
    assert "<h1" not in article
    assert "<h3" not in article
    lists = re.findall(r"<ol>(.*?)</ol>", article, re.DOTALL)
    assert lists
    assert [steps.count("<li>") for steps in lists if not 3 <= steps.count("<li>") <= 7] == []
    shown = re.findall(r"/handbook/(\w+?)(?:\.\w+)?\.webp", article)
    assert sorted(shown) == sorted(picture.name for picture in chapter.pictures)
    assert article.count("<img") == len(shown)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_there_as_it_is_told(picture):
    file = Path(finders.find(picture.file))
    assert file.stat().st_size <= 60_000
    with Image.open(file) as opened:
        assert (opened.format, opened.size) == ("WEBP", (picture.width, picture.height))
    assert 40 < len(picture.alt) < 250


def test_every_picture_can_be_taken_and_none_is_left_over():
    names = sorted(picture.name for picture in PICTURES)
    assert sorted(SCENES) == names
    assert sorted(file.stem for file in (Path(settings.BASE_DIR) / "static" / "handbook").iterdir()) == names


def test_what_one_presses_is_called_what_the_screen_says():
    catalogues = [Path(settings.BASE_DIR) / "locale"]
    catalogues += [Path(django.__file__).parent / part / "locale" for part in ("contrib/admin", "contrib/auth")]
    words = {"english", "lägg till bild", "lägg till användare"}  # what a screen puts together, or says as it is
    for folder in catalogues:
        for entry in polib.pofile(folder / "sv" / "LC_MESSAGES" / "django.po"):
            words |= {told.casefold() for told in (entry.msgstr, *entry.msgstr_plural.values())}
    named = [(file.stem, name) for file in FOLDER.iterdir() for name in re.findall("<b>(.*?)</b>", file.read_text())]
    assert len(named) > 80
    assert [(chapter, name) for chapter, name in named if name.casefold() not in words] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_ones_own_chapters_come_first(client, role):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    context = client.get("/admin/handbok/").context
    assert context["mine"] == [chapter for chapter in CHAPTERS if role in chapter.roles]
    assert context["others"] == [chapter for chapter in CHAPTERS if role not in chapter.roles]


@pytest.mark.django_db
def test_without_a_role_all_chapters_stand_in_order(staff):
    context = staff.get("/admin/handbok/").context
    assert (context["mine"], context["others"]) == ([], CHAPTERS)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/handbok/", "/admin/handbok/skriva/"])
def test_only_staff_read_it(client, address):
    for user in [None, UserFactory(is_staff=False)]:
        if user:
            client.force_login(user)
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/admin/login/?next={address}")


@pytest.mark.django_db
def test_a_chapter_that_is_not_there_is_not_found(staff):
    assert staff.get("/admin/handbok/finns-inte/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/", "/admin/partnerships/", "/admin/password_change/", "/admin/handbok/"])
def test_every_page_of_the_desk_leads_to_it(client, address):
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(address).content.decode()
    tools = re.search(r'<div id="user-tools">(.*?)</div>', page, re.DOTALL)[1]
    assert '<a href="/admin/handbok/">' in tools
