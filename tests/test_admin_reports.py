"""Reports and notices at the desk: what may be changed, by whom, and what the lists tell."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from partnerships.choices import ReportState
from partnerships.models import AccessibilityReport, Notice
from tests import factories as make
from tests.admin_forms import error_at, filled_in

pytestmark = pytest.mark.django_db

REPORTS = reverse("admin:partnerships_accessibilityreport_changelist")
NOTICES = reverse("admin:partnerships_notice_changelist")
NOON = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


def may(client, *codenames):
    """The client of somebody who may do just this."""
    user = make.UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def change(row):
    return reverse(f"admin:partnerships_{row._meta.model_name}_change", args=[row.pk])


# Reports


def test_reports_are_listed_newest_first_with_their_beginning(editor):
    for days, words in ((2, "Kort rapport."), (1, "Lång " * 40), (3, "Rad\nför rad.")):
        make.AccessibilityReportFactory(
            created_at=NOON - datetime.timedelta(days=days), what_happened=words, where=f"sida {days}"
        )
    page = editor.get(REPORTS)
    assert [(report.where, report.beginning()) for report in page.context["cl"].result_list] == [
        ("sida 1", ("Lång " * 16)[:79] + "…"),
        ("sida 2", "Kort rapport."),
        ("sida 3", "Rad för rad."),
    ]
    html = page.content.decode()
    assert "Lång Lång Lång" in html
    assert '<td class="field-where">sida 2</td>' in html
    filtered = editor.get(REPORTS, {"state__exact": "done"}).context["cl"]
    assert (len(filtered.result_list), filtered.full_result_count) == (0, 3)


def test_a_report_is_taken_in_hand_in_the_list(editor):
    report = make.AccessibilityReportFactory()
    form = filled_in(editor.get(REPORTS)) | {"form-0-state": "in-hand", "_save": "1"}
    form = {name: value for name, value in form.items() if name not in {"action", "index", "q"}}
    assert editor.post(REPORTS, form).status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.IN_HAND


def test_what_a_visitor_wrote_stays(editor):
    report = make.AccessibilityReportFactory(sender="f" * 64)
    before = AccessibilityReport.objects.values().get()
    form = filled_in(editor.get(change(report)))
    assert set(form) & set(before) == {"state", "note"}
    forged = dict.fromkeys(before, "9") | {"state": "done", "note": "Lagat."}
    assert editor.post(change(report), form | forged).status_code == 302
    after = AccessibilityReport.objects.values().get()
    assert after == before | {"state": "done", "note": "Lagat.", "changed_at": after["changed_at"]}


def test_a_report_is_shown_as_text(editor):
    report = make.AccessibilityReportFactory(what_happened="<script>x</script>\nandra raden", sender="f" * 64)
    page = editor.get(change(report)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;<br>andra raden" in page
    assert report.sender not in page
    assert report.token not in page


@pytest.mark.parametrize(
    ("codenames", "answers"),
    [
        ([], (403, 403, 403, 403)),
        (["view_accessibilityreport"], (200, 200, 403, 403)),
        (["view_accessibilityreport", "change_accessibilityreport"], (200, 200, 302, 403)),
        (["view_accessibilityreport", "delete_accessibilityreport"], (200, 200, 403, 302)),
    ],
)
def test_reports_are_for_those_who_may(client, codenames, answers):
    report = make.AccessibilityReportFactory()
    delete = reverse("admin:partnerships_accessibilityreport_delete", args=[report.pk])
    client = may(client, *codenames)
    assert answers == (
        client.get(REPORTS).status_code,
        client.get(change(report)).status_code,
        client.post(change(report), {"state": "done", "note": ""}).status_code,
        client.post(delete, {"post": "yes"}).status_code,
    )
    add = reverse("admin:partnerships_accessibilityreport_add")
    assert client.get(add).status_code == 403


def test_the_desk_tells_how_many_are_new(client):
    desk = may(client, "view_accessibilityreport")

    def name():
        return desk.get(reverse("admin:index")).context["app_list"][0]["models"][0]["name"]

    assert name() == "Tillgänglighetsrapporter"
    make.AccessibilityReportFactory(state=ReportState.DONE)
    make.AccessibilityReportFactory()
    assert name() == "Tillgänglighetsrapporter: 1 ny"
    make.AccessibilityReportFactory()
    assert name() == "Tillgänglighetsrapporter: 2 nya"
    client.logout()
    assert (
        may(client, "view_notice").get(reverse("admin:index")).context["app_list"][0]["models"][0]["name"]
        == "Meddelanden"
    )


# Notices


def test_a_notice_is_made_for_one_page_by_pasting_its_address(editor, settings):
    make.TwinTownFactory(slug="exempelstad")
    add = reverse("admin:partnerships_notice_add")
    pasted = f"{settings.SITE_URL}/en/twin-towns/exempelstad/?x=1"
    form = filled_in(editor.get(add), kind="warning", text_sv="Vi har stängt.", address=pasted)
    assert editor.post(add, form).headers["Location"] == NOTICES
    notice = Notice.objects.published().get()
    assert (notice.kind, notice.text_sv, notice.address) == ("warning", "Vi har stängt.", "/vanorter/exempelstad/")
    assert "Vi har stängt." in editor.get("/vanorter/exempelstad/").content.decode()
    assert 'href="/vanorter/exempelstad/"' in editor.get(change(notice)).content.decode()


def test_a_wrong_address_is_told_at_its_field_and_stays(editor):
    notice = make.NoticeFactory()
    form = filled_in(editor.get(change(notice)), address="https://example.com/", text_sv="Nytt")
    response = editor.post(change(notice), form)
    assert len(error_at(response, "address")) == 1
    again = filled_in(response)
    assert (again["address"], again["text_sv"]) == (["https://example.com/"], ["Nytt"])


def test_the_list_of_notices_tells_where_and_when(editor, time_machine):
    time_machine.move_to(NOON, tick=False)
    editor.force_login(make.UserFactory(is_superuser=True))
    hour = datetime.timedelta(hours=1)
    make.NoticeFactory(text_sv="a", published_from=NOON + hour, published_until=NOON + 24 * hour)
    make.NoticeFactory(text_sv="b", published_until=NOON - hour, address="/vanorter/")
    make.NoticeFactory(text_sv="c", published_from=NOON - hour, kind="warning")
    make.NoticeFactory(text_sv="d", state="draft")
    page = editor.get(NOTICES, {"o": "1"})
    admin = page.context["cl"].model_admin
    assert [
        (row.text_sv, row.get_kind_display(), admin.page(row), admin.shown(row), admin.publication(row))
        for row in page.context["cl"].result_list
    ] == [
        ("a", "Information", "Alla sidor", "2026-11-24 13:00 – 2026-11-25 12:00", "Publiceras från 2026-11-24"),
        ("b", "Information", "/vanorter/", "till 2026-11-24 11:00", "Publicerades till 2026-11-24"),
        ("c", "Varning", "Alla sidor", "från 2026-11-24 11:00", "Publicerad"),
        ("d", "Information", "Alla sidor", "tills det avpubliceras", "Utkast"),
    ]


def test_notices_are_for_those_who_may(client):
    notice = make.NoticeFactory(state="draft")
    client = may(client, "view_notice")
    assert client.get(NOTICES).status_code == 200
    client.post(NOTICES, {"action": "publish", "_selected_action": [notice.pk]})
    assert client.post(change(notice), {}).status_code == 403
    assert client.get(reverse("admin:partnerships_notice_add")).status_code == 403
    assert not Notice.objects.published().exists()
    client = may(client, "view_notice", "change_notice")
    client.post(NOTICES, {"action": "publish", "_selected_action": [notice.pk]})
    assert Notice.objects.published().exists()
