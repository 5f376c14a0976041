"""What the database holds to, and what follows from it."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from PIL import Image as Picture

from partnerships.choices import AgreementEnd, AgreementKind, DayAnswer, PartyStanding, PublicationState, TownStatus
from partnerships.models import (
    Agreement,
    AgreementParty,
    Contact,
    ContactCentre,
    ContactHolder,
    CooperationArea,
    Fact,
    Image,
    Network,
    NetworkRole,
    OpeningException,
    OpeningHours,
    Page,
    Program,
    Review,
    SiteSettings,
    SpecialDay,
    TwinTown,
)
from partnerships.opening_values import Kind, Span
from partnerships.partial_dates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)
NOON = datetime.time(12)


def dates(first, last):
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)


# Published or not

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "since", "until", "seen"),
    [
        (PublicationState.PUBLISHED, None, None, True),
        (PublicationState.DRAFT, None, None, False),
        (PublicationState.WITHDRAWN, None, None, False),
        (PublicationState.PUBLISHED, NOW, None, True),
        (PublicationState.PUBLISHED, NOW + SECOND, None, False),
        (PublicationState.PUBLISHED, None, NOW, False),
        (PublicationState.PUBLISHED, None, NOW + SECOND, True),
        (PublicationState.PUBLISHED, NOW - SECOND, NOW + SECOND, True),
        (PublicationState.DRAFT, NOW - SECOND, NOW + SECOND, False),
    ],
)
def test_published_is_from_included_until_not(state, since, until, seen):
    make.NetworkFactory(state=state, published_from=since, published_until=until)
    assert Network.objects.published(at=NOW).exists() is seen


def test_published_asks_the_clock(time_machine):
    make.NetworkFactory(published_from=NOW, published_until=NOW + 2 * SECOND)
    seen = []
    for moment in (NOW - SECOND, NOW, NOW + SECOND, NOW + 2 * SECOND):
        time_machine.move_to(moment, tick=False)
        seen.append(Network.objects.published().exists())
    assert seen == [False, True, True, False]


def test_new_rows_begin_as_drafts():
    assert Network.objects.create(slug="nytt", name_sv="Nytt") not in Network.objects.published()


# Status of a town

TWIN, COOPERATION = AgreementKind.TWIN_TOWN, AgreementKind.COOPERATION
OPEN, ENDED, UNKNOWN = AgreementEnd.OPEN, AgreementEnd.ENDED, AgreementEnd.UNKNOWN
JOINED, LEFT, DECLINED = PartyStanding.JOINED, PartyStanding.LEFT, PartyStanding.DECLINED


@pytest.mark.parametrize(
    ("kind", "signed", "end", "ended", "standing", "since", "told"),
    [
        (TWIN, "2015", OPEN, None, JOINED, None, (TownStatus.ACTIVE, "2015", None)),
        (TWIN, None, OPEN, None, JOINED, None, (TownStatus.ACTIVE, None, None)),
        (TWIN, "2015", OPEN, None, JOINED, "2018", (TownStatus.ACTIVE, "2018", None)),
        (TWIN, "2026-11-23", OPEN, None, JOINED, None, (TownStatus.ACTIVE, "2026-11-23", None)),
        (TWIN, "2026-11-24", OPEN, None, JOINED, None, (TownStatus.UNKNOWN, None, None)),
        (TWIN, "2027", OPEN, None, JOINED, None, (TownStatus.UNKNOWN, None, None)),
        (TWIN, None, ENDED, "2017", JOINED, None, (TownStatus.FORMER, None, "2017")),
        (TWIN, None, ENDED, None, JOINED, None, (TownStatus.FORMER, None, None)),
        (TWIN, "2001", ENDED, "2026", JOINED, None, (TownStatus.FORMER, None, "2026")),
        (TWIN, "2001", ENDED, "2026-11-23", JOINED, None, (TownStatus.FORMER, None, "2026-11-23")),
        (TWIN, "2001", ENDED, "2026-11-24", JOINED, None, (TownStatus.ACTIVE, "2001", None)),
        (TWIN, "2001", ENDED, "2027", JOINED, None, (TownStatus.ACTIVE, "2001", None)),
        (TWIN, "2001", UNKNOWN, None, JOINED, None, (TownStatus.UNKNOWN, None, None)),
        (TWIN, "2001", OPEN, None, LEFT, "2010", (TownStatus.FORMER, None, "2010")),
        (TWIN, "2001", OPEN, None, LEFT, None, (TownStatus.FORMER, None, None)),
        (TWIN, "2001", OPEN, None, LEFT, "2027", (TownStatus.ACTIVE, "2001", None)),
        (TWIN, "2001", OPEN, None, DECLINED, None, (TownStatus.UNKNOWN, None, None)),
        (TWIN, "2001", ENDED, "2017", DECLINED, None, (TownStatus.UNKNOWN, None, None)),
        (COOPERATION, "2001", OPEN, None, JOINED, None, (TownStatus.UNKNOWN, None, None)),
        (COOPERATION, "2001", ENDED, "2017", JOINED, None, (TownStatus.UNKNOWN, None, None)),
    ],
)
def test_status_of_a_town_follows_from_its_agreements(kind, signed, end, ended, standing, since, told):
    agreement = make.AgreementFactory(kind=kind, signed=signed, end=end, ended=ended)
    town = make.AgreementPartyFactory(agreement=agreement, standing=standing, since=since).town
    found = TwinTown.objects.with_status(TODAY).get(pk=town.pk)
    assert (
        found.status,
        found.twin_since and str(found.twin_since),
        found.twin_until and str(found.twin_until),
    ) == told


def test_status_of_a_town_is_active_where_an_earlier_agreement_ended():
    town = make.TwinTownFactory()
    for end, ended, signed in ((ENDED, "1999", "1980"), (OPEN, None, "2005"), (ENDED, "2003", "2000")):
        agreement = make.AgreementFactory(kind=TWIN, end=end, ended=ended, signed=signed)
        make.AgreementPartyFactory(agreement=agreement, town=town)
    found = TwinTown.objects.with_status(TODAY).get()
    assert (found.status, found.twin_since, found.twin_until) == (
        TownStatus.ACTIVE,
        PartialDate(2005),
        PartialDate(2003),
    )


# Constraints


def refused_by_the_database(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


HOURS = {"first_weekday": 0, "last_weekday": 4, "opens": "08:00", "closes": "16:30"}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Network, {"state": "hemlig"}),
        (Network, {"published_from": NOW, "published_until": NOW}),
        (Agreement, {"kind": "annat"}),
        (Agreement, {"end": "annat"}),
        (Agreement, {"ended": "2017", "end": OPEN}),
        (Agreement, {"ended": "2017", "end": UNKNOWN}),
        (Agreement, {"signed": "2018", "ended": "2017", "end": ENDED}),
        (AgreementParty, {"standing": "annat"}),
        (TwinTown, {"latitude": 58, "longitude": None}),
        (TwinTown, {"latitude": 91, "longitude": 0}),
        (TwinTown, {"latitude": 0, "longitude": -181}),
        (NetworkRole, {"since": "2023", "until": "2021"}),
        (ContactHolder, dict(zip(("starts", "ends"), dates("2026-02-01", "2026-01-31"), strict=True))),
        (OpeningHours, HOURS | {"last_weekday": 7}),
        (OpeningHours, HOURS | {"first_weekday": 4, "last_weekday": 0}),
        (OpeningHours, HOURS | {"closes": "08:00"}),
        (OpeningHours, HOURS | {"valid_from": "2026-08-01", "valid_through": "2026-07-31"}),
        (SpecialDay, {"answer": "kanske"}),
        (SpecialDay, {"answer": "closed", "opens": "09:00", "closes": "12:00"}),
        (SpecialDay, {"answer": "other-hours", "opens": "09:00", "closes": None}),
        (SpecialDay, {"answer": "other-hours", "opens": "09:00", "closes": "09:00"}),
        (OpeningException, {"first_day": "2026-12-25", "last_day": "2026-12-24"}),
        (OpeningException, {"opens": "09:00", "closes": None}),
        (OpeningException, {"opens": None, "closes": "09:00"}),
        (OpeningException, {"opens": "09:00", "closes": "09:00"}),
        (Program, dict(zip(("apply_from", "apply_until"), dates("2026-02-01", "2026-01-31"), strict=True))),
        (Image, {"alt_sv": "", "alt_en": "", "is_decorative": False}),
        (Image, {"alt_sv": "En bild", "is_decorative": True}),
        (Page, {"key": "annan"}),
        (Page, {"conformity": "nja"}),
        (Review, {"language": "de"}),
    ],
)
def test_database_refuses_what_cannot_be(model, fields):
    factory = getattr(make, f"{model.__name__}Factory")
    row = factory()
    refused_by_the_database(lambda: model.objects.filter(pk=row.pk).update(**fields))


@pytest.mark.parametrize(
    ("signed", "ended"), [("2017", "2017"), ("2017-05", "2017"), ("2017-05-15", "2017-05"), ("2016", "2017-01")]
)
def test_an_agreement_may_end_in_the_year_it_was_signed(signed, ended):
    make.AgreementFactory(signed=signed, ended=ended, end=ENDED).full_clean()


def test_a_row_cannot_stand_for_itself():
    agreement, contact = make.AgreementFactory(), make.ContactFactory()
    refused_by_the_database(lambda: Agreement.objects.filter(pk=agreement.pk).update(replaces=agreement))
    refused_by_the_database(lambda: Contact.objects.filter(pk=contact.pk).update(substitute=contact))


def test_a_town_is_party_once_an_agreement():
    party = make.AgreementPartyFactory()
    refused_by_the_database(lambda: make.AgreementPartyFactory(agreement=party.agreement, town=party.town))


def test_a_program_is_of_a_town_or_of_a_network():
    town, network = make.TwinTownFactory(), make.NetworkFactory()
    make.ProgramFactory(town=None, network=None)
    refused_by_the_database(lambda: make.ProgramFactory(town=town, network=network))


def test_a_fact_is_of_exactly_one():
    town, network = make.TwinTownFactory(), make.NetworkFactory()
    refused_by_the_database(lambda: make.FactFactory(town=None, network=None, program=None))
    refused_by_the_database(lambda: make.FactFactory(town=town, network=network, program=None))


def test_the_site_has_one_row_of_settings():
    make.SiteSettingsFactory(name_sv="Ett")
    SiteSettings(name_sv="Två", municipality_sv="Exempelstads kommun", town="Exempelstad").save()
    assert [site.name_sv for site in SiteSettings.objects.all()] == ["Två"]
    refused_by_the_database(lambda: SiteSettings.objects.bulk_create([SiteSettings(pk=2, name_sv="Tre")]))


def test_a_slug_is_small_letters_digits_and_hyphens():
    for slug in ("Exempel", "exempel_stad", "exempel--stad", "-exempel", "exempel-", "malmö", "a b"):
        with pytest.raises(ValidationError) as refusal:
            make.NetworkFactory.build(slug=slug).clean_fields()
        assert list(refusal.value.message_dict) == ["slug"]
    make.NetworkFactory.build(slug="exempel-2").clean_fields()


def test_time_zones_are_known_ones():
    with pytest.raises(ValidationError, match="Mars/Olympus"):
        make.TwinTownFactory.build(time_zone="Mars/Olympus").clean_fields()
    make.TwinTownFactory.build(time_zone="America/Phoenix").clean_fields()


def test_a_holder_can_be_reached():
    with pytest.raises(ValidationError):
        ContactHolder(contact=make.ContactFactory(), name="Exempel Exempelsson").full_clean()


def test_a_picture_has_words_or_is_decorative():
    with pytest.raises(ValidationError) as refusal:
        make.ImageFactory.build(alt_sv="", is_decorative=False).clean()
    assert list(refusal.value.message_dict) == ["alt_sv"]


# What others point to


@pytest.mark.parametrize(
    ("owner", "field", "kept"),
    [
        (make.TwinTownFactory, "image", make.ImageFactory),
        (make.TwinTownFactory, "contact", make.ContactFactory),
        (make.PageFactory, "image", make.ImageFactory),
        (make.SiteSettingsFactory, "default_contact", make.ContactFactory),
        (make.SiteSettingsFactory, "contact_centre", make.ContactCentreFactory),
        (make.AgreementPartyFactory, "town", make.TwinTownFactory),
        (make.AgreementFactory, "replaces", make.AgreementFactory),
        (make.ContactFactory, "substitute", make.ContactFactory),
    ],
)
def test_what_is_in_use_cannot_be_deleted(owner, field, kept):
    used = kept()
    row = owner(**{field: used})
    with pytest.raises(ProtectedError) as refusal:
        used.delete()
    assert refusal.value.protected_objects == {row}


def test_parts_go_with_their_whole():
    agreement = make.AgreementFactory()
    make.AgreementPartyFactory(agreement=agreement)
    make.CooperationAreaFactory(agreement=agreement)
    make.ReviewFactory(subject=agreement)
    agreement.delete()
    assert [model.objects.count() for model in (AgreementParty, CooperationArea, Review)] == [0, 0, 0]
    network = make.NetworkFactory()
    make.FactFactory(network=network, town=None, program=None)
    network.delete()
    assert Fact.objects.count() == 0


# Contacts and the contact centre


def test_holders_are_those_of_the_day():
    contact = make.ContactFactory()
    for name, starts, ends in (
        ("Förra", None, "2026-11-22"),
        ("Sista dagen", None, "2026-11-23"),
        ("Första dagen", "2026-11-23", None),
        ("Nästa", "2026-11-24", None),
        ("Alltid", None, None),
    ):
        make.ContactHolderFactory(
            contact=contact, name=name, starts=starts, ends=ends, email="a@example.org", phone="+46700000000"
        )
    found = Contact.objects.with_holders(TODAY).get()
    assert [row["name"] for row in found.holder_rows] == ["Sista dagen", "Första dagen", "Alltid"]
    assert found.holder_rows[0] == {"name": "Sista dagen", "email": "a@example.org", "phone": "+46700000000"}


def test_rules_of_a_centre_are_its_rows():
    centre = make.ContactCentreFactory()
    make.OpeningHoursFactory(centre=centre, **HOURS)
    make.OpeningExceptionFactory(
        centre=centre, first_day=TODAY, last_day=TODAY, opens=None, closes=None, reason_sv="Städdag", reason_en=""
    )
    make.OpeningHoursFactory()
    for day, answer, opens in (
        ("2026-12-24", DayAnswer.CLOSED, None),
        ("2026-12-31", DayAnswer.OTHER_HOURS, datetime.time(22)),
        ("2027-01-05", DayAnswer.ORDINARY, None),
        ("2027-03-25", DayAnswer.DISMISSED, None),
        ("2027-04-30", DayAnswer.UNCONFIRMED, None),
    ):
        make.SpecialDayFactory(
            centre=centre, day=datetime.date.fromisoformat(day), answer=answer, opens=opens, closes=opens and "02:00"
        )
    rules = ContactCentre.objects.with_rules().get(pk=centre.pk).rules
    (line,) = rules.ordinary_week(TODAY)
    assert (line.first_weekday, line.last_weekday) == (0, 4)
    assert [(span.opens, span.closes) for span in line.spans] == [(datetime.time(8), datetime.time(16, 30))]
    (deviation,) = rules.deviations_within(TODAY)
    assert (deviation.first_day, deviation.hours.spans, deviation.hours.reason_sv) == (TODAY, (), "Städdag")
    told = {
        day: (rules.on(datetime.date.fromisoformat(day)).kind, rules.on(datetime.date.fromisoformat(day)).spans)
        for day in ("2026-12-24", "2026-12-31", "2027-01-05", "2027-03-25", "2027-04-30")
    }
    assert told == {
        "2026-12-24": (Kind.EXCEPTION, ()),
        "2026-12-31": (Kind.EXCEPTION, (Span(datetime.time(22), datetime.time(2)),)),
        "2027-01-05": (Kind.CONFIRMED, line.spans),
        "2027-03-25": (Kind.ORDINARY, line.spans),
        "2027-04-30": (Kind.UNCONFIRMED, line.spans),
    }
    assert rules.on(datetime.date(2026, 12, 24)).reason_sv == "julafton"


@pytest.mark.parametrize("make_row", [make.OpeningExceptionFactory, make.SpecialDayFactory])
def test_what_the_calendar_tells_counts_its_changes(make_row, time_machine):
    row = make_row()
    assert row.sequence == 0
    row.save()
    assert row.sequence == 0, "nothing has changed"
    time_machine.move_to(datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC), tick=False)
    row.centre = make.ContactCentreFactory()
    row.save()
    row.refresh_from_db()
    assert (row.sequence, row.changed_at.year) == (1, 2030)


def test_only_days_of_custom_are_special():
    for day in (datetime.date(2026, 12, 25), datetime.date(2026, 11, 24)):
        with pytest.raises(ValidationError, match="ingen afton"):
            make.SpecialDayFactory.build(day=day).clean()
    day = make.SpecialDayFactory.build()
    day.clean()
    assert str(day) == "2026-06-19 midsommarafton"


def test_address_is_told_on_one_line_and_found_on_a_map():
    centre = make.ContactCentreFactory.build(
        street_address="Storgatan 1", postal_code="123 45", locality="Exempelstad", map_url=""
    )
    assert centre.address == "Storgatan 1, 123 45 Exempelstad"
    assert centre.get_map_url() == "https://www.openstreetmap.org/search?query=Storgatan+1%2C+123+45+Exempelstad"
    centre.map_url = "https://example.org/karta"
    assert centre.get_map_url() == "https://example.org/karta"


# Reviews


def test_review_is_the_latest_of_the_language():
    town, other = make.TwinTownFactory(), make.TwinTownFactory()
    for subject, day, signature, language in (
        (town, "2024-05-15", "ABC", "sv"),
        (town, "2023-01-01", "DEF", "sv"),
        (town, "2025-01-01", "GHI", "en"),
        (other, "2026-01-01", "JKL", "sv"),
    ):
        make.ReviewFactory(subject=subject, reviewed_on=day, signature=signature, language=language)
    network = make.NetworkFactory()
    make.ReviewFactory(subject=network, reviewed_on="2026-02-02", signature="MNO", language="sv")
    found = {language: TwinTown.objects.with_review(language).get(pk=town.pk).review for language in ("sv", "en", "de")}
    assert found == {
        "sv": {"reviewed_on": "2024-05-15", "signature": "ABC"},
        "en": {"reviewed_on": "2025-01-01", "signature": "GHI"},
        "de": None,
    }


# Pictures on disk


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def media(settings):
    return settings.MEDIA_ROOT


def test_picture_leaves_with_its_row(media, django_capture_on_commit_callbacks):
    image = make.ImageFactory()
    assert len(files(media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert files(media) == []


def test_replaced_picture_leaves(media, django_capture_on_commit_callbacks):
    image = Image.objects.get(pk=make.ImageFactory().pk)
    (before,) = files(media)
    out = io.BytesIO()
    Picture.new("RGB", (11, 7)).save(out, "PNG")
    image.file = ContentFile(out.getvalue(), "ny.png")
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    image.refresh_from_db()
    after = [name.rpartition("/")[2] for name in (image.file.name, *image.rendition_names)]
    assert files(media) == sorted(after)
    assert before not in after
    assert (image.width, image.height) == (11, 7)


def test_refused_picture_leaves_nothing(media):
    refused_by_the_database(lambda: make.ImageFactory(alt_sv="", is_decorative=False))
    assert files(media) == []


def test_pictures_are_shown_while_something_published_shows_them():
    image = make.ImageFactory()
    assert not Image.objects.shown().exists()
    town = make.TwinTownFactory(image=image, state=PublicationState.DRAFT)
    assert not Image.objects.shown().exists()
    make.NetworkFactory(image=image)
    make.NetworkFactory(image=image)
    assert Image.objects.shown().get() == image
    Network.objects.all().delete()
    town.state = PublicationState.PUBLISHED
    town.published_until = timezone.now()
    town.save()
    assert not Image.objects.shown().exists()
    make.SiteSettingsFactory(logo=image)
    assert Image.objects.shown().get() == image
