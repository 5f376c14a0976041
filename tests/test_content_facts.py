"""The facts of the shipped content, as the models hold them."""

import pytest

from partnerships.content_import import load_content
from partnerships.models import (
    Agreement,
    Audience,
    Contact,
    ContactCentre,
    Fact,
    Image,
    Network,
    NetworkRole,
    Page,
    Program,
    Review,
    SiteSettings,
    TwinTown,
)


@pytest.fixture
def shipped(db):
    load_content()


@pytest.mark.usefixtures("shipped")
def test_town_facts():
    towns = TwinTown.objects.order_by("position").values_list(
        "slug", "name_sv", "name_en", "country_sv", "country_en", "latitude", "longitude", "time_zone"
    )
    assert [(*told, float(lat), float(lon), zone) for *told, lat, lon, zone in towns] == [
        ("tempe", "Tempe", "Tempe", "USA", "USA", 33.43, -111.94, "America/Phoenix"),
        ("reykjanesbaer", "Reykjanesbaer", "Reykjanesbaer", "Island", "Iceland", 64.0, -22.56, "Atlantic/Reykjavik"),
        ("hjorring", "Hjörring", "Hjörring", "Danmark", "Denmark", 57.46, 9.98, "Europe/Copenhagen"),
        ("kristiansand", "Kristiansand", "Kristiansand", "Norge", "Norway", 58.15, 8.0, "Europe/Oslo"),
        ("kerava", "Kerava", "Kerava", "Finland", "Finland", 60.4, 25.11, "Europe/Helsinki"),
    ]
    tempe = TwinTown.objects.get(slug="tempe")
    assert (tempe.region_sv, tempe.region_en, tempe.image.title) == ("Arizona", "Arizona", "Tempe (illustration)")
    for told in (tempe.summary_sv + tempe.body_sv, tempe.summary_en + tempe.body_en):
        for name in ("Phoenix", "Arizona State University", "ASU", "Tempe Sister Cities", "Trollhättan"):
            assert name in told


@pytest.mark.usefixtures("shipped")
def test_agreement_facts():
    told = [
        (a.name_sv, a.name_en, a.kind, str(a.signed or ""), a.end, str(a.ended or ""))
        for a in Agreement.objects.order_by("pk")
    ]
    assert told == [
        ("Vänortsavtal med Tempe", "Twin-town agreement with Tempe", "twin-town", "2015", "open", ""),
        (
            "Vänortsavtal med fyra nordiska orter",
            "Twin-town agreement with four Nordic towns",
            "twin-town",
            "",
            "ended",
            "2017",
        ),
        ("Nordiskt samarbetsavtal", "Nordic cooperation agreement", "cooperation", "", "unknown", ""),
    ]
    tempe, twins, cooperation = Agreement.objects.order_by("pk")
    assert cooperation.replaces == twins
    assert _parties(tempe) == {"tempe": "joined"}
    nordic = {"reykjanesbaer": "joined", "hjorring": "joined", "kristiansand": "joined", "kerava": "joined"}
    assert _parties(twins) == nordic
    assert _parties(cooperation) == nordic | {"hjorring": "declined"}
    assert list(cooperation.areas.values_list("name_sv", "name_en")) == [
        ("Ungdomskultur och ungdomsidrott", "Youth culture and youth sports"),
        ("Integration", "Integration"),
        ("Digitalisering", "Digitalisation"),
        (
            "Skolprocesser – förebyggande av skolavhopp",
            "School processes – preventing pupils from dropping out",
        ),
    ]


def _parties(agreement):
    return dict(agreement.parties.values_list("town__slug", "standing"))


@pytest.mark.usefixtures("shipped")
def test_network_facts():
    told = [
        (n.slug, n.name_sv, n.name_en, n.abbreviation, n.website, str(n.started or ""), str(n.member_since or ""))
        for n in Network.objects.order_by("position")
    ]
    sern = "Sweden Emilia Romagna Network"
    assert told == [
        ("sern", sern, sern, "SERN", "https://www.sern.eu/", "2005", "2005"),
        ("eurotowns", "Eurotowns", "Eurotowns", "", "https://www.eurotowns.org/", "", ""),
        (
            "svinesundskommitten",
            "Svinesundskommittén",
            "Svinesundskommittén",
            "",
            "https://svinesundskommitten.com/sv/",
            "",
            "",
        ),
        ("healthy-cities", "Healthy Cities", "Healthy Cities", "", "https://www.healthycities.se/", "", "2004"),
        ("viable-cities", "Viable Cities", "Viable Cities", "", "https://viablecities.se/", "", ""),
    ]
    roles = NetworkRole.objects.order_by("pk")
    assert [(r.network.slug, r.name_sv, r.name_en, *map(str, (r.since, r.until, r.as_of))) for r in roles] == [
        ("sern", "Ordförande", "Chair", "2021", "2023", "None"),
        (
            "eurotowns",
            "Med i arbetsgruppen för innovation",
            "Member of the working group for innovation",
            "None",
            "None",
            "2024-05-15",
        ),
        ("healthy-cities", "Värd för det svenska nätverket", "Host of the Swedish network", "None", "None", "2024"),
    ]


@pytest.mark.parametrize(
    ("slug", "in_swedish", "in_english"),
    [
        ("sern", ["Parma", "Emilia Romagna", "EU:s dagordning"], ["Parma", "Emilia Romagna", "EU’s agenda"]),
        ("eurotowns", ["medelstora", "Task Teams"], ["medium-sized", "Task Teams"]),
        (
            "svinesundskommitten",
            [
                "Østfold fylkeskommune",
                "Västra Götalandsregionen",
                "Strömstad",
                "Blå och grön tillväxt",
                "Besöksnäring",
                "Gränsmöjligheter",
            ],
            [
                "Østfold fylkeskommune",
                "Västra Götalandsregionen",
                "Strömstad",
                "Blue and green growth",
                "Tourism",
                "Possibilities at the border",
            ],
        ),
        ("healthy-cities", ["Världshälsoorganisationen (WHO)"], ["World Health Organization (WHO)"]),
        (
            "viable-cities",
            [
                "”Klimatneutrala städer 2030 med ett gott liv för alla inom planetens gränser”",
                "Energimyndigheten, Vinnova och Formas",
                "KTH",
                "Mission Climate Neutral and Smart Cities 2030",
            ],
            ["Energimyndigheten", "Vinnova", "Formas", "KTH", "Mission Climate Neutral and Smart Cities 2030"],
        ),
    ],
)
@pytest.mark.usefixtures("shipped")
def test_network_texts_hold_their_names(slug, in_swedish, in_english):
    network = Network.objects.get(slug=slug)
    assert [name for name in in_swedish if name not in network.summary_sv + network.body_sv] == []
    assert [name for name in in_english if name not in network.summary_en + network.body_en] == []


@pytest.mark.usefixtures("shipped")
def test_figures_stand_in_facts_with_their_date_and_source():
    facts = Fact.objects.order_by("pk")
    told = [((f.town or f.network).slug, f.label_sv, f.value_sv, f.label_en, f.value_en) for f in facts]
    assert told == [
        (
            "sern",
            "Medlemmar",
            "drygt 60, både offentliga och privata",
            "Members",
            "a little over 60, both public and private",
        ),
        ("eurotowns", "Medlemmar", "20 medlemsstäder", "Members", "20 member towns"),
        (
            "eurotowns",
            "Städernas storlek",
            "50\u00a0000–250\u00a0000 invånare",
            "Size of the towns",
            "50,000–250,000 inhabitants",
        ),
        (
            "healthy-cities",
            "Healthy Cities i Europa",
            "drygt 100 städer i 30 länder, alla medlemmar i WHO:s nätverk",
            "Healthy Cities in Europe",
            "a little over 100 cities in 30 countries, all members of the WHO network",
        ),
        (
            "viable-cities",
            "Städer i Klimatneutrala städer 2030",
            "23 svenska städer",
            "Cities in Climate-neutral cities 2030",
            "23 Swedish cities",
        ),
        (
            "viable-cities",
            "Invånare i de städerna",
            "40 procent av Sveriges befolkning",
            "Inhabitants of those cities",
            "40 per cent of Sweden’s population",
        ),
        (
            "viable-cities",
            "Myndigheter i Klimatneutrala städer 2030",
            "sex nationella myndigheter",
            "Agencies in Climate-neutral cities 2030",
            "six national agencies",
        ),
        (
            "viable-cities",
            "Städer i den europeiska kraftsamlingen",
            "över 100 städer",
            "Cities in the European mobilisation",
            "over 100 cities",
        ),
        ("tempe", "Invånare", "cirka 180\u00a0000", "Inhabitants", "about 180,000"),
    ]
    assert {(str(f.as_of), f.source) for f in facts} == {("2024-05-15", "trollhattan.se, Vänorter och nätverk")}


@pytest.mark.usefixtures("shipped")
def test_program_facts():
    programs = Program.objects.order_by("position")
    assert [(p.slug, p.name_sv, p.name_en, p.audiences.get().slug) for p in programs] == [
        ("studentutbyte", "Studentutbytesprogrammet", "The Student Exchange Program", "elever-och-studenter"),
        (
            "professionellt-utbyte",
            "Professionella utbytesprogrammet",
            "The Professional Exchange Program",
            "yrkesverksamma",
        ),
        ("lararutbyte", "Lärarutbytesprogrammet", "The Teacher Exchange Program", "larare"),
    ]
    assert {(p.organiser, p.town.slug, p.network) for p in programs} == {("Tempe Sister Cities", "tempe", None)}
    assert {(p.apply_from, p.apply_until, p.apply_url, p.how_to_apply_sv, p.how_to_apply_en) for p in programs} == {
        (None, None, "", "", "")
    }
    assert list(Audience.objects.order_by("position").values_list("name_sv", "name_en")) == [
        ("Invånare", "Residents"),
        ("Elever och studenter", "Pupils and students"),
        ("Lärare", "Teachers"),
        ("Yrkesverksamma", "Professionals"),
        ("Företag", "Businesses"),
        ("Föreningar", "Associations"),
    ]


@pytest.mark.usefixtures("shipped")
def test_contact_facts():
    contact = Contact.objects.get()
    assert (contact.slug, contact.name_sv, contact.name_en) == (
        "internationell-samordnare",
        "Internationell samordnare",
        "International coordinator",
    )
    holder = contact.holders.get()
    assert (holder.name, holder.email, holder.phone.as_e164) == (
        "Isak Johansson",
        "isak.johansson@trollhattan.se",
        "+46520496094",
    )
    centre = ContactCentre.objects.get()
    assert (centre.slug, centre.name_sv, centre.tagline_sv, centre.tagline_en, centre.address) == (
        "kontaktcenter",
        "Kontaktcenter",
        "En väg in",
        "One way in",
        "Gärdhemsvägen 9, 461 83 Trollhättan",
    )
    hours = centre.opening_hours.get()
    assert (hours.first_weekday, hours.last_weekday, str(hours.opens), str(hours.closes)) == (
        0,
        4,
        "08:00:00",
        "16:30:00",
    )
    site = SiteSettings.objects.get()
    assert (site.name_sv, site.name_en) == ("Vänorter och nätverk", "Twin towns and networks")
    assert (site.municipality_sv, site.municipality_en) == ("Trollhättans Stad", "City of Trollhättan")
    assert (site.town, float(site.latitude), float(site.longitude)) == ("Trollhättan", 58.28, 12.29)
    assert (site.default_contact, site.contact_centre) == (contact, centre)


@pytest.mark.usefixtures("shipped")
def test_page_facts():
    pages = {page.key: page for page in Page.objects.all()}
    assert {key: (page.title_sv, page.title_en) for key, page in pages.items()} == {
        "landing": ("Vänorter och nätverk", "Twin towns and networks"),
        "towns": ("Vänorter", "Twin towns"),
        "networks": ("Nätverk", "Networks"),
        "programs": ("Program", "Programs"),
        "contact": ("Kontakt", "Contact"),
        "contact-centre": ("Kontaktcenter", "Contact centre"),
        "accessibility": ("Tillgänglighetsredogörelse", "Accessibility statement"),
    }
    assert pages["towns"].lead_sv.startswith("En vänort är ")
    assert pages["towns"].lead_en.startswith("A twin town is ")
    review = Review.objects.get()
    assert (review.subject, review.language, str(review.reviewed_on), review.signature) == (
        pages["landing"],
        "sv",
        "2024-05-15",
        "KLALIW",
    )
    statement = pages["accessibility"]
    assert (statement.conformity, str(statement.tested_on), statement.supervisor, statement.supervisor_url) == (
        "not-assessed",
        "2026-11-24",
        "Myndigheten för digital förvaltning (DIGG)",
        "https://www.digg.se/tdosanmalan",
    )


@pytest.mark.usefixtures("shipped")
def test_lead_picture_is_credited_as_an_illustration():
    image = Image.objects.get()
    assert (image.credit_sv, image.credit_en) == (
        "Illustration, ritad för webbplatsen",
        "Illustration drawn for this website",
    )
    assert "staden tempe i arizona" in image.alt_sv.lower()
    assert "city of tempe in arizona" in image.alt_en.lower()
    assert Page.objects.get(key="landing").image == image


@pytest.mark.usefixtures("shipped")
def test_all_that_can_be_published_is():
    for model in (Agreement, Contact, ContactCentre, Network, Page, Program, TwinTown):
        assert model.objects.published().count() == model.objects.count() > 0
