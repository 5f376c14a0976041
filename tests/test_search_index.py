"""The index says what the tables say, whichever way they were written, and in the same transaction."""

import pytest
from django.core.management import call_command
from django.db import transaction

from partnerships.choices import PublicationState
from partnerships.models import Fact, SearchEntry, SearchTerm, TwinTown
from partnerships.models.indexing import reconcile
from tests import factories as make
from tests.admin_forms import filled_in
from tests.test_search import titles

pytestmark = pytest.mark.django_db


def entries():
    """All that the index holds, but for the keys of its own rows."""
    return sorted(SearchEntry.objects.values_list("kind", "object_id", "part", "language", "digest"))


def test_saving_and_deleting_keep_it(client):
    town = make.TwinTownFactory(name_sv="Åkerby")
    assert titles("åkerby") == {"Åkerby"}
    town.name_sv = "Vikholm"
    town.save()
    assert (titles("åkerby"), titles("vikholm")) == (set(), {"Vikholm"})
    town.state = PublicationState.DRAFT
    town.save()
    assert titles("vikholm") == set()
    town.state = PublicationState.PUBLISHED
    town.save()
    assert titles("vikholm") == {"Vikholm"}
    town.delete()
    assert titles("vikholm") == set()
    assert entries() == []


def test_rows_below_keep_it():
    town = make.TwinTownFactory(name_sv="Åkerby")
    fact = make.FactFactory(town=town, label_sv="Sjöar", value_sv="trettiotvå")
    assert titles("trettiotvå") == {"Åkerby"}
    fact.value_sv = "fyrtiofem"
    fact.save()
    assert (titles("trettiotvå"), titles("fyrtiofem")) == (set(), {"Åkerby"})
    other = make.TwinTownFactory(name_sv="Vikholm")
    fact.town = other
    fact.save()
    assert titles("fyrtiofem") == {"Vikholm"}
    fact.delete()
    assert titles("fyrtiofem") == set()


def test_a_fact_changed_at_the_desk_is_found_at_once(client):
    town = make.TwinTownFactory(name_sv="Åkerby")
    make.FactFactory(town=town, value_sv="trettiotvå")
    client.force_login(make.UserFactory(is_superuser=True))
    address = f"/admin/partnerships/twintown/{town.pk}/change/"
    form = filled_in(client.get(address)) | {"facts-0-value_sv": ["sjuttioåtta"]}
    assert client.post(address, form).status_code == 302
    assert (titles("trettiotvå"), titles("sjuttioåtta")) == (set(), {"Åkerby"})


def test_audiences_of_a_program_are_found_with_it():
    program = make.ProgramFactory(name_sv="Programmet")
    audience = make.AudienceFactory(name_sv="Trädgårdsmästare")
    program.audiences.add(audience)
    assert titles("trädgårdsmästare") == {"Programmet"}
    audience.name_sv = "Bagare"
    audience.save()
    assert (titles("trädgårdsmästare"), titles("bagare")) == (set(), {"Programmet"})
    program.audiences.clear()
    assert titles("bagare") == set()


def test_holders_are_found_for_their_time_only(time_machine):
    contact = make.ContactFactory(name_sv="Samordnaren")
    make.ContactHolderFactory(contact=contact, name="Eva Exempelsson", starts="2026-12-02", ends="2026-12-03")
    seen = {}
    for moment in ("2026-12-01T23:59:59+01:00", "2026-12-02T00:00:00+01:00", "2026-12-04T00:00:00+01:00"):
        time_machine.move_to(moment, tick=False)
        seen[moment[:10]] = titles("exempelsson") == {"Samordnaren"}
    assert seen == {"2026-12-01": False, "2026-12-02": True, "2026-12-04": False}


def test_bulk_writes_keep_it():
    towns = TwinTown.objects.bulk_create(
        make.TwinTownFactory.build(name_sv=name, slug=f"ort-{len(name)}") for name in ("Åkerby", "Vikholm", "Norrtuna")
    )
    assert titles("vikholm") == {"Vikholm"}
    TwinTown.objects.filter(name_sv="Vikholm").update(name_sv="Sjöberga")
    assert (titles("vikholm"), titles("sjöberga")) == (set(), {"Sjöberga"})
    towns[2].name_sv = "Hultarp"
    TwinTown.objects.bulk_update([towns[2]], ["name_sv"])
    assert (titles("norrtuna"), titles("hultarp")) == (set(), {"Hultarp"})
    Fact.objects.bulk_create([make.FactFactory.build(town=towns[0], value_sv="trettiotvå")])
    assert titles("trettiotvå") == {"Åkerby"}
    Fact.objects.update(value_sv="fyrtiofem")
    assert titles("fyrtiofem") == {"Åkerby"}
    Fact.objects.all().delete()
    assert titles("fyrtiofem") == set()
    TwinTown.objects.all().delete()
    assert entries() == []


def test_a_rollback_takes_it_along():
    make.TwinTownFactory(name_sv="Åkerby")
    before = entries()
    with transaction.atomic():
        make.TwinTownFactory(name_sv="Vikholm")
        TwinTown.objects.filter(name_sv="Åkerby").update(name_sv="Norrtuna")
        assert titles("norrtuna") == {"Norrtuna"}
        transaction.set_rollback(True)
    assert entries() == before
    assert (titles("åkerby"), titles("vikholm"), titles("norrtuna")) == ({"Åkerby"}, set(), set())


def test_what_went_past_it_is_put_right_when_it_is_due(content):
    whole = entries()
    assert len(whole) > 40
    SearchEntry.objects.filter(kind="twintown").delete()
    SearchEntry.objects.filter(kind="program").update(digest="", title="Fel", title_terms="fel")
    make.TwinTownFactory(name_sv="Borta")
    SearchTerm.objects.create(language="sv", term="overbliven", reversed="nevilbrevo")
    call_command("run_due")
    assert not SearchTerm.objects.filter(term="overbliven").exists()
    TwinTown.objects.filter(name_sv="Borta").delete()
    assert entries() == whole
    assert "Fel" not in titles("fel")


def test_putting_right_costs_little_where_nothing_is_wrong(content, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        reconcile()
