"""Beside a list of programs, towns and networks are chosen among only while they are few."""

import pytest
from django.urls import reverse

from partnerships.admin.programs import FewFilter
from tests import factories as make

pytestmark = pytest.mark.django_db
PROGRAMS = reverse("admin:partnerships_program_changelist")


@pytest.fixture
def editor(client, monkeypatch):
    monkeypatch.setattr(FewFilter, "MOST", 2)
    client.force_login(make.UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize(("rows", "is_shown"), [(2, True), (3, False)])
def test_few_are_chosen_among(editor, rows, is_shown):
    towns = [make.TwinTownFactory() for _ in range(rows)]
    make.ProgramFactory(name_sv="I orten", town=towns[0])
    make.ProgramFactory(name_sv="Utan ort")
    page = editor.get(PROGRAMS).content.decode()
    assert (f"?town__id__exact={towns[1].pk}" in page) == is_shown
    chosen = editor.get(PROGRAMS, {"town__id__exact": towns[0].pk}).content.decode()
    assert "I orten" in chosen
    assert "Utan ort" not in chosen
