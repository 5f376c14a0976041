"""Where a thing is used: each form and draft in which it is chosen, and the public pages that show it, no others."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CASCADE, PROTECT
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from partnerships.admin.places import used_in_context
from partnerships.choices import PageKey, PublicationState
from partnerships.models import (
    Agreement,
    Contact,
    ContactCentre,
    Image,
    Network,
    Page,
    Program,
    SiteSettings,
    TwinTown,
)
from partnerships.models.drafts import drafted_models
from partnerships.showing import Reach, pages_that_show
from tests import factories as make
from tests.drafting import draft_of

pytestmark = pytest.mark.django_db


class Site:
    """Everything tied to everything, each with a name that stands nowhere else."""

    def __init__(self):
        self.image, self.other_image, self.idle_image = make.ImageFactory.create_batch(3)
        self.centre = make.ContactCentreFactory(name_sv="Centret", slug="centret")
        self.idle_centre = make.ContactCentreFactory(name_sv="Huset", slug="huset")
        self.substitute = make.ContactFactory(name_sv="Ersättaren", slug="ersattaren")
        self.contact = make.ContactFactory(
            name_sv="Samordnaren", slug="samordnaren", substitute=self.substitute, contact_centre=self.centre
        )
        self.idle_contact = make.ContactFactory(name_sv="Strateggen", slug="strateggen")
        self.town = make.TwinTownFactory(name_sv="Norrtuna", slug="norrtuna", image=self.image, contact=self.contact)
        self.other_town = make.TwinTownFactory(name_sv="Söderby", slug="soderby", contact=self.substitute)
        self.idle_town = make.TwinTownFactory(name_sv="Västervik", slug="vastervik")
        self.network = make.NetworkFactory(name_sv="Nätet", slug="natet", image=self.image)
        self.program = make.ProgramFactory(name_sv="Utbytet", slug="utbytet", town=self.town, contact=self.contact)
        self.other_program = make.ProgramFactory(
            name_sv="Resan", slug="resan", network=self.network, image=self.other_image
        )
        self.idle_program = make.ProgramFactory(name_sv="Kursen", slug="kursen")
        self.replaced = make.AgreementFactory(name_sv="Förstlingen")
        self.agreement = make.AgreementFactory(name_sv="Avtalet", replaces=self.replaced)
        for town in (self.town, self.other_town):
            make.AgreementPartyFactory(agreement=self.agreement, town=town)
        for key in PageKey.values:
            page = make.PageFactory(key=key, lead_sv=f"Ingressen om {key}.", image=self.image if "s" in key else None)
            setattr(self, f"{key}_page", page)

    def named(self):
        """{what it is called here: the object}."""
        return dict(vars(self))


def mark(obj):
    """What a page holds that shows it."""
    if isinstance(obj, Image):
        return f"/media/{obj.file.name}"
    return obj.lead_sv if isinstance(obj, Page) else obj.name_sv


def path(page):
    return reverse(page) if isinstance(page, PageKey) else page.get_absolute_url().partition("#")[0]


def public_paths():
    """Every page that the public can read, whether or not it is linked anywhere."""
    objects = [obj for model in (TwinTown, Network, Program) for obj in model.objects.published()]
    return [path(page) for page in [*map(PageKey, PageKey.values), *objects]]


def shown_by_page(client):
    return {address: client.get(address).content.decode() for address in public_paths()}


def told_and_shown(client, named):
    """({name: the paths that are told}, {name: the paths at which it shows})."""
    pages = shown_by_page(client)
    told = {name: {path(page) for page in pages_that_show(obj)} for name, obj in named.items()}
    shown = {name: {address for address, text in pages.items() if mark(obj) in text} for name, obj in named.items()}
    return told, shown


@pytest.mark.once
def test_the_pages_that_are_told_are_those_that_show_it(client):
    """With everything public, and with each thing in turn withdrawn."""
    named = Site().named()
    told, shown = told_and_shown(client, named)
    assert told == shown
    assert told["town"] == {"/", "/vanorter/", "/vanorter/norrtuna/", "/vanorter/soderby/", "/program/utbytet/"}
    assert {name for name, pages in told.items() if not pages} == {"idle_image"}
    for hidden, obj in named.items():
        if isinstance(obj, Image):
            continue
        type(obj).objects.filter(pk=obj.pk).update(state=PublicationState.WITHDRAWN)
        told, shown = told_and_shown(client, named)
        assert told == shown, hidden
        assert told[hidden] == set()
        type(obj).objects.filter(pk=obj.pk).update(state=PublicationState.PUBLISHED)


WITH_A_CONTACT = {"/vanorter/norrtuna/", "/vanorter/soderby/", "/program/utbytet/"}


@pytest.mark.parametrize(
    ("field", "name", "reach", "not_on"),
    [
        ("logo", "idle_image", Reach.ALL, set()),
        ("contact_centre", "idle_centre", Reach.FEET, set()),
        ("default_contact", "idle_contact", Reach.WITHOUT_CONTACT, WITH_A_CONTACT),
        ("default_contact", "contact", Reach.WITHOUT_CONTACT, {"/vanorter/soderby/"}),
    ],
)
def test_what_the_site_itself_shows_is_told_to_be_on_many_pages(client, field, name, reach, not_on):
    obj = getattr(Site(), name)
    before = pages_that_show(obj)
    make.SiteSettingsFactory(**{field: obj})
    assert set(pages_that_show(obj)) - set(before) == {reach}
    assert {address for address, text in shown_by_page(client).items() if mark(obj) not in text} == not_on


def test_the_picture_when_shared_is_on_cards_only(client):
    image = make.ImageFactory()
    make.SiteSettingsFactory(social_card=image)
    assert pages_that_show(image) == [Reach.SHARED]
    assert mark(image) not in client.get("/").content.decode()


def test_who_stands_in_for_the_sites_contact_is_on_as_many_pages():
    site = Site()
    make.SiteSettingsFactory(default_contact=site.contact)
    assert Reach.WITHOUT_CONTACT in pages_that_show(site.substitute)
    assert Reach.WITHOUT_CONTACT in pages_that_show(site.centre)
    Contact.objects.filter(pk=site.contact.pk).update(state=PublicationState.WITHDRAWN)
    assert Reach.WITHOUT_CONTACT not in pages_that_show(site.substitute)
    assert Reach.WITHOUT_CONTACT not in pages_that_show(site.centre)


def page_link(address, words):
    return f'<a href="{address}">{words}</a>'


OWN, LANDING = gettext("Its own page"), gettext("The landing page")


def the_page(key):
    return gettext("The page %(name)s") % {"name": PageKey(key).label}


def page_of(name):
    return gettext("The page of %(name)s") % {"name": name}


def entry(key, name):
    return gettext("The page %(page)s: %(entry)s") % {"page": PageKey(key).label, "entry": name}


def test_the_pages_are_told_in_words():
    site = Site()
    make.SiteSettingsFactory(default_contact=site.contact, contact_centre=site.centre, logo=site.image)
    agreement, first = f"/vanorter/#{site.agreement.anchor}", f"/vanorter/#{site.replaced.anchor}"
    expected = {
        "town": [
            page_link("/vanorter/norrtuna/", OWN),
            page_link("/vanorter/", the_page("towns")),
            page_link("/", LANDING),
            page_link("/program/utbytet/", page_of("Utbytet")),
            page_link(agreement, entry("towns", "Avtalet")),
            page_link("/vanorter/soderby/", page_of("Söderby")),
        ],
        "replaced": [
            page_link(first, entry("towns", "Förstlingen")),
            page_link("/", LANDING),
            page_link(agreement, entry("towns", "Avtalet")),
            page_link("/vanorter/norrtuna/", page_of("Norrtuna")),
            page_link("/vanorter/soderby/", page_of("Söderby")),
        ],
        "program": [
            page_link("/program/utbytet/", OWN),
            page_link("/program/", the_page("programs")),
            page_link("/", LANDING),
            page_link("/vanorter/norrtuna/", page_of("Norrtuna")),
        ],
        "network": [
            page_link("/natverk/natet/", OWN),
            page_link("/natverk/", the_page("networks")),
            page_link("/", LANDING),
            page_link("/program/resan/", page_of("Resan")),
        ],
        "contact": [
            page_link("/kontakt/#samordnaren", entry("contact", "Samordnaren")),
            page_link("/program/", the_page("programs")),
            page_link("/", LANDING),
            gettext("Every page without a contact of its own"),
            page_link("/vanorter/norrtuna/", page_of("Norrtuna")),
            page_link("/program/utbytet/", page_of("Utbytet")),
        ],
        "centre": [
            page_link("/kontaktcenter/#centret", entry("contact-centre", "Centret")),
            gettext("The foot of every page"),
            page_link("/kontakt/#samordnaren", entry("contact", "Samordnaren")),
            gettext("Every page without a contact of its own"),
            page_link("/vanorter/norrtuna/", page_of("Norrtuna")),
            page_link("/program/utbytet/", page_of("Utbytet")),
        ],
        "image": [
            *(page_link(reverse(key), the_page(key)) for key in ("towns", "networks", "programs", "accessibility")),
            page_link("/vanorter/norrtuna/", page_of("Norrtuna")),
            page_link("/natverk/natet/", page_of("Nätet")),
            gettext("Every page"),
        ],
        "idle_image": [],
        "networks_page": [page_link("/natverk/", the_page("networks")), page_link("/", LANDING)],
    }
    for name, links in expected.items():
        assert used_in_context(getattr(site, name))["used_in"]["shown"] == links, name


# Chosen


def form_link(obj, field, words=None):
    address = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    return told_link(obj._meta.verbose_name, address, words or str(obj), type(obj), field)


def draft_link(draft, field):
    model = draft.content_type.model_class()
    kind = gettext("draft, %(kind)s") % {"kind": model._meta.verbose_name}
    return told_link(kind, draft.get_absolute_url(), draft.title, model, field)


def told_link(kind, address, words, model, field):
    label = TwinTown._meta.verbose_name if field == "parties" else model._meta.get_field(field).verbose_name
    return f'{capfirst(kind)}: <a href="{address}">{words}</a> – {label}'


def test_each_form_is_told_on_which_it_is_chosen_and_in_which_field():
    site = Site()
    settings = make.SiteSettingsFactory(
        default_contact=site.contact, contact_centre=site.centre, logo=site.image, social_card=site.image
    )
    expected = {
        "town": [form_link(site.agreement, "parties"), form_link(site.program, "town")],
        "network": [form_link(site.other_program, "network")],
        "program": [],
        "replaced": [form_link(site.agreement, "replaces")],
        "contact": [
            form_link(site.town, "contact"),
            form_link(site.program, "contact"),
            form_link(settings, "default_contact"),
        ],
        "substitute": [form_link(site.contact, "substitute"), form_link(site.other_town, "contact")],
        "centre": [form_link(site.contact, "contact_centre"), form_link(settings, "contact_centre")],
        "other_image": [form_link(site.other_program, "image")],
        "idle_image": [],
        "image": [
            form_link(site.town, "image"),
            form_link(site.network, "image"),
            *(form_link(page, "image") for page in Page.objects.filter(image=site.image).order_by("pk")),
            form_link(settings, "logo"),
            form_link(settings, "social_card"),
        ],
    }
    for name, links in expected.items():
        chosen = used_in_context(getattr(site, name))["used_in"]["chosen"]
        assert sorted(chosen) == sorted(links), name


def test_a_form_that_chooses_it_in_two_rows_is_told_once():
    """As a town can be party twice only in a draft, so there."""
    town = make.TwinTownFactory()
    draft = draft_of(Agreement, "Nytt avtal", rows={"parties": [{"town": town}, {"town": town, "since": "2020"}]})
    assert used_in_context(town)["used_in"]["chosen"] == [draft_link(draft, "parties")]


def _drafts_of_a_town():
    town, other = make.TwinTownFactory(), make.TwinTownFactory()
    agreement = make.AgreementFactory()
    told = [
        draft_link(draft_of(Program, "Nytt program", town=town), "town"),
        draft_link(draft_of(agreement, "Avtalet", rows={"parties": [{"town": other}, {"town": town}]}), "parties"),
        draft_link(draft_of(make.ProgramFactory(), "Programmet", town=town), "town"),
    ]
    draft_of(Program, "En annan ort", town=other)
    draft_of(Program, "Ingen ort", town="")
    draft_of(Agreement, "Borttagen rad", rows={"parties": [{"town": town, "pk": 1, "deleted": True}]})
    draft_of(Agreement, "En annan rad", rows={"areas": [{"name_sv": town.pk, "town": town}]})
    draft_of(Network, "Ett nätverk utan ort", town=town)
    draft_of(town, "Orten själv", town=town)
    return town, told


def _drafts_of_a_contact():
    contact = make.ContactFactory()
    told = [
        draft_link(draft_of(model, model.__name__, contact=contact), "contact")
        for model in (TwinTown, Network, Program)
    ]
    told.append(draft_link(draft_of(Contact, "Ny kontakt", substitute=contact), "substitute"))
    draft_of(Contact, "Namnsdrag", name_sv=contact.pk)
    draft_of(contact, "Kontakten själv", substitute=contact)
    return contact, told


def _drafts_of_an_image():
    image = make.ImageFactory()
    told = [
        draft_link(draft_of(model, model.__name__, image=image), "image")
        for model in (TwinTown, Network, Program, Page)
    ]
    draft_of(TwinTown, "Nästan samma nyckel", image=f"{image.pk}0")
    draft_of(Agreement, "Avtal", image=image)
    return image, told


def _drafts_of_a_centre():
    centre = make.ContactCentreFactory()
    return centre, [draft_link(draft_of(Contact, "Ny kontakt", contact_centre=centre), "contact_centre")]


def _drafts_of_a_network():
    network = make.NetworkFactory()
    return network, [draft_link(draft_of(Program, "Nytt program", network=network), "network")]


def _drafts_of_an_agreement():
    agreement = make.AgreementFactory()
    return agreement, [draft_link(draft_of(Agreement, "Nästa avtal", replaces=agreement), "replaces")]


@pytest.mark.parametrize(
    "drafts",
    [
        _drafts_of_a_town,
        _drafts_of_a_contact,
        _drafts_of_an_image,
        _drafts_of_a_centre,
        _drafts_of_a_network,
        _drafts_of_an_agreement,
    ],
)
def test_drafts_that_choose_it_are_told_as_drafts(drafts):
    obj, told = drafts()
    assert used_in_context(obj)["used_in"]["chosen"] == told


def test_what_a_draft_no_longer_chooses_is_still_chosen_by_what_is_live():
    image = make.ImageFactory()
    town = make.TwinTownFactory(image=image)
    draft_of(town, "Norrtuna", image="")
    assert used_in_context(image)["used_in"]["chosen"] == [form_link(town, "image")]


def test_names_are_escaped():
    image = make.ImageFactory()
    make.TwinTownFactory(name_sv="<b>Norrtuna", image=image)
    draft_of(TwinTown, "<b>Utkast", image=image)
    told = used_in_context(image)["used_in"]
    assert [link for link in [*told["chosen"], *told["shown"]] if "<b>" in link] == []
    assert sum("&lt;b&gt;" in link for link in [*told["chosen"], *told["shown"]]) == 3


def test_every_choice_that_keeps_a_thing_has_a_form_and_a_field_by_this_name():
    """Drafts hold what the admin's forms hold: a field left out or a prefix of another name would hide a choice."""
    request = RequestFactory().get("/")
    request.user = make.UserFactory(is_superuser=True)
    found = set()
    for model in [*drafted_models(), Image]:
        for relation in model._meta.related_objects:
            if relation.on_delete is not PROTECT:
                continue
            chooser, name = relation.related_model, relation.field.name
            found.add((chooser.__name__, name))
            if chooser in admin.site._registry:
                model_admin = admin.site.get_model_admin(chooser)
                assert name in model_admin.get_form(request, change=True).base_fields
                continue
            keys = (key for key in chooser._meta.fields if key.is_relation)
            (above,) = (key for key in keys if key.remote_field.on_delete is CASCADE)
            model_admin = admin.site.get_model_admin(above.related_model)
            (inline,) = (one for one in model_admin.get_inline_instances(request) if one.model is chooser)
            formset = inline.get_formset(request)
            assert name in formset.form.base_fields
            assert formset.get_default_prefix() == above.remote_field.get_accessor_name()
    assert ("AgreementParty", "town") in found
    assert len(found) == 17


# On the form


def test_the_form_of_a_picture_tells_where_it_is_used(client):
    client.force_login(make.UserFactory(is_superuser=True))
    image = make.ImageFactory()
    address = reverse("admin:partnerships_image_change", args=[image.pk])
    assert f"<p>{gettext('No public page shows it just now.')}</p>" in client.get(address).content.decode()
    town = make.TwinTownFactory(slug="norrtuna", name_sv="Norrtuna", image=image)
    draft = draft_of(Network, "Nätet", image=image)
    page = client.get(address).content.decode()
    for place in (
        form_link(town, "image"),
        draft_link(draft, "image"),
        page_link("/vanorter/norrtuna/", page_of("Norrtuna")),
    ):
        assert f"<li>{place}</li>" in page
    assert gettext("No public page shows it just now.") not in page


# Cost

MOST = {TwinTown: 7, Network: 4, Program: 3, Agreement: 5, Contact: 13, ContactCentre: 10, Image: 12, Page: 1}


def _fill(count, shared):
    for n in range(count):
        town = make.TwinTownFactory(image=shared[Image], contact=shared[Contact])
        network = make.NetworkFactory(image=shared[Image], contact=shared[Contact])
        make.ProgramFactory(town=shared[TwinTown], contact=shared[Contact], image=shared[Image])
        make.ProgramFactory(network=shared[Network])
        make.ContactFactory(substitute=shared[Contact], contact_centre=shared[ContactCentre])
        agreement = make.AgreementFactory(replaces=shared[Agreement])
        for party in (town, shared[TwinTown]):
            make.AgreementPartyFactory(agreement=agreement, town=party)
        rows = {"parties": [{"town": shared[TwinTown]}]}
        draft_of(Agreement, f"Avtal {n}", rows=rows, replaces=shared[Agreement])
        draft_of(town, f"Ort {n}", image=shared[Image], contact=shared[Contact])
        draft_of(network, f"Nätverk {n}", image=shared[Image], contact=shared[Contact])
        draft_of(Program, f"Program {n}", town=shared[TwinTown], network=shared[Network])
        draft_of(Contact, f"Kontakt {n}", substitute=shared[Contact], contact_centre=shared[ContactCentre])


def test_telling_costs_the_same_however_many_places():
    models = [TwinTown, Network, Program, Agreement, Contact, ContactCentre, Image]
    shared = {model: getattr(make, f"{model.__name__}Factory")() for model in models}
    shared[Page] = make.PageFactory(key=PageKey.TOWNS)
    make.SiteSettingsFactory(default_contact=shared[Contact], contact_centre=shared[ContactCentre], logo=shared[Image])
    ContentType.objects.get_for_models(*drafted_models(), Image, SiteSettings)
    counts = []
    for more in (1, 2, 27):
        _fill(more, shared)
        counts.append({})
        for model, obj in shared.items():
            with CaptureQueriesContext(connection) as queries:
                used_in_context(obj)
            counts[-1][model] = len(queries)
    assert counts == [MOST] * 3
