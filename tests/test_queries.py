"""What a page costs the database, whatever the number of rows."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.choices import NoticeKind, PageKey
from tests import factories as make

pytestmark = pytest.mark.django_db

LANDING, ANY_OTHER = 10, 7
ADDRESSES = [
    "/",
    "/vanorter/",
    "/vanorter/ort-0/",
    "/natverk/",
    "/natverk/natverk-0/",
    "/program/",
    "/program/?for=malgrupp-0",
    "/program/program-0/",
    "/program/program-1/",
    "/kontakt/",
    "/kontaktcenter/",
    "/kontaktcenter/avvikelser.ics",
    "/tillganglighet/",
    "/tillganglighet/rapportera/",
    "/tillganglighet/rapportera/tack/",
    "/sitemap.xml",
    "/sok/?q=exempelstad",
    "/sok/?q=samordnare+oppettider",
    "/sok/?q=qqqqqqqq",
    "/sok/forslag/?q=exe",
]


def fill(count):
    """A site with `count` rows of each model, all tied together on the pages that are counted."""
    image = make.ImageFactory()
    centres = [make.ContactCentreFactory(slug=f"center-{n}") for n in range(count)]
    contacts = [make.ContactFactory(slug=f"kontakt-{n}") for n in range(count)]
    for n, contact in enumerate(contacts[1:]):
        contact.substitute = contacts[n]
        contact.contact_centre = centres[n]
        contact.save()
    make.SiteSettingsFactory(default_contact=contacts[-1], contact_centre=centres[0], logo=image)
    for key in PageKey.values:
        make.ReviewFactory(subject=make.PageFactory(key=key, image=image))
    audiences = [make.AudienceFactory(slug=f"malgrupp-{n}") for n in range(count)]
    towns = [make.TwinTownFactory(slug=f"ort-{n}", image=image, contact=contacts[n]) for n in range(count)]
    networks = [make.NetworkFactory(slug=f"natverk-{n}", image=image) for n in range(count)]
    earlier = None
    for n in range(count):
        make.NoticeFactory(kind=NoticeKind.values[n % 2], link="/vanorter/", link_text_sv="Vänorterna")
        make.OpeningHoursFactory(centre=centres[0])
        make.OpeningExceptionFactory(centre=centres[0])
        make.ContactHolderFactory(contact=contacts[n])
        agreement = make.AgreementFactory(replaces=earlier)
        make.CooperationAreaFactory(agreement=agreement)
        make.AgreementPartyFactory(agreement=agreement, town=towns[n])
        if n:
            make.AgreementPartyFactory(agreement=agreement, town=towns[0])
        make.NetworkRoleFactory(network=networks[0])
        in_town = make.ProgramFactory(slug=f"program-{2 * n}", town=towns[0], network=None, image=image)
        in_network = make.ProgramFactory(slug=f"program-{2 * n + 1}", town=None, network=networks[0])
        in_town.audiences.set(audiences[:3])
        in_network.audiences.set(audiences[-3:])
        for owner in ({"town": towns[0]}, {"network": networks[0]}, {"program": in_town}):
            make.FactFactory(**{"town": None, "network": None, "program": None} | owner)
        make.ReviewFactory(subject=towns[0])
        make.ReviewFactory(subject=networks[0])
        earlier = agreement


def queries(client, address):
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def counted(client):
    english = [f"/en{address}" for address in ("/", "/twin-towns/ort-0/", "/networks/natverk-0/", "/programs/")]
    return {address: queries(client, address) for address in ADDRESSES + english}


# The shell asks for the settings with the notices, the contacts and the contact centres: three.
EXACT = {
    "/": 9,
    "/vanorter/": 6,
    "/vanorter/ort-0/": 6,
    "/natverk/": 5,
    "/natverk/natverk-0/": 5,
    "/program/": 6,
    "/program/?for=malgrupp-0": 6,
    "/program/program-0/": 4,
    "/program/program-1/": 4,
    "/kontakt/": 4,
    "/kontaktcenter/": 4,
    "/kontaktcenter/avvikelser.ics": 3,
    "/tillganglighet/": 4,
    "/tillganglighet/rapportera/": 3,
    "/tillganglighet/rapportera/tack/": 3,
    "/sitemap.xml": 6,
    "/sok/?q=exempelstad": 5,
    "/sok/?q=samordnare+oppettider": 7,
    "/sok/?q=qqqqqqqq": 7,
    "/sok/forslag/?q=exe": 2,
    "/en/": 9,
    "/en/twin-towns/ort-0/": 6,
    "/en/networks/natverk-0/": 5,
    "/en/programs/": 6,
}


# Of more rows than stand on one page.
COUNTED = {
    "/vanorter/": 7,
    "/natverk/": 6,
    "/program/": 7,
    "/program/?for=malgrupp-0": 7,
    "/en/programs/": 7,
}


def test_pages_stay_within_their_queries():
    over = {
        address: number
        for address, number in (EXACT | COUNTED).items()
        if number > (LANDING if address in ("/", "/en/") else ANY_OTHER)
    }
    assert over == {}


def test_pages_cost_the_same_with_few_rows(client):
    fill(3)
    assert counted(client) == EXACT


def test_a_list_of_many_pages_is_counted_too(client):
    fill(62)
    assert counted(client) == EXACT | COUNTED
    later = {address: queries(client, address) for address in ("/vanorter/?page=2", "/natverk/?page=2")}
    assert later == {"/vanorter/?page=2": 7, "/natverk/?page=2": 6}
    assert queries(client, "/program/?page=2") == queries(client, "/program/?for=malgrupp-0&page=2") == 7
