"""Nothing that is not published shows anywhere: not on a page, in a list, a count, the sitemap or a link.

A site is built in which every public model has a row that must not show, tied to rows that do in every way the models
allow. Then each published() call of the code is left out in turn, and the leak must be found.
"""

import datetime
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from partnerships import models
from partnerships.choices import AgreementEnd, AgreementKind, PageKey, PartyStanding, PublicationState
from partnerships.models import Page, SiteSettings
from partnerships.models.base import PublishedQuerySet
from partnerships.models.indexing import reindex
from partnerships.models.written_once import Question
from partnerships.search import publicness
from partnerships.views.cards import Shared
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
UNSEEN = {
    "draft": lambda: {"state": PublicationState.DRAFT},
    "withdrawn": lambda: {"state": PublicationState.WITHDRAWN},
    "future": lambda: {"published_from": timezone.now() + DAY},
    "past": lambda: {"published_until": timezone.now() - DAY},
}
SECRET_YEAR = "1888"


class Site:
    """A site with seen and unseen rows, and the addresses at which the public may try to read it."""

    def __init__(self, unseen):
        self.unseen = unseen
        hidden_centre = self.hidden(make.ContactCentreFactory, "center")
        self.seen_contact = make.ContactFactory(
            slug="synlig-kontakt",
            name_sv="Synlig kontakt",
            substitute=self.hidden(make.ContactFactory, "ersattare"),
            contact_centre=hidden_centre,
        )
        hidden_contact = self.hidden(make.ContactFactory, "kontakt")
        make.ContactHolderFactory(contact=hidden_contact, name="Dold Innehavare")
        make.ContactCentreFactory(slug="synligt-center", name_sv="Synligt center")
        make.SiteSettingsFactory(
            name_sv="Exempelstads vänner",
            default_contact=hidden_contact,
            contact_centre=hidden_centre,
        )
        self.hidden_image = make.ImageFactory(title="Dold", alt_sv="Dold bild")
        self.hidden_image.make_renditions()
        self.image_without_renditions = make.ImageFactory(title="Dold", alt_sv="Dold bild")

        hidden_town = self.hidden(make.TwinTownFactory, "ort", image=self.hidden_image)
        self.hidden(make.TwinTownFactory, "annan-ort", image=self.image_without_renditions)
        hidden_town.slug = "dold-ort-flyttad"
        hidden_town.save()
        self.town = make.TwinTownFactory(slug="synlig-ort", name_sv="Synlig ort", contact=hidden_contact)
        hidden_network = self.hidden(make.NetworkFactory, "natverk")
        self.network = make.NetworkFactory(slug="synligt-natverk", name_sv="Synligt nätverk", contact=self.seen_contact)

        self.hidden(make.ProgramFactory, "program", town=self.town)
        self.hidden(make.ProgramFactory, "program-i-natverk", town=None, network=self.network)
        make.ProgramFactory(slug="synligt-program", name_sv="Synligt program", town=hidden_town, contact=hidden_contact)
        make.ProgramFactory(slug="program-i-natverk", name_sv="Synligt i nätverk", town=None, network=hidden_network)

        running = {"kind": AgreementKind.TWIN_TOWN, "end": AgreementEnd.OPEN, "signed": SECRET_YEAR}
        hidden_agreement = self.hidden_agreement(**running)
        make.AgreementPartyFactory(agreement=hidden_agreement, town=self.town)
        ended = self.hidden_agreement(
            kind=AgreementKind.TWIN_TOWN, end=AgreementEnd.ENDED, ended=SECRET_YEAR, signed=None
        )
        make.AgreementPartyFactory(agreement=ended, town=make.TwinTownFactory(slug="annan-ort", name_sv="Annan ort"))
        seen_agreement = make.AgreementFactory(
            name_sv="Synligt avtal", kind=AgreementKind.COOPERATION, signed="2001", replaces=hidden_agreement
        )
        make.AgreementPartyFactory(agreement=seen_agreement, town=self.town)
        make.AgreementPartyFactory(agreement=seen_agreement, town=hidden_town, standing=PartyStanding.DECLINED)
        for address in ("", "/kontakt/"):
            make.NoticeFactory(
                text_sv="Dold notis", text_en="Dold notis", address=address, link="/vanorter/", link_text_sv="Dold länk"
            )
        models.Notice.objects.update(**self.unseen)
        make.NoticeFactory(text_sv="Synlig notis", text_en="Seen notice")
        for key in PageKey.values:
            make.PageFactory(key=key, title_sv="Dold sida", title_en="Dold sida", **self.unseen)

    def hidden(self, factory, slug, **fields):
        name = {"name_sv": f"Dold {slug}", "name_en": f"Dold {slug}"}
        return self.left_in_the_index(factory(slug=f"dold-{slug}", **name, **fields, **self.unseen))

    def hidden_agreement(self, **fields):
        row = make.AgreementFactory(name_sv="Dolt avtal, dold", name_en="Dold", **fields, **self.unseen)
        return self.left_in_the_index(row)

    def left_in_the_index(self, row):
        """So that search itself would find the row: what is shown must not hang on the index being right."""
        rows = type(row).objects.filter(pk=row.pk)
        open_to_all = {"state": PublicationState.PUBLISHED, "published_from": None, "published_until": None}
        QuerySet.update(rows, **open_to_all)
        reindex(type(row), [row.pk])
        QuerySet.update(rows, **open_to_all | self.unseen)
        return row

    def addresses(self):
        swedish = ["", "vanorter/", "natverk/", "program/", "kontakt/", "kontaktcenter/", "tillganglighet/"]
        swedish += ["tillganglighet/rapportera/", "tillganglighet/rapportera/tack/"]
        english = ["", "twin-towns/", "networks/", "programs/", "contact/", "contact-centre/", "accessibility/"]
        english += ["accessibility/report/", "accessibility/report/thanks/"]
        objects = {
            "vanorter": ["synlig-ort", "annan-ort", "dold-ort", "dold-ort-flyttad"],
            "natverk": ["synligt-natverk", "dold-natverk"],
            "program": ["synligt-program", "program-i-natverk", "dold-program"],
        }
        in_english = {"vanorter": "twin-towns", "natverk": "networks", "program": "programs"}
        return [
            *(f"/{path}" for path in swedish),
            *(f"/en/{path}" for path in english),
            *(f"/{kind}/{slug}/" for kind, slugs in objects.items() for slug in slugs),
            *(f"/en/{in_english[kind]}/{slug}/" for kind, slugs in objects.items() for slug in slugs),
            *(f"/kort/sv/{kind}/{slug}.jpg" for kind, slug in (("town", "dold-ort"), ("network", "dold-natverk"))),
            "/kort/sv/program/dold-program.jpg",
            "/kort/sv/landing.jpg",
            *(f"/sok/?q={word}" for word in ("synlig", "dol", "ort", "natverk", "program", "avtal", "center", "sida")),
            *(f"/en/search/?q={word}" for word in ("ort", "kontakt")),
            *(f"/sok/?q=dol&kind={kind}" for kind in ("twintown", "network", "program", "agreement", "contact")),
            "/sok/forslag/?q=dol",
            "/en/search/suggestions/?q=dol",
            "/sitemap.xml",
            self.hidden_image.file.url,
            self.image_without_renditions.file.url,
            self.hidden_image.file.storage.url(self.hidden_image.rendition_names[0]),
        ]

    def leaks(self, client):
        """The addresses at which something unseen shows."""
        return [address for address in self.addresses() if self.shows_unseen(client.get(address))]

    def shows_unseen(self, response):
        if response.status_code == 404:
            return False
        if response.streaming:
            response.getvalue()
            return True
        if response.headers["Content-Type"] == "image/jpeg":
            unwritten = Shared.of(Page.unwritten(PageKey.LANDING), SiteSettings.load()).draw()
            return "dold" in response.request["PATH_INFO"] or response.content != unwritten
        told = response.content.decode().lower() + response.headers.get("Location", "")
        return "dold" in told or SECRET_YEAR in told


@pytest.mark.parametrize("kind", UNSEEN)
def test_unseen_rows_show_nowhere(client, kind):
    site = Site(UNSEEN[kind]())
    assert site.leaks(client) == []


def test_seen_rows_show(client):
    """So that the test above cannot pass by showing nothing."""
    site = Site(UNSEEN["draft"]())
    told = {address: client.get(address).content.decode(errors="replace") for address in site.addresses()}
    assert "Synlig ort" in told["/vanorter/"]
    assert "Synligt avtal" in told["/vanorter/synlig-ort/"]
    assert "Synligt nätverk" in told["/natverk/"]
    assert "Synligt program" in told["/program/"]
    assert "Synlig kontakt" in told["/kontakt/"]
    assert "Synlig kontakt" in told["/natverk/synligt-natverk/"]
    assert "Synligt center" in told["/kontaktcenter/"]
    assert "/vanorter/synlig-ort/" in told["/sitemap.xml"]
    assert "Synlig notis" in told["/tillganglighet/rapportera/"]
    assert "Seen notice" in told["/en/"]
    assert "Inget känt vänortsavtal" in told["/vanorter/synlig-ort/"]


def calling_line():
    """Where in the site's own code published() is being called from: ("views/pages.py", 18)."""
    home, frame = Path(settings.BASE_DIR) / "partnerships", sys._getframe(2)
    while home not in Path(frame.f_code.co_filename).parents:
        frame = frame.f_back
    return str(Path(frame.f_code.co_filename).relative_to(home)), frame.f_lineno


@pytest.fixture
def written_anew():
    """Forgets what is written once of what is public, now and when the test is over."""

    def forget():
        publicness._public.cache_clear()
        for question in Question.every:
            question.forget()

    yield forget
    forget()


@pytest.mark.once
def test_leaving_out_any_one_published_is_found(client, monkeypatch, written_anew):
    site = Site(UNSEEN["draft"]())
    published = PublishedQuerySet.published
    called, left_out = set(), None

    def published_but_one(self, at=None):
        line = calling_line()
        called.add(line)
        return self.all() if line == left_out else published(self, at)

    monkeypatch.setattr(PublishedQuerySet, "published", published_but_one)
    written_anew()
    assert site.leaks(client) == []
    lines = sorted(called)
    assert len(lines) >= 20
    unfound = []
    for left_out in lines:
        written_anew()
        if not any(site.shows_unseen(client.get(address)) for address in site.addresses()):
            unfound.append(left_out)
    assert unfound == []
