"""Forged and broken input in the admin gets a plain answer: a form that says what is wrong, a redirect, 400 or 404."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext

from partnerships.models import Agreement, Contact, Notice, Program, TwinTown
from tests import factories as make
from tests.admin_forms import error_at, filled_in

pytestmark = pytest.mark.django_db

TOWNS = reverse("admin:partnerships_twintown_changelist")
BEYOND_ANY_KEY = "9" * 30


def name_of(model):
    return model.__name__


def change(row):
    return reverse(f"admin:partnerships_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("?state__exact=%00", 400),
        ("?q=%00", 400),
        ("?q=%FF", 400),
        ("?name_sv__regex=(", 400),
        ("?position__exact=abc", 400),
        ("?id__in=" + BEYOND_ANY_KEY, 400),
        ("?parties__agreement__name_sv=x", 400),
        ("?_to_field=name_sv", 400),
        ("?state__exact=abc", 200),
        ("?status=abc", 200),
        ("?status=active", 200),
        ("?country_sv=Exempelland", 200),
        ("?o=abc", 200),
        ("?o=-9.99.x", 200),
        ("?p=abc", 200),
        ("?p=9999999", 200),
        ("?p=-1", 200),
        ("?finns_inte=1", 400),
        ("?q=" + "a+" * 1000, 200),
    ],
)
def test_query_strings_of_a_list(editor, query, answer):
    make.TwinTownFactory()
    assert editor.get(TOWNS + query).status_code == answer


@pytest.mark.parametrize("page", ["9999999", "-1", "0"])
def test_pages_of_a_long_list_that_are_not_there(editor, page, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(TwinTown), "list_per_page", 1)
    monkeypatch.setattr(admin.site.get_model_admin(TwinTown), "list_max_show_all", 1)
    make.TwinTownFactory.create_batch(2)
    assert editor.get(TOWNS + "?p=" + page).headers["Location"] == TOWNS + "?e=1"
    assert editor.get(TOWNS + "?e=1").status_code == 200


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("town__id__exact=abc", 302),
        ("town__id__exact=" + BEYOND_ANY_KEY, 200),
        ("town__isnull=abc", 200),
        ("town__exact=" + BEYOND_ANY_KEY, 400),
        ("audiences__id__exact=abc", 302),
        ("audiences=" + BEYOND_ANY_KEY, 400),
    ],
)
def test_filters_by_another_row(editor, query, answer):
    make.ProgramFactory(town=make.TwinTownFactory())
    make.AudienceFactory.create_batch(2)
    assert editor.get(reverse("admin:partnerships_program_changelist") + "?" + query).status_code == answer


@pytest.mark.parametrize("key", ["abc", "0", "-1", BEYOND_ANY_KEY, "1_00", "_", "٣"])
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_rows_that_are_not_there(editor, key, page):
    response = editor.get(f"{TOWNS}{key}/{page}/")
    assert (response.status_code, response.headers["Location"]) == (302, reverse("admin:index"))


@pytest.mark.parametrize("action", ["delete_selected", "publish", "withdraw"])
@pytest.mark.parametrize("key", ["abc", "-1", "\0", BEYOND_ANY_KEY, "²"])
def test_actions_on_what_is_no_row(editor, action, key):
    town = make.TwinTownFactory()
    data = {"action": action, "_selected_action": [town.pk, key], "post": "yes"}
    assert editor.post(TOWNS, data).status_code == 400
    assert TwinTown.objects.published().count() == 1


def test_an_action_that_there_is_not(editor):
    town = make.TwinTownFactory()
    assert editor.post(TOWNS, {"action": "explode", "_selected_action": town.pk}).status_code in {200, 302}
    assert TwinTown.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ({}, 200),
        ({"form-TOTAL_FORMS": "abc", "form-INITIAL_FORMS": "abc"}, 200),
        ({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "abc", "form-0-position": "1"}, 400),
        ({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": BEYOND_ANY_KEY}, 400),
        ({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "77777", "form-0-position": "1"}, 200),
        ({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-position": "1"}, 200),
    ],
)
def test_an_order_saved_from_a_forged_list(editor, data, answer):
    make.TwinTownFactory(position=7)
    assert editor.post(TOWNS, {"_save": "1"} | data).status_code == answer
    assert TwinTown.objects.get().position == 7


SUBJECTS = [
    make.AgreementFactory,
    make.AudienceFactory,
    make.ContactFactory,
    make.ContactCentreFactory,
    make.ImageFactory,
    make.AccessibilityReportFactory,
    make.NetworkFactory,
    make.NoticeFactory,
    make.PageFactory,
    make.ProgramFactory,
    make.SiteSettingsFactory,
    make.TwinTownFactory,
]


@pytest.mark.parametrize("factory", SUBJECTS, ids=lambda factory: factory.__name__)
@pytest.mark.parametrize("value", ["a\0b", "abc", BEYOND_ANY_KEY, "-1", "NaN", "0001-01-01", "x" * 5000])
def test_every_field_forged_at_once(editor, factory, value):
    row = factory()
    before = type(row).objects.filter(pk=row.pk).values().get()
    form = filled_in(editor.get(change(row)))
    forged = {name: [value] for name in form if not name.endswith("_FORMS")}
    response = editor.post(change(row), form | forged)
    assert response.status_code == 200
    assert response.context["error_summary"]
    assert type(row).objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("value", ["abc", "\0", BEYOND_ANY_KEY, "77777"])
def test_a_chosen_row_that_is_not_there(editor, value):
    program = make.ProgramFactory(town=make.TwinTownFactory())
    form = filled_in(editor.get(change(program)), town=value, audiences=[value])
    response = editor.post(change(program), form)
    assert set(response.context["adminform"].form.errors) == {"town", "audiences"}
    assert Program.objects.get().town == program.town


@pytest.mark.parametrize("value", ["abc", BEYOND_ANY_KEY, "77777", ""])
def test_an_inline_row_that_is_not_there(editor, value):
    stored = make.NetworkRoleFactory(name_sv="värd")
    network = stored.network
    form = filled_in(editor.get(change(network)), **{"roles-0-id": value, "roles-0-name_sv": "annan"})
    assert editor.post(change(network), form).status_code in {200, 302}
    assert network.roles.get(pk=stored.pk).name_sv == "värd"


def test_an_inline_row_of_somebody_else(editor):
    mine, other = make.NetworkRoleFactory(), make.NetworkRoleFactory(name_sv="värd")
    form = filled_in(editor.get(change(mine.network)), **{"roles-0-id": other.pk, "roles-0-name_sv": "stulen"})
    editor.post(change(mine.network), form)
    other.refresh_from_db()
    assert (other.name_sv, other.network.roles.count()) == ("värd", 1)


@pytest.mark.parametrize("value", [None, "abc", "-1", "0"])
@pytest.mark.parametrize("count", ["TOTAL_FORMS", "INITIAL_FORMS"])
def test_a_forged_count_of_inline_rows(editor, count, value):
    agreement = make.AgreementPartyFactory().agreement
    form = filled_in(editor.get(change(agreement)))
    form.pop(f"parties-{count}")
    response = editor.post(change(agreement), form | ({f"parties-{count}": value} if value else {}))
    assert response.status_code == 302
    assert agreement.parties.count() == 1


@pytest.mark.parametrize("factory", [make.AgreementFactory, make.ProgramFactory])
def test_a_form_without_anything_changes_nothing(editor, factory):
    row = factory()
    before = type(row).objects.filter(pk=row.pk).values().get()
    assert editor.post(change(row), {}).status_code == 302
    assert type(row).objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("field", ["published_from", "published_until"])
def test_a_moment_too_early_to_be_stored(editor, field):
    notice = make.NoticeFactory()
    form = filled_in(editor.get(change(notice)), **{f"{field}_0": "0001-01-01", f"{field}_1": "00:00"})
    response = editor.post(change(notice), form)
    assert error_at(response, field) == [gettext("Choose a day from the year 2000 on.")]
    assert getattr(Notice.objects.get(), field) is None


@pytest.mark.parametrize("model", [TwinTown, Agreement, Contact, Program], ids=name_of)
@pytest.mark.parametrize("value", ["abc", BEYOND_ANY_KEY, "1,x"])
def test_values_for_a_new_form_in_its_address(editor, model, value):
    fields = "&".join(f"{field.name}={value}" for field in model._meta.get_fields())
    address = reverse(f"admin:partnerships_{model._meta.model_name}_add")
    assert editor.get(f"{address}?{fields}").status_code == 200


def test_every_admin_of_this_site_takes_the_same_care():
    from partnerships.admin.base import EditorAdmin

    assert [name_of(model) for model, its in admin.site._registry.items() if not isinstance(its, EditorAdmin)] == []
