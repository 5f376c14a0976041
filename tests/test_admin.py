"""The admin as an editor meets it: forms open, saving publishes, nothing typed is lost, nothing in use vanishes."""

import datetime

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from partnerships.choices import PageKey, PublicationState
from partnerships.models import (
    AccessibilityReport,
    Agreement,
    Audience,
    Draft,
    Fact,
    Notice,
    OldSlug,
    Page,
    SiteSettings,
    SpecialDay,
    TwinTown,
)
from partnerships.models.base import Timed
from partnerships.models.drafts import drafted_models
from tests import factories as make
from tests.admin_forms import error_at, filled_in, new_row

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model.__name__)
PUBLIC = [model for model in MODELS if issubclass(model, Timed)]
# The settings are there, reports come through the public form, and special days from the calendar.
DRAFTED = drafted_models()
FORMS = [model for model in MODELS if model is not Draft]  # a draft is opened on the form of what it is a draft of
NEVER_ADDED = {SiteSettings, AccessibilityReport, SpecialDay}
DAY = datetime.timedelta(days=1)
LATER = timezone.now() + DAY


def name_of(model):
    return model.__name__


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


@pytest.fixture
def some_of_each():
    """A row of every model, inline rows included."""
    image = make.ImageFactory()
    contact = make.ContactHolderFactory().contact
    centre = make.OpeningHoursFactory().centre
    make.OpeningExceptionFactory(centre=centre)
    make.SpecialDayFactory(centre=centre, day=datetime.date(2099, 12, 31))
    town = make.FactFactory(town=make.TwinTownFactory(image=image, contact=contact)).town
    agreement = make.AgreementPartyFactory(town=town).agreement
    make.CooperationAreaFactory(agreement=agreement)
    network = make.NetworkRoleFactory().network
    make.FactFactory(town=None, network=network)
    program = make.ProgramFactory(town=town)
    program.audiences.add(make.AudienceFactory())
    page = make.PageFactory(key=PageKey.ACCESSIBILITY)
    make.SiteSettingsFactory(default_contact=contact, contact_centre=centre, logo=image)
    for subject in (contact, centre, town, agreement, network, program, page):
        make.ReviewFactory(subject=subject)
    make.NoticeFactory(address="/vanorter/", link="/kontakt/", link_text_sv="Fråga oss")
    make.AccessibilityReportFactory()
    Group.objects.create(name="Redaktörer")


def test_the_subjects_are_registered_and_their_rows_are_not():
    assert [name_of(model) for model in MODELS] == [
        "AccessibilityReport",
        "Agreement",
        "Audience",
        "Contact",
        "ContactCentre",
        "Draft",
        "Group",
        "Image",
        "Network",
        "Notice",
        "Page",
        "Program",
        "SiteSettings",
        "SpecialDay",
        "TwinTown",
        "User",
    ]


@pytest.mark.parametrize("model", FORMS, ids=name_of)
@pytest.mark.usefixtures("some_of_each")
def test_list_and_forms_open(editor, model):
    row = model.objects.first()
    opened = {
        "list": editor.get(address(model, "changelist"), follow=True).status_code,
        "search": editor.get(address(model, "changelist"), {"q": "exempel"}, follow=True).status_code,
        "change": editor.get(address(model, "change", row.pk)).status_code,
        "history": editor.get(address(model, "history", row.pk)).status_code,
        "add": editor.get(address(model, "add")).status_code,
    }
    assert opened == dict.fromkeys(opened, 200) | ({"add": 403} if model in NEVER_ADDED else {})


@pytest.mark.parametrize("model", [model for model in MODELS if model is not SiteSettings], ids=name_of)
@pytest.mark.usefixtures("some_of_each")
def test_every_filter_beside_a_list_works(editor, model):
    lists = editor.get(address(model, "changelist")).context["cl"]
    asked = {choice["query_string"] for filter_ in lists.filter_specs for choice in filter_.choices(lists)}
    answers = {query: editor.get(address(model, "changelist") + query).status_code for query in asked}
    assert answers == dict.fromkeys(asked, 200)


@pytest.mark.parametrize("model", [model for model in FORMS if model not in {User, Group}], ids=name_of)
@pytest.mark.usefixtures("some_of_each")
def test_a_form_saved_as_it_came_changes_nothing(editor, model):
    row = model.objects.first()
    before = model.objects.filter(pk=row.pk).values().get()
    form = editor.get(address(model, "change", row.pk))
    assert editor.post(address(model, "change", row.pk), filled_in(form)).status_code == 302
    after = model.objects.filter(pk=row.pk).values().get()
    stamps = {"updated_at", "changed_at"} & set(after)
    assert bool(stamps) == (model in {*PUBLIC, AccessibilityReport, SpecialDay})
    assert after == before | {name: after[name] for name in stamps}


@pytest.mark.usefixtures("some_of_each")
def test_the_desk_is_ordered_by_work(editor):
    page = editor.get(reverse("admin:index"))
    assert [[model["object_name"] for model in group["models"]] for group in page.context["app_list"]] == [
        ["Draft"],
        ["TwinTown", "Agreement", "Program", "Network"],
        ["Contact", "ContactCentre", "SpecialDay"],
        ["AccessibilityReport"],
        ["Page", "Notice", "Image"],
        ["SiteSettings", "Audience"],
        ["User", "Group"],
    ]
    assert '<a href="/">' in page.content.decode()


def test_the_desk_shows_only_what_one_may(client):
    client.force_login(make.UserFactory())
    assert client.get(reverse("admin:index")).context["app_list"] == []


def test_towns_are_listed_by_what_they_are_to_the_municipality(editor):
    make.TwinTownFactory(name_sv="Okänd")
    make.AgreementPartyFactory(town__name_sv="Aktiv")
    make.AgreementPartyFactory(town__name_sv="Tidigare", agreement__end="ended")
    for status, name in [("active", "Aktiv"), ("former", "Tidigare"), ("unknown", "Okänd")]:
        listed = editor.get(address(TwinTown, "changelist"), {"status": status}).context["cl"].result_list
        assert [(town.name_sv, town.status) for town in listed] == [(name, status)]


# Saving publishes


@pytest.mark.parametrize("query", ["", "?_popup=1", "?state=draft&name_sv=smuggled"])
@pytest.mark.parametrize("model", DRAFTED, ids=name_of)
def test_what_is_new_begins_empty(editor, model, query):
    form = filled_in(editor.get(address(model, "add") + query))
    assert "state" not in form
    assert form.get("name_sv", [""]) == [""]


def test_a_new_notice_begins_as_published(editor):
    assert filled_in(editor.get(address(Notice, "add")))["state"] == [PublicationState.PUBLISHED]


def test_a_town_added_with_its_rows_is_published(editor):
    form = filled_in(
        editor.get(address(TwinTown, "add")), slug="norrtuna", name_sv="Norrtuna", country_sv="Exempelland"
    )
    form = new_row(form, "facts", label_sv="Invånare", value_sv="cirka 9 000", as_of="2024", position="10")
    response = editor.post(address(TwinTown, "add"), form | {"_save": "1"})
    town = TwinTown.objects.published().get()
    assert response.headers["Location"] == address(TwinTown, "changelist")
    assert (town.slug, town.name_sv, town.position) == ("norrtuna", "Norrtuna", 100)
    assert str(Fact.objects.get(town=town)) == "Invånare: cirka 9 000"


def test_html_is_cleaned_on_its_way_through_the_form(editor):
    town = make.TwinTownFactory()
    form = filled_in(
        editor.get(address(TwinTown, "change", town.pk)),
        body_sv='<h1>Om</h1><p onclick="x()">Hej <a href="javascript:x()">du</a></p><script>x()</script>',
    )
    editor.post(address(TwinTown, "change", town.pk), form)
    town.refresh_from_db()
    assert town.body_sv == "<h2>Om</h2><p>Hej du</p>"


@pytest.mark.parametrize(
    ("values", "hint"),
    [
        ({}, None),
        ({"state": "draft"}, "Not published: the public does not see it."),
        ({"state": "withdrawn"}, "Withdrawn: the public does not see it. Publish it to show it again."),
        ({"published_from": LATER}, "The public sees it from %(moment)s on."),
        (
            {"published_until": timezone.now() - DAY},
            "The time until which it was public has passed: the public does not see it.",
        ),
    ],
    ids=["published", "draft", "withdrawn", "later", "past"],
)
def test_the_way_to_the_public_page_is_there_only_where_the_page_is(editor, values, hint):
    town = make.TwinTownFactory(slug="norrtuna", **values)
    page = editor.get(address(TwinTown, "change", town.pk)).content.decode()
    assert ('href="/vanorter/norrtuna/"' in page) == (hint is None)
    assert ('<p class="not-public">' in page) == (hint is not None)
    if hint:
        told = gettext(hint) % {"moment": date_format(timezone.localtime(LATER), "DATETIME_FORMAT")}
        assert f'<p class="not-public">{told}</p>' in page


def test_the_list_tells_what_the_public_sees(client):
    moment = datetime.datetime(2026, 12, 24, 23, 30, tzinfo=datetime.UTC)  # Christmas Day in Sweden
    make.TwinTownFactory(name_sv="a")
    make.TwinTownFactory(name_sv="b", state="draft", published_from=moment)
    make.TwinTownFactory(name_sv="c", published_from=moment)
    make.TwinTownFactory(name_sv="d", published_until=moment)

    def told(at):
        with time_machine.travel(at, tick=False):
            client.force_login(make.UserFactory(is_superuser=True))
            rows = client.get(address(TwinTown, "changelist"), {"o": "1"}).context["cl"].result_list
            return [admin.site.get_model_admin(TwinTown).publication(town) for town in rows]

    published, draft = PublicationState.PUBLISHED.label, PublicationState.DRAFT.label
    later = gettext("Published from %(day)s") % {"day": "2026-12-25"}
    past = gettext("Was published until %(day)s") % {"day": "2026-12-25"}
    assert told(moment - DAY) == [published, draft, later, published]
    assert told(moment) == [published, draft, published, past]


def test_publish_and_withdraw_are_done_to_the_selected_and_noted(editor):
    draft = make.TwinTownFactory(state="draft", published_until=timezone.now() - DAY)
    later = make.TwinTownFactory(published_from=timezone.now() + DAY)
    other = make.TwinTownFactory(state="draft")
    selected = {"action": "publish", "_selected_action": [draft.pk, later.pk]}
    response = editor.post(address(TwinTown, "changelist"), selected, follow=True)
    assert set(TwinTown.objects.published()) == {draft, later}
    assert [str(message) for message in response.context["messages"]] == [
        ngettext("%(count)d is published.", "%(count)d are published.", 2) % {"count": 2}
    ]
    assert LogEntry.objects.filter(object_id__in=[draft.pk, later.pk]).count() == 2

    editor.post(address(TwinTown, "changelist"), {"action": "withdraw", "_selected_action": [draft.pk]})
    assert TwinTown.objects.get(pk=draft.pk).state == PublicationState.WITHDRAWN
    assert TwinTown.objects.get(pk=other.pk).state == PublicationState.DRAFT


def test_the_actions_need_the_right_to_change(client):
    reader = make.UserFactory()
    reader.user_permissions.set(reader.user_permissions.model.objects.filter(codename="view_twintown"))
    client.force_login(reader)
    town = make.TwinTownFactory(state="draft")
    client.post(address(TwinTown, "changelist"), {"action": "publish", "_selected_action": [town.pk]})
    town.refresh_from_db()
    assert town.state == PublicationState.DRAFT


# Addresses


def test_a_changed_address_leads_on_and_a_changed_name_does_not_change_it(editor):
    town = make.TwinTownFactory(slug="norrtuna", name_sv="Norrtuna")
    form = editor.get(address(TwinTown, "change", town.pk))
    assert form.context["adminform"].prepopulated_fields == []
    editor.post(address(TwinTown, "change", town.pk), filled_in(form, name_sv="Söderby"))
    assert TwinTown.objects.get().slug == "norrtuna"
    editor.post(address(TwinTown, "change", town.pk), filled_in(form, slug="soderby"))
    assert [(old.kind, old.slug, old.object_id) for old in OldSlug.objects.all()] == [("twintown", "norrtuna", town.pk)]


def test_a_new_address_is_suggested_from_the_swedish_name(editor):
    form = editor.get(address(TwinTown, "add")).context["adminform"]
    suggested = form.prepopulated_fields[0]
    assert (suggested["field"].name, [source.name for source in suggested["dependencies"]]) == ("slug", ["name_sv"])


def test_a_wrong_address_says_how_to_write_it(editor):
    town = make.TwinTownFactory()
    form = filled_in(editor.get(address(TwinTown, "change", town.pk)), slug="Åmål Norra")
    response = editor.post(address(TwinTown, "change", town.pk), form)
    told = gettext("Use small letters a–z, digits and single hyphens, such as studentutbyte.")
    assert error_at(response, "slug") == [told]


# Errors


def test_a_form_with_errors_names_each_field_and_keeps_what_was_typed(editor):
    agreement = make.AgreementPartyFactory().agreement
    form = filled_in(
        editor.get(address(Agreement, "change", agreement.pk)),
        name_sv="",
        summary_sv="Nytt om avtalet",
        signed="förra året",
        **{"parties-0-since": "i fjol"},
    )
    response = editor.post(address(Agreement, "change", agreement.pk), form)
    page = response.content.decode()
    summary = [(error.anchor, error.label) for error in response.context["error_summary"]]
    assert summary == [
        ("id_signed_error", "Undertecknat"),
        ("id_name_sv_error", "Namn [sv]"),
        ("id_parties-0-since_error", "Part 1 – När"),
    ]
    for anchor, _label in summary:
        assert page.count(f'<a href="#{anchor}">') == 1
        assert page.count(f'id="{anchor}"') == 1
    again = filled_in(response)
    assert again["summary_sv"] == ["Nytt om avtalet"]
    assert again["signed"] == ["förra året"]
    assert again["parties-0-since"] == ["i fjol"]
    agreement.refresh_from_db()
    assert agreement.summary_sv == "Om avtalet."


def test_an_error_of_the_whole_form_is_in_the_summary_too(editor):
    agreement = make.AgreementFactory(end="open")
    form = filled_in(editor.get(address(Agreement, "change", agreement.pk)), ended="2017")
    response = editor.post(address(Agreement, "change", agreement.pk), form)
    (error,) = response.context["error_summary"]
    told = gettext("An agreement with an end date has ended: choose that, or empty the end date.")
    assert (error.label, error.anchor, error.messages) == ("", "", (told,))


def test_a_town_is_a_party_once(editor):
    party = make.AgreementPartyFactory()
    agreement = party.agreement
    form = filled_in(editor.get(address(Agreement, "change", agreement.pk)))
    meanwhile = make.AgreementPartyFactory(agreement=agreement)
    late = new_row(form, "parties", town=meanwhile.town_id, standing="joined", since="")
    response = editor.post(address(Agreement, "change", agreement.pk), late)
    told = gettext("The town is already a party to this agreement.")
    assert {message for error in response.context["error_summary"] for message in error.messages} == {told}
    assert agreement.parties.count() == 2
    Draft.objects.all().delete()  # what was refused is kept as one

    form = filled_in(editor.get(address(Agreement, "change", agreement.pk)))
    number = next(n for n in range(2) if form[f"parties-{n}-town"] == [str(party.town_id)])
    replaced = new_row(form, "parties", town=party.town_id, standing="left", since="2020")
    response = editor.post(address(Agreement, "change", agreement.pk), replaced | {f"parties-{number}-DELETE": "on"})
    assert response.status_code == 302
    assert agreement.parties.get(town=party.town).standing == "left"

    form = filled_in(editor.get(address(Agreement, "change", agreement.pk)))
    swapped = {f"parties-{n}-town": form[f"parties-{1 - n}-town"] for n in range(2)}
    response = editor.post(address(Agreement, "change", agreement.pk), form | swapped)
    assert response.status_code == 200
    assert response.context["error_summary"]


def test_the_history_speaks_the_editors_language(editor):
    town = make.TwinTownFactory(name_sv="Norrtuna")
    form = filled_in(editor.get(address(TwinTown, "change", town.pk)), name_sv="Söderby", position="5")
    editor.post(address(TwinTown, "change", town.pk), form)
    assert LogEntry.objects.get().get_change_message() == "Ändrade Ordning och Namn [sv]."


# Deleting


def _contact_in_use():
    contact = make.ContactFactory(name_sv="Samordnaren")
    make.ContactFactory(name_sv="Ersatt", substitute=contact)
    make.SiteSettingsFactory(name_sv="Vänorter", default_contact=contact)
    make.TwinTownFactory(name_sv="Norrtuna", contact=contact)
    return contact, {"Ersatt", "Vänorter", "Norrtuna"}


def _image_in_use():
    image = make.ImageFactory()
    make.NetworkFactory(name_sv="Nätet", image=image)
    make.PageFactory(key="landing", image=image)
    return image, {"Nätet", "Startsida"}


def _town_in_use():
    party = make.AgreementPartyFactory(agreement=make.AgreementFactory(name_sv="Avtalet"))
    make.ProgramFactory(name_sv="Programmet", town=party.town)
    return party.town, {"Avtalet", "Programmet"}


@pytest.mark.parametrize("in_use", [_contact_in_use, _image_in_use, _town_in_use])
@pytest.mark.parametrize("way", ["one", "selected"])
def test_what_is_in_use_is_not_deleted_but_its_places_are_linked(editor, in_use, way):
    row, places = in_use()
    model = type(row)
    confirmed = {"post": "yes"}
    if way == "one":
        response = editor.post(address(model, "delete", row.pk), confirmed)
    else:
        selected = confirmed | {"action": "delete_selected", "_selected_action": [row.pk]}
        response = editor.post(address(model, "changelist"), selected)
    assert model.objects.filter(pk=row.pk).exists()
    links = response.context["protected"]
    assert {link.split(">")[1].removesuffix("</a") for link in links} == places
    for link in links:
        assert link in response.content.decode()
        assert editor.get(link.split('"')[1]).status_code == 200


def test_what_nothing_uses_is_deleted(editor):
    town = make.FactFactory().town
    editor.post(address(TwinTown, "delete", town.pk), {"post": "yes"})
    assert not TwinTown.objects.exists()
    assert not Fact.objects.exists()


# Pages and settings


def test_the_settings_are_one_row_that_stays(editor):
    response = editor.get(address(SiteSettings, "changelist"))
    assert response.headers["Location"] == address(SiteSettings, "add")
    form = filled_in(editor.get(address(SiteSettings, "add")), name_sv="Vi", municipality_sv="Kommunen", town="Orten")
    assert editor.post(address(SiteSettings, "add"), form).status_code == 302
    assert SiteSettings.objects.get().name_sv == "Vi"

    response = editor.get(address(SiteSettings, "changelist"))
    assert response.headers["Location"] == address(SiteSettings, "change", 1)
    assert editor.get(address(SiteSettings, "add")).status_code == 403
    assert editor.post(address(SiteSettings, "delete", 1), {"post": "yes"}).status_code == 403


def test_a_page_keeps_its_key_and_cannot_be_deleted(editor):
    page = make.PageFactory(key=PageKey.LANDING)
    form = filled_in(editor.get(address(Page, "change", page.pk)))
    assert "key" not in form
    editor.post(address(Page, "change", page.pk), form | {"key": "contact"})
    assert Page.objects.get().key == PageKey.LANDING
    assert editor.post(address(Page, "delete", page.pk), {"post": "yes"}).status_code == 403


def test_pages_can_be_added_until_all_are_there(editor):
    for key in PageKey.values[1:]:
        make.PageFactory(key=key)
    assert editor.get(address(Page, "add")).status_code == 200
    make.PageFactory(key=PageKey.values[0])
    assert editor.get(address(Page, "add")).status_code == 403


@pytest.mark.parametrize("key", PageKey.values)
def test_only_the_accessibility_page_holds_a_statement(editor, key):
    page = make.PageFactory(key=key)
    form = filled_in(editor.get(address(Page, "change", page.pk)))
    statement = {"conformity", "tested_on", "supervisor", "not_accessible_sv", "how_to_report_en"}
    assert statement & set(form) == (statement if key == PageKey.ACCESSIBILITY else set())


# Cost


@pytest.mark.parametrize("model", [*PUBLIC, Audience, AccessibilityReport], ids=name_of)
@pytest.mark.usefixtures("some_of_each")
def test_a_long_list_costs_no_more_than_a_short_one(editor, model, django_assert_max_num_queries):
    factory = getattr(make, f"{model.__name__}Factory")
    counts = []
    for more in (2, 297):
        if model is not Page:
            rows = factory.create_batch(more)
            if model.__name__ == "Agreement":
                town = make.TwinTownFactory()
                for row in rows:
                    make.AgreementPartyFactory(agreement=row, town=town)
        with django_assert_max_num_queries(15) as queries:
            assert editor.get(address(model, "changelist") + "?all=").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
