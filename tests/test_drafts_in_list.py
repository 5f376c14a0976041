"""What the list of a drafted model tells of drafts."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Draft, Network, Program
from partnerships.models.drafts import drafted_models
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

NETWORKS = reverse("admin:partnerships_network_changelist")
NOW = datetime.datetime(2026, 12, 1, 11, tzinfo=datetime.UTC)  # noon in Sweden


@pytest.fixture
def editor(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(make.UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Utkast, under arbete"),
        ({"stage": "submitted"}, "Utkast, väntar på godkännande"),
        ({"stage": "returned"}, "Utkast, skickat tillbaka"),
        (
            {"stage": "submitted", "publish_at": NOW + datetime.timedelta(days=31)},
            "Utkast, publiceras 1\xa0januari\xa02027\xa0kl.\xa012:00",
        ),
        ({"problem": "Adressen finns redan."}, "Utkast, gick inte att publicera"),
    ],
)
def test_a_row_with_a_draft_is_marked(editor, values, words):
    network = make.NetworkFactory()
    other = make.NetworkFactory()
    make.DraftFactory(subject=network, **values)
    make.DraftFactory(content_type=ContentType.objects.get_for_model(Program), object_id=other.pk)
    page = editor.get(NETWORKS).content.decode()
    assert page.count(f'<td class="field-draft_state">{words}</td>') == 1
    assert page.count('<td class="field-draft_state"></td>') == 1


def test_the_marks_stay_where_the_list_has_errors(editor):
    make.DraftFactory(subject=make.NetworkFactory())
    form = filled_in(editor.get(NETWORKS), _save="1", **{"form-0-position": "abc"})
    page = editor.post(NETWORKS, {name: form[name] for name in form if name.startswith(("form-", "_save"))})
    assert page.context["cl"].formset.total_error_count() == 1
    assert '<td class="field-draft_state">Utkast, under arbete</td>' in page.content.decode()


def test_drafts_of_new_things_stand_above_the_list(editor):
    make.DraftFactory(title="Ett program", kind=Program)
    make.DraftFactory(title="Av något som finns", subject=make.NetworkFactory())
    assert "drafts-of-new" not in editor.get(NETWORKS).content.decode().partition("<form")[0]
    hour = datetime.timedelta(hours=1)
    drafts = [make.DraftFactory(title=f"Nytt {n}", changed_at=NOW - n * hour) for n in range(8)]
    page = editor.get(NETWORKS)
    assert [draft.title for draft in page.context["drafts_of_new"].rows] == [f"Nytt {n}" for n in range(6)]
    html = page.content.decode()
    assert f'<a href="/admin/partnerships/network/add/?draft={drafts[0].pk}">Nytt 0</a>' in html
    assert '<a href="/admin/partnerships/draft/?kind=network">2 till</a>' in html
    assert "drafts-of-new" not in editor.get(NETWORKS, {"_popup": 1}).content.decode()


@pytest.mark.parametrize("model", drafted_models(), ids=lambda model: model.__name__)
def test_every_drafted_model_has_it(editor, model):
    make.DraftFactory(title="Något nytt", kind=model)
    make.DraftFactory(subject=getattr(make, f"{model.__name__}Factory")())
    page = editor.get(reverse(f"admin:partnerships_{model._meta.model_name}_changelist")).content.decode()
    assert ">Något nytt</a>" in page
    assert '<td class="field-draft_state">Utkast, under arbete</td>' in page


def test_a_long_list_opens_in_few_queries(editor):
    # Past the search index, which these rows are not asked of.
    networks = Network._base_manager.bulk_create(make.NetworkFactory.build_batch(5000))
    kind = ContentType.objects.get_for_model(Network)
    Draft.objects.bulk_create(
        make.DraftFactory.build(content_type=kind, object_id=network.pk, author=None) for network in networks[::2]
    )
    Draft.objects.bulk_create(make.DraftFactory.build_batch(30, content_type=kind, author=None))
    with CaptureQueriesContext(connection) as captured:
        page = editor.get(NETWORKS)
    assert page.content.decode().count("Utkast, under arbete") == 50
    assert len(captured) == 10
