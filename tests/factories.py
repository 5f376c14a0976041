"""Rows for tests, obviously made up, published unless told otherwise.

Names follow the towns of Swedish examples; phone numbers lie in the series that PTS keeps for made-up ones.
"""

import datetime
import io

import factory
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory, Password
from PIL import Image as Picture

from partnerships import models
from partnerships.choices import AgreementEnd, AgreementKind, PageKey, PartyStanding, PublicationState, Weekday
from partnerships.partial_dates import PartialDate


class _PublishedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    state = PublicationState.PUBLISHED


def _phone():
    return factory.Sequence(lambda n: f"+468465004{n % 100:02}")


class ImageFactory(DjangoModelFactory):
    class Meta:
        model = models.Image

    # Each of another colour: pictures with the same pixels share their file's name.
    file = factory.Sequence(lambda n: ContentFile(_png(n), f"exempel-{n}.png"))
    title = factory.Sequence(lambda n: f"Exempelbild {n}")
    alt_sv = "En gata i Exempelstad"
    alt_en = "A street in Exempelstad"
    credit_sv = "Illustration: Exempelstads kommun"
    licence = "CC0"


def _png(number):
    colour = (number % 256, number // 256 % 256, 128)
    out = io.BytesIO()
    Picture.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


class ContactCentreFactory(_PublishedFactory):
    class Meta:
        model = models.ContactCentre

    slug = factory.Sequence(lambda n: f"kontaktcenter-{n}")
    name_sv = factory.Sequence(lambda n: f"Kontaktcenter {n}")
    name_en = factory.Sequence(lambda n: f"Contact centre {n}")
    tagline_sv = "En väg in till kommunen"
    tagline_en = "One way in"
    help_text_sv = "<p>Frågor om allt som kommunen gör.</p>"
    help_text_en = "<p>Questions about all that the municipality does.</p>"
    street_address = "Exempelgatan 1"
    postal_code = "123 45"
    locality = "Exempelstad"
    email = "kontaktcenter@example.org"
    phone = _phone()


class OpeningHoursFactory(DjangoModelFactory):
    class Meta:
        model = models.OpeningHours

    centre = factory.SubFactory(ContactCentreFactory)
    first_weekday = Weekday.MONDAY
    last_weekday = Weekday.FRIDAY
    opens = datetime.time(8)
    closes = datetime.time(16, 30)


class OpeningExceptionFactory(DjangoModelFactory):
    """Closed on Christmas Day 2026."""

    class Meta:
        model = models.OpeningException

    centre = factory.SubFactory(ContactCentreFactory)
    first_day = last_day = datetime.date(2026, 12, 25)
    reason_sv = "Juldagen"
    reason_en = "Christmas Day"


class SpecialDayFactory(DjangoModelFactory):
    """Midsummer's Eve 2026, of which nobody has said yet what holds."""

    class Meta:
        model = models.SpecialDay

    centre = factory.SubFactory(ContactCentreFactory)
    day = datetime.date(2026, 6, 19)


class ContactFactory(_PublishedFactory):
    class Meta:
        model = models.Contact

    slug = factory.Sequence(lambda n: f"samordnare-{n}")
    name_sv = factory.Sequence(lambda n: f"Samordnare {n}")
    name_en = factory.Sequence(lambda n: f"Coordinator {n}")
    description_sv = "Svarar på frågor om samarbetet."
    description_en = "Answers questions about the cooperation."
    email = factory.Sequence(lambda n: f"samordnare-{n}@example.org")
    phone = _phone()


class ContactHolderFactory(DjangoModelFactory):
    class Meta:
        model = models.ContactHolder

    contact = factory.SubFactory(ContactFactory)
    name = factory.Sequence(lambda n: f"Förnamn{n} Exempelsson")
    email = factory.Sequence(lambda n: f"exempelsson-{n}@example.org")
    phone = _phone()


class TwinTownFactory(_PublishedFactory):
    class Meta:
        model = models.TwinTown

    slug = factory.Sequence(lambda n: f"exempelstad-{n}")
    name_sv = factory.Sequence(lambda n: f"Exempelstad {n}")
    name_en = factory.Sequence(lambda n: f"Exampletown {n}")
    region_sv = "Exempelregionen"
    region_en = "Example Region"
    country_sv = "Exempelland"
    country_en = "Exampleland"
    summary_sv = "En stad som finns för att prova."
    summary_en = "A town that exists for trying things."
    body_sv = "<p>Om staden.</p>"
    body_en = "<p>About the town.</p>"
    website = "https://example.org/"
    latitude = "58.28365"
    longitude = "12.28922"
    time_zone = "Europe/Stockholm"


class AgreementFactory(_PublishedFactory):
    """A twin-town agreement that runs."""

    class Meta:
        model = models.Agreement

    name_sv = factory.Sequence(lambda n: f"Vänortsavtal {n}")
    name_en = factory.Sequence(lambda n: f"Twin-town agreement {n}")
    kind = AgreementKind.TWIN_TOWN
    signed = PartialDate(2015)
    end = AgreementEnd.OPEN
    summary_sv = "Om avtalet."
    summary_en = "About the agreement."


class AgreementPartyFactory(DjangoModelFactory):
    class Meta:
        model = models.AgreementParty

    agreement = factory.SubFactory(AgreementFactory)
    town = factory.SubFactory(TwinTownFactory)
    standing = PartyStanding.JOINED


class CooperationAreaFactory(DjangoModelFactory):
    class Meta:
        model = models.CooperationArea

    agreement = factory.SubFactory(AgreementFactory)
    name_sv = factory.Sequence(lambda n: f"Område {n}")
    name_en = factory.Sequence(lambda n: f"Area {n}")


class NetworkFactory(_PublishedFactory):
    class Meta:
        model = models.Network

    slug = factory.Sequence(lambda n: f"exempelnatverk-{n}")
    name_sv = factory.Sequence(lambda n: f"Exempelnätverket {n}")
    name_en = factory.Sequence(lambda n: f"Example Network {n}")
    summary_sv = "Ett nätverk som finns för att prova."
    summary_en = "A network that exists for trying things."
    body_sv = "<p>Om nätverket.</p>"
    body_en = "<p>About the network.</p>"
    website = "https://example.org/network/"
    started = PartialDate(1991)
    member_since = PartialDate(2005)


class NetworkRoleFactory(DjangoModelFactory):
    class Meta:
        model = models.NetworkRole

    network = factory.SubFactory(NetworkFactory)
    name_sv = factory.Sequence(lambda n: f"ordförande {n}")
    name_en = factory.Sequence(lambda n: f"chair {n}")
    since = PartialDate(2021)
    until = PartialDate(2023)


class AudienceFactory(DjangoModelFactory):
    class Meta:
        model = models.Audience

    slug = factory.Sequence(lambda n: f"malgrupp-{n}")
    name_sv = factory.Sequence(lambda n: f"målgrupp {n}")
    name_en = factory.Sequence(lambda n: f"audience {n}")


class ProgramFactory(_PublishedFactory):
    class Meta:
        model = models.Program

    slug = factory.Sequence(lambda n: f"exempelprogram-{n}")
    name_sv = factory.Sequence(lambda n: f"Exempelprogrammet {n}")
    name_en = factory.Sequence(lambda n: f"Example Program {n}")
    summary_sv = "Ett program som finns för att prova."
    summary_en = "A program that exists for trying things."
    body_sv = "<p>Om programmet.</p>"
    body_en = "<p>About the program.</p>"
    organiser = "Föreningen Exempel"
    organiser_url = "https://example.org/association/"


class FactFactory(DjangoModelFactory):
    """A town's, unless told otherwise: then say town=None too."""

    class Meta:
        model = models.Fact

    town = factory.SubFactory(TwinTownFactory)
    label_sv = "Invånare"
    label_en = "Inhabitants"
    value_sv = "cirka 12 000"
    value_en = "about 12,000"
    as_of = PartialDate(2024)
    source = "Exempelstads statistik"
    source_url = "https://example.org/statistics/"


class PageFactory(_PublishedFactory):
    class Meta:
        model = models.Page

    key = factory.Iterator(PageKey.values)
    title_sv = factory.LazyAttribute(lambda page: f"Sidan {page.key}")
    title_en = factory.LazyAttribute(lambda page: f"The page {page.key}")
    description_sv = "Vad sidan handlar om."
    description_en = "What the page is about."
    lead_sv = "En inledning."
    lead_en = "An introduction."
    body_sv = "<p>Sidans text.</p>"
    body_en = "<p>The page's text.</p>"


class NoticeFactory(_PublishedFactory):
    """Above every page, unless told otherwise."""

    class Meta:
        model = models.Notice

    text_sv = factory.Sequence(lambda n: f"Vi har stängt på exempeldagen {n}.")
    text_en = factory.Sequence(lambda n: f"We are closed on Example Day {n}.")


class AccessibilityReportFactory(DjangoModelFactory):
    class Meta:
        model = models.AccessibilityReport

    what_happened = factory.Sequence(lambda n: f"Exempelknappen {n} går inte att nå med tangentbordet.")
    where = "/vanorter/"
    used = "Bara tangentbordet"
    reach = "exempel@example.org"
    language = "sv"
    token = factory.Sequence(lambda n: f"exempel-{n}")


class ReviewFactory(DjangoModelFactory):
    """Of the Swedish version of a town, unless told otherwise."""

    class Meta:
        model = models.Review

    subject = factory.SubFactory(TwinTownFactory)
    language = "sv"
    reviewed_on = datetime.date(2026, 5, 15)
    signature = "EXEX"


class SiteSettingsFactory(DjangoModelFactory):
    """The site's one row of settings."""

    class Meta:
        model = models.SiteSettings

    name_sv = "Vänorter och nätverk"
    name_en = "Twin towns and networks"
    municipality_sv = "Exempelstads kommun"
    municipality_en = "Exempelstad Municipality"
    town = "Exempelstad"
    latitude = "58.28365"
    longitude = "12.28922"


class OldSlugFactory(DjangoModelFactory):
    class Meta:
        model = models.OldSlug

    kind = "twintown"
    slug = factory.Sequence(lambda n: f"forut-{n}")
    object_id = factory.LazyAttribute(lambda _: TwinTownFactory().pk)


class ContentRecordFactory(DjangoModelFactory):
    class Meta:
        model = models.ContentRecord

    key = factory.LazyAttribute(lambda record: f"twintown:{record.object_id}")
    object_id = factory.LazyAttribute(lambda _: TwinTownFactory().pk)
    values = factory.LazyFunction(lambda: {"name_sv": "Exempelstad"})


class DraftFactory(DjangoModelFactory):
    """A draft of something new of this kind, unless subject is given."""

    class Meta:
        model = models.Draft
        exclude = ["subject", "kind"]

    subject = None
    kind = models.Network
    content_type = factory.LazyAttribute(
        lambda draft: ContentType.objects.get_for_model(type(draft.subject) if draft.subject else draft.kind)
    )
    object_id = factory.LazyAttribute(lambda draft: draft.subject and draft.subject.pk)
    title = "Exempelnätverket"
    data = factory.LazyFunction(lambda: {"fields": {"name_sv": ["Exempelnätverket"]}, "rows": {}})
    base = factory.LazyFunction(lambda: {"fields": {"name_sv": [""]}, "rows": {}})
    author = factory.SubFactory("tests.factories.UserFactory")


class PreviewLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.PreviewLink

    draft = factory.SubFactory(DraftFactory)
    made_by = factory.SelfAttribute("draft.author")


class FormInUseFactory(DjangoModelFactory):
    class Meta:
        model = models.FormInUse

    address = factory.Sequence(lambda n: f"/admin/partnerships/network/{n + 1}/change/")
    user = factory.SubFactory("tests.factories.UserFactory")


class GenerationFactory(DjangoModelFactory):
    class Meta:
        model = models.Generation
        django_get_or_create = ("id",)

    id = 1
    number = 1


class SearchEntryFactory(DjangoModelFactory):
    """An entry of no town: what is left over where something went past the models."""

    class Meta:
        model = models.SearchEntry

    kind = "twintown"
    object_id = factory.Sequence(lambda n: 1_000_000 + n)
    language = "sv"
    digest = "0" * 32
    languages = "svsv"
    title = title_terms = "borta"
    text = text_terms = "ort"


class SearchTermFactory(DjangoModelFactory):
    class Meta:
        model = models.SearchTerm

    language = "sv"
    term = factory.Sequence(lambda n: f"ord{n}")
    reversed = factory.LazyAttribute(lambda row: row.term[::-1])


class UserFactory(DjangoModelFactory):
    """Somebody who may log in to the admin and do nothing there; is_superuser=True may do all. Password "exempel"."""

    class Meta:
        model = "auth.User"

    username = factory.Sequence(lambda n: f"redaktor-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = Password("exempel")
    is_staff = True
