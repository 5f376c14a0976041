"""What only a draft holds reaches nobody without a right to it: at public addresses, in the admin, among pictures."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from partnerships.models import Draft, Image, Network, PreviewLink
from partnerships.models.drafts import drafted_models
from partnerships.roles import ROLES
from tests import factories as make
from tests.addresses import EXTRAS
from tests.desk import Editor, add_address, address_of

pytestmark = pytest.mark.django_db

SECRET = "hemligheten"
WHO = ["nobody", "staff", *ROLES]


@pytest.fixture
def drafts():
    """Of each kind, of what is public and of what is new, with a picture that nothing public shows."""
    editor = Editor(make.UserFactory(is_superuser=True))
    image = make.ImageFactory(title=SECRET)
    network = make.NetworkFactory()
    for row in (
        make.AgreementPartyFactory().agreement,
        make.ProgramFactory(),
        make.ContactHolderFactory().contact,
        make.ContactCentreFactory(),
        make.PageFactory(key="landing"),
        make.TwinTownFactory(),
        network,
    ):
        field = "title" if row._meta.model_name == "page" else "name"
        editor.open(address_of(row)).write(**{f"{field}_sv": SECRET, f"{field}_en": SECRET})
        if "image" in editor.form:
            editor.write(image=str(image.pk))
        editor.press("_draft")
    editor.open(add_address(Network)).write(name_sv=SECRET, slug=SECRET, image=str(image.pk))
    editor.add_row("facts", label_sv=SECRET, value_sv=SECRET).press("_draft")
    assert Draft.objects.count() == len(drafted_models()) + 1
    return image


def as_somebody(client, who):
    if who != "nobody":
        user = make.UserFactory()
        user.groups.set(Group.objects.filter(name=who))
        client.force_login(user)
    return client


def public_addresses(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    listed = [re.sub(r"^https?://[^/]+", "", found) for found in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    extras = [address.path for addresses in EXTRAS.values() for address in addresses if address.sent is None]
    searched = [
        f"/sok/?q={SECRET}",
        f"/en/search/?q={SECRET}",
        f"/sok/forslag/?q={SECRET[:6]}",
        f"/en/search/suggestions/?q={SECRET[:6]}",
    ]
    others = [
        "/sitemap.xml",
        "/robots.txt",
        "/kontaktcenter/avvikelser.ics",
        f"/natverk/{SECRET}/",
        f"/en/networks/{SECRET}/",
        f"/kort/sv/network/{SECRET}.jpg",
    ]
    return [*listed, *extras, *searched, *others]


@pytest.mark.parametrize("who", WHO)
def test_no_public_address_tells_it(drafts, client, who):
    client = as_somebody(client, who)
    addresses = public_addresses(client)
    assert len(addresses) > 40
    told = []
    for address in addresses:
        response = client.get(address)
        content = response.getvalue() if response.streaming else response.content
        asked = address.partition("q=")[2].encode() or b"\0"
        if SECRET.encode() in content.replace(asked, b"") or drafts.file.name.encode() in content:
            told.append(address)
    assert told == []


@pytest.mark.parametrize("who", ["nobody", "staff", "Administratör"])
def test_the_admin_gives_it_to_nobody_without_the_right(drafts, client, who):
    client = as_somebody(client, who)
    answers = {}
    for draft in Draft.objects.all():
        for language in ("sv", "en"):
            for place in ("own", "list", "landing"):
                address = reverse("admin:partnerships_draft_preview", args=[draft.pk, language, place])
                answers[address] = client.get(address)
        answers[draft.get_absolute_url()] = client.get(draft.get_absolute_url())
        answers[f"{draft.get_absolute_url()}#"] = client.post(draft.get_absolute_url(), {"_autosave": "1"})
    for address in ("/admin/", "/admin/partnerships/draft/", "/admin/partnerships/network/", "/admin/partnerships/"):
        answers[address] = client.get(address)
    assert [address for address, response in answers.items() if SECRET.encode() in response.content] == []
    assert {response.status_code for response in answers.values()} <= {200, 302, 403, 404}
    previews = {response.status_code for address, response in answers.items() if "/preview/" in address}
    assert previews == ({302} if who == "nobody" else {403})


@pytest.mark.parametrize(("who", "status"), [("nobody", 404), ("staff", 404), *((role, 200) for role in ROLES)])
def test_its_picture_is_for_those_who_may_see_pictures(drafts, client, who, status):
    client = as_somebody(client, who)
    image = Image.objects.get(pk=drafts.pk)
    names = [image.file.name, *image.rendition_names]
    answers = [client.get(f"/media/{name}") for name in names]
    for response in answers:
        if response.streaming:
            response.getvalue()  # read to its end, the file is closed
    assert {response.status_code for response in answers} == {status}
    assert {response.headers.get("Cache-Control") for response in answers if status == 200} <= {"private, no-store"}


@pytest.mark.parametrize("who", WHO)
def test_a_link_that_was_never_made_opens_nothing(drafts, client, who):
    client = as_somebody(client, who)
    for draft in Draft.objects.all():
        for token in (str(draft.pk), PreviewLink(draft=draft).key, f"{draft.pk}:x"):
            assert client.get(f"/forhandsvisning/{token}/").status_code == 404
            assert client.get(f"/forhandsvisning/{token}/media/{drafts.file.name}").status_code == 404
