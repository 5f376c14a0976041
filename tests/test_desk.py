"""The admin's front page and the list of drafts: what they tell, to whom, and what that costs."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.choices import ReportState
from partnerships.models import Contact, Draft, Page, Program
from partnerships.models.drafts import drafted_models
from partnerships.publishing import keeping, revising, waiting
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

DESK, DRAFTS = reverse("admin:index"), reverse("admin:partnerships_draft_changelist")
NOW = datetime.datetime(2026, 12, 1, 11, tzinfo=datetime.UTC)  # noon in Sweden
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
WAITS, WRITING, SCHEDULED, PUBLISHED = "Väntar på mig", "Håller jag på med", "Schemalagt", "Nyligen publicerat"


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


def person(*codenames, **values):
    """Somebody at the desk who may do just this."""
    user = make.UserFactory(**values)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def desk(client, user):
    client.force_login(user)
    return client.get(DESK)


def told(page):
    """{panel: {group: [(title, words, note)]}} of the front page."""
    return {
        str(panel.heading): {
            str(group.heading): [
                (line.title, line.told.replace("\N{NO-BREAK SPACE}", " "), line.note) for line in group.lines
            ]
            for group in panel.groups
        }
        for panel in page.context["panels"]
    }


# What it tells


@pytest.fixture
def anna():
    """An editor of networks."""
    return person("view_network", "change_network", first_name="Anna", last_name="Exempel")


@pytest.fixture
def eva():
    """Who publishes networks."""
    codenames = ["view_network", "change_network", "publish_network"]
    return person(*codenames, first_name="Eva", last_name="Prov")


@pytest.fixture
def work(anna, eva):
    """A draft at every point of its way, and what is of another kind."""
    at = NOW - DAY
    live = make.NetworkFactory(abbreviation="LIVE")
    make.DraftFactory(title="skrivs", subject=live, author=anna, changed_at=NOW - HOUR)
    submitted = {"stage": "submitted", "author": anna, "submitted_by": anna}
    make.DraftFactory(title="skickat", changed_at=at, note="Titta på årtalen.", **submitted)
    make.DraftFactory(title="skickat tidigare", changed_at=at - DAY, **submitted)
    make.DraftFactory(title="skickat och schemalagt", publish_at=NOW + DAY, scheduled_by=eva, **submitted)
    make.DraftFactory(
        title="tillbaka", stage="returned", author=eva, submitted_by=anna, note="Källa saknas.", changed_at=at
    )
    make.DraftFactory(title="schemalagt", author=eva, scheduled_by=eva, publish_at=NOW + HOUR)
    make.DraftFactory(
        title="vägrat", scheduled_by=eva, problem="Adressen finns redan.", **submitted | {"changed_at": at}
    )
    make.DraftFactory(title="ingens", author=None, changed_at=at - 400 * DAY)
    make.DraftFactory(title="ett program", kind=Program, author=anna, stage="submitted", submitted_by=anna)


@pytest.mark.usefixtures("work")
def test_each_is_told_what_waits_and_what_is_written(client, anna, eva):
    refused = {"Gick inte att publicera": [("vägrat", "Nätverk", "Adressen finns redan.")]}
    returned = {"Skickat tillbaka till mig": [("tillbaka", "Nätverk · i går kl. 12:00", "Källa saknas.")]}
    scheduled = {
        "Publiceras": [
            ("schemalagt", "Nätverk · i dag kl. 13:00", ""),
            ("skickat och schemalagt", "Nätverk · i morgon kl. 12:00", ""),
        ]
    }
    nobodys = ("ingens", "Nätverk · under arbete · ändrat 26 oktober 2025 kl. 12:00", "")
    assert told(desk(client, anna)) == {
        WAITS: returned | refused,
        WRITING: {
            "": [
                ("skickat och schemalagt", "Nätverk · publiceras i morgon kl. 12:00 · ändrat i dag kl. 12:00", ""),
                ("skrivs", "Nätverk · under arbete · ändrat i dag kl. 11:00", ""),
                ("vägrat", "Nätverk · gick inte att publicera · ändrat i går kl. 12:00", ""),
                ("skickat", "Nätverk · väntar på godkännande · ändrat i går kl. 12:00", ""),
                ("skickat tidigare", "Nätverk · väntar på godkännande · ändrat 29 november kl. 12:00", ""),
            ],
            "Andra håller på med": [
                ("tillbaka", "Nätverk · av Eva Prov · skickat tillbaka · ändrat i går kl. 12:00", ""),
                nobodys,
            ],
        },
        SCHEDULED: scheduled,
        PUBLISHED: {},
    }
    assert told(desk(client, eva)) == {
        WAITS: {
            "Att godkänna": [
                ("skickat tidigare", "Nätverk · av Anna Exempel · 29 november kl. 12:00", ""),
                ("skickat", "Nätverk · av Anna Exempel · i går kl. 12:00", "Titta på årtalen."),
            ]
        }
        | refused,
        WRITING: {
            "": [
                ("schemalagt", "Nätverk · publiceras i dag kl. 13:00 · ändrat i dag kl. 12:00", ""),
                ("tillbaka", "Nätverk · skickat tillbaka · ändrat i går kl. 12:00", ""),
            ],
            "Andra håller på med": [
                ("skrivs", "Nätverk · av Anna Exempel · under arbete · ändrat i dag kl. 11:00", ""),
                nobodys,
            ],
        },
        SCHEDULED: scheduled,
        PUBLISHED: {},
    }


@pytest.mark.usefixtures("work")
def test_lines_lead_to_the_forms(client, anna):
    page = desk(client, anna).content.decode()
    live, new = Draft.objects.get(title="skrivs"), Draft.objects.get(title="skickat")
    assert f'<a href="/admin/partnerships/network/{live.object_id}/change/">skrivs</a>' in page
    assert f'<a href="/admin/partnerships/network/add/?draft={new.pk}">skickat</a>' in page


@pytest.mark.usefixtures("work")
def test_what_was_refused_is_told_to_those_who_can_do_something(client, anna, eva):
    rights = ["view_network", "change_network"]
    told_of = {
        name: "Gick inte att publicera" in told(desk(client, user))[WAITS]
        for name, user in {
            "author": anna,
            "scheduler": eva,
            "publisher": person(*rights, "publish_network"),
            "editor": person(*rights),
        }.items()
    }
    assert told_of == {"author": True, "scheduler": True, "publisher": True, "editor": False}


def test_what_is_submitted_anew_waits_for_approval(client, anna, eva):
    keeping.submit(make.DraftFactory(title="rättat", author=anna, problem="Adressen finns redan."), anna, "Rättat.")
    approve = ("rättat", "Nätverk · av Anna Exempel · i dag kl. 12:00", "Rättat.")
    assert told(desk(client, eva))[WAITS] == {"Att godkänna": [approve]}


def test_what_will_be_withdrawn_is_told_while_it_is_public(client, eva):
    make.NetworkFactory(abbreviation="SENARE", published_until=NOW + 2 * DAY)
    make.NetworkFactory(abbreviation="SNART", published_until=NOW + HOUR)
    make.NetworkFactory(abbreviation="FÖRBI", published_until=NOW)
    make.NetworkFactory(abbreviation="UTKAST", published_until=NOW + HOUR, state="draft")
    make.ProgramFactory(published_until=NOW + HOUR)
    assert told(desk(client, eva))[SCHEDULED] == {
        "Avpubliceras": [
            ("SNART", "Nätverk · i dag kl. 13:00", ""),
            ("SENARE", "Nätverk · 3 december kl. 12:00", ""),
        ]
    }
    make.PageFactory(key="landing", published_until=NOW + DAY)
    reader = person("view_page", "view_network")
    both = told(desk(client, reader))[SCHEDULED]["Avpubliceras"]
    assert [title for title, *_ in both] == ["SNART", "Startsida", "SENARE"]
    make.NetworkFactory.create_batch(4, published_until=NOW + 3 * DAY)
    assert waiting.ending(reader).more == 1


def test_what_was_published_is_told_once_and_latest_first(client, anna, eva, time_machine):
    one, two, gone = (make.NetworkFactory(abbreviation=name) for name in ("ETT", "TVÅ", "BORTA"))
    program = make.ProgramFactory()

    def publish(obj, user, hours, note=""):
        time_machine.move_to(NOW - hours * HOUR, tick=False)
        revising.record(obj, user=user, note=note)

    revising.record_as_it_was(two)
    publish(one, eva, hours=9, note="Nytt årtal")
    publish(two, anna, hours=8)
    publish(gone, eva, hours=7)
    publish(one, eva, hours=6, note="Nytt namn")
    publish(program, eva, hours=5)
    revising.record_as_it_was(make.NetworkFactory(abbreviation="SOM DET VAR"))
    revising.record_deletion(gone, user=eva)
    gone.delete()
    time_machine.move_to(NOW, tick=False)
    page = desk(client, eva)
    assert told(page)[PUBLISHED] == {
        "": [
            ("ETT", "Nätverk · av Eva Prov · i dag kl. 06:00", "Nytt namn"),
            ("TVÅ", "Nätverk · av Anna Exempel · i dag kl. 04:00", ""),
        ]
    }
    assert f'<a href="/admin/partnerships/network/{one.pk}/change/">ETT</a>' in page.content.decode()


def test_reports_and_days_wait_for_those_who_may_answer_them(client):
    report = make.AccessibilityReportFactory(created_at=NOW - DAY, what_happened="Exempelknappen går inte att nå.")
    make.AccessibilityReportFactory(state=ReportState.IN_HAND)
    centre = make.ContactCentreFactory(name_sv="Exempelcentret")
    for day, answer in [
        ("2026-11-30", "unconfirmed"),
        ("2026-12-24", "unconfirmed"),
        ("2026-12-31", "unconfirmed"),
        ("2027-01-05", "unconfirmed"),
    ]:
        make.SpecialDayFactory(centre=centre, day=day, answer=answer)
    page = desk(client, person("change_accessibilityreport", "change_specialday"))
    assert told(page) == {
        WAITS: {
            "Nya tillgänglighetsrapporter": [("Exempelknappen går inte att nå.", "I går kl. 12:00", "")],
            "Särskilda dagar att besvara": [
                ("Torsdag 24 december, julafton", "Exempelcentret", ""),
                ("Torsdag 31 december, nyårsafton", "Exempelcentret", ""),
            ],
        }
    }
    html = page.content.decode()
    assert f'<a href="/admin/partnerships/accessibilityreport/{report.pk}/change/">' in html
    assert '<a href="/admin/partnerships/specialday/?answered=no">Torsdag 24 december' in html
    assert told(desk(client, person("view_accessibilityreport", "view_specialday"))) == {}


# To whom


def test_nobody_is_told_of_what_one_may_not_see(client, anna):
    for model in drafted_models():
        for stage in ("open", "submitted", "returned"):
            make.DraftFactory(kind=model, author=anna, stage=stage, submitted_by=anna, title=f"hemligt {stage}")
        make.DraftFactory(kind=model, publish_at=NOW + DAY, scheduled_by=anna, title="hemligt schemalagt")
        make.DraftFactory(kind=model, problem="hemligt", author=anna, title="hemligt vägrat")
    for codenames in (["view_accessibilityreport"], ["view_network", "add_network", "publish_network"], []):
        user = person(*codenames)
        assert "hemligt" not in desk(client, user).content.decode()
        assert client.get(DRAFTS).status_code == 403
    anna.user_permissions.set(Permission.objects.filter(codename="change_program"))
    kinds = set(told(desk(client, anna))[WRITING][""])
    assert len(kinds) == 4
    assert {words.split(" · ")[0] for _title, words, _note in kinds} == {"Program"}


def test_whoever_has_no_content_sees_just_what_is_theirs(client):
    make.AccessibilityReportFactory()
    page = desk(client, person("view_user", "change_user", "view_accessibilityreport"))
    html = page.content.decode()
    assert (page.context["panels"], page.context["new"]) == ([], [])
    assert "<h1>Vad vill du ändra?</h1>" in html
    assert [group["name"] for group in page.context["app_list"]] == ["Vad besökare berättar", "Användare"]


def test_the_empty_desk_helps(client, anna):
    html = desk(client, anna).content.decode()
    assert "<h1>Ditt arbete</h1>" in html
    for words in (
        "Inget väntar på dig. Hit kommer det som andra skickar till dig och det som behöver besvaras.",
        "Du har inga utkast. Det du skriver ligger kvar här tills det publiceras.",
        "Inget är schemalagt. I varje formulär går det att välja att publicera eller avpublicera senare.",
        "Inget har publicerats härifrån än.",
    ):
        assert f'<p class="desk__empty">{words}</p>' in html


@pytest.mark.parametrize(
    ("codenames", "offered"),
    [
        (["view_network", "change_network"], []),
        (["add_network"], ["Nytt nätverk"]),
        (
            ["add_contact", "add_network", "add_page", "add_program", "add_twintown"],
            ["Ny vänort", "Nytt nätverk", "Nytt program", "Ny kontakt"],
        ),
    ],
)
def test_new_things_are_offered_to_those_who_may_add_them(client, codenames, offered):
    page = desk(client, person(*codenames))
    assert [str(words) for words, _address in page.context["new"]] == offered
    for _words, address in page.context["new"]:
        assert client.get(address).status_code == 200


# At what cost


@pytest.mark.parametrize(("may_all", "cost"), [(False, 13), (True, 25)])
def test_the_desk_costs_the_same_however_much_there_is(client, eva, may_all, cost):
    eva.is_superuser = may_all
    eva.save()
    client.force_login(eva)

    def fill(count):
        for values in (
            {"author": eva},
            {"stage": "submitted", "submitted_by": eva},
            {"stage": "returned", "submitted_by": eva},
            {"publish_at": NOW + DAY},
            {"problem": "Adressen finns redan."},
        ):
            make.DraftFactory.create_batch(count, **values)
        make.NetworkFactory.create_batch(count, published_until=NOW + DAY)

    def opened():
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            page = client.get(DESK)
        assert len(captured) == cost
        return [(len(group.lines), group.more) for panel in page.context["panels"] for group in panel.groups]

    fill(1)
    # To approve, sent back, refused; own, of others (sent back and refused); to be published, to be withdrawn.
    assert opened() == [(1, 0), (1, 0), (1, 0), (1, 0), (2, 0), (1, 0), (1, 0)]
    fill(29)
    assert opened() == [(6, 24), (6, 24), (6, 24), (6, 24), (6, 54), (6, 24), (6, 24)]


# The list of drafts


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"stage": "submitted"}, ["ett program", "skickat", "skickat tidigare"]),
        ({"stage": "returned"}, ["tillbaka"]),
        ({"stage": "scheduled"}, ["schemalagt", "skickat och schemalagt"]),
        ({"stage": "refused"}, ["vägrat"]),
        ({"stage": "open"}, ["skrivs", "ingens"]),
        ({"kind": "program"}, ["ett program"]),
        ({"whose": "mine", "kind": "network"}, ["schemalagt", "tillbaka"]),
        ({"whose": "others", "stage": "open"}, ["skrivs", "ingens"]),
        ({"q": "tidigare"}, ["skickat tidigare"]),
        ({"stage": "okänt"}, None),
    ],
)
def test_drafts_are_found_in_their_list(client, eva, query, titles):
    eva.user_permissions.add(Permission.objects.get(codename="change_program"))
    client.force_login(eva)
    found = [draft.title for draft in client.get(DRAFTS, query).context["cl"].result_list]
    assert found == titles if titles else len(found) == Draft.objects.count() == 9


@pytest.mark.usefixtures("work")
def test_the_list_tells_what_and_how_far_and_leads_to_the_form(client, eva):
    client.force_login(eva)
    html = client.get(DRAFTS, {"stage": "submitted"}).content.decode()
    draft = Draft.objects.get(title="skickat")
    for words in (
        '<td class="field-told_kind">Nätverk</td>',
        '<td class="field-told_stage">Väntar på godkännande</td>',
        '<td class="field-written_by">Anna Exempel</td>',
    ):
        assert words in html
    form = reverse("admin:partnerships_draft_change", args=[draft.pk])
    assert client.get(form).headers["Location"] == f"/admin/partnerships/network/add/?draft={draft.pk}"
    hidden = Draft.objects.get(title="ett program")
    for key in (hidden.pk, 0, "abc", "9" * 30):
        assert client.get(form.replace(f"/{draft.pk}/", f"/{key}/")).headers["Location"] == DESK


@pytest.mark.usefixtures("work")
def test_a_draft_is_neither_made_nor_removed_in_the_list(client):
    client.force_login(make.UserFactory(is_superuser=True))
    draft = Draft.objects.first()
    answers = [
        client.get(reverse("admin:partnerships_draft_add")).status_code,
        client.post(reverse("admin:partnerships_draft_delete", args=[draft.pk]), {"post": "yes"}).status_code,
        client.post(DRAFTS, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}).status_code,
    ]
    assert answers == [403, 403, 200]
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_the_filter_by_kind_offers_what_one_may_see(client):
    make.DraftFactory(kind=Contact)
    make.DraftFactory(kind=Page)
    client.force_login(person("change_contact", "change_page"))
    lists = client.get(DRAFTS).context["cl"]
    kinds = next(each for each in lists.filter_specs if each.parameter_name == "kind")
    assert [choice["display"] for choice in kinds.choices(lists)] == ["Alla", "Kontakter", "Sidor"]
