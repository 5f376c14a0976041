"""Every change to what the public sees moves its generation on, however it is made, and with it in one transaction."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction

from partnerships.models import Audience, Generation, Network, Program
from partnerships.models.generation import PRIVATE, current_generation, keep_triggers, public_tables, snapshot
from partnerships.publishing.revising import record
from tests import factories as make
from tests.test_factories import FACTORIES

pytestmark = pytest.mark.django_db(transaction=True)

on_a_server = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="in SQLite's memory all connections share one view; on its files, tests/test_never_stale.py looks at it",
)
MODELS = list(apps.get_app_config("partnerships").get_models(include_auto_created=True))
PUBLIC = [model for model in MODELS if model._meta.model_name not in PRIVATE]
WITH_FACTORY = [model for model in PUBLIC if model in FACTORIES]


def moved_by(do):
    """Whether the generation, as others see it, is a higher one after this."""
    before = current_generation()
    do()
    after = current_generation()
    assert after >= before
    return after > before


@contextmanager
def rolled_back():
    with suppress(ZeroDivisionError), transaction.atomic():
        yield
        raise ZeroDivisionError


def test_what_is_private_is_a_model():
    assert {model._meta.model_name for model in MODELS} > PRIVATE


def test_tables_between_models_are_public_too():
    assert Program.audiences.through._meta.db_table in public_tables()
    assert set(PUBLIC) - set(WITH_FACTORY) == {Program.audiences.through}


@pytest.mark.parametrize("model", WITH_FACTORY, ids=lambda model: model.__name__)
def test_each_kind_of_change_moves_it(model):
    factory = FACTORIES[model]
    assert moved_by(factory)
    row = model._base_manager.latest("pk")
    field = next(field.name for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation)
    same = {field: getattr(row, field)}
    rows = model._base_manager.filter(pk=row.pk)
    assert moved_by(row.save)
    assert moved_by(lambda: rows.update(**same))
    assert moved_by(lambda: model._base_manager.bulk_update([row], [field]))
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        column = connection.ops.quote_name(model._meta.get_field(field).column)
        assert moved_by(lambda: cursor.execute(f"UPDATE {table} SET {column} = {column}"))  # noqa: S608
    pk = row.pk
    assert moved_by(row.delete)
    row.pk = pk
    assert moved_by(lambda: model._base_manager.bulk_create([row]))
    assert moved_by(rows.all().delete)


def test_many_to_many_changes_move_it():
    program, audience = make.ProgramFactory(), make.AudienceFactory()
    assert moved_by(lambda: program.audiences.add(audience))
    assert moved_by(lambda: audience.programs.clear())
    assert moved_by(lambda: program.audiences.set([audience]))
    assert not moved_by(lambda: program.audiences.add(audience))


def test_rows_that_are_passed_over_by_a_bulk_change_and_the_others():
    one = make.AudienceFactory()
    fresh = Audience(pk=one.pk + 1, slug="ny", name_sv="Nya")
    assert moved_by(lambda: Audience.objects.bulk_create([one, fresh], ignore_conflicts=True))
    assert Audience.objects.count() == 2


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model._meta.model_name in PRIVATE - {"generation"}], ids=lambda m: m.__name__
)
def test_what_is_private_leaves_it_alone(model):
    row = FACTORIES[model]()
    assert not moved_by(row.save)
    assert not moved_by(model._base_manager.all().delete)


def test_a_revision_alone_leaves_it_alone():
    network = make.NetworkFactory()
    assert not moved_by(lambda: record(network, user=None))


def test_what_is_rolled_back_changes_nothing():
    network = make.NetworkFactory()

    def try_to():
        with rolled_back():
            network.save()

    assert not moved_by(try_to)


def test_after_a_part_that_was_rolled_back_the_rest_still_moves_it():
    network = make.NetworkFactory()

    @transaction.atomic
    def change():
        with rolled_back():
            network.save()
        network.save()

    assert moved_by(change)


@on_a_server
def test_many_changes_in_one_transaction_move_it_for_others_once_it_is_over():
    networks = [make.NetworkFactory() for _ in range(3)]
    before = current_generation()
    with transaction.atomic():
        for network in networks:
            network.save()
        assert _as_others_see_it() == before
    assert _as_others_see_it() == current_generation() > before


def _as_others_see_it():
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT number FROM partnerships_generation")
            return cursor.fetchone()[0]
    finally:
        other.close()


def test_the_number_is_the_moment_of_the_change():
    before = time.time() * 1000
    make.AudienceFactory()
    assert before - 1000 <= current_generation() <= time.time() * 1000 + 1000


def test_the_number_never_goes_back_even_where_the_clock_has_gone_wrong():
    make.AudienceFactory()
    later = current_generation() + 10**9
    Generation.objects.update(number=later)
    make.AudienceFactory()
    assert later < current_generation() < later + 1000


def test_a_site_without_content_has_generation_0():
    Generation.objects.all().delete()
    assert current_generation() == 0
    make.AudienceFactory()
    assert current_generation() > 0


def test_a_table_made_anew_gets_its_triggers_back():
    names = "partnerships_audience_{0}_moves_generation" if connection.vendor == "sqlite" else "moves_generation ON {1}"
    with connection.cursor() as cursor:
        for change in ("insert", "update", "delete") if connection.vendor == "sqlite" else ("all",):
            cursor.execute("DROP TRIGGER " + names.format(change, Audience._meta.db_table))
    assert not moved_by(make.AudienceFactory)
    call_command("run_due")
    keep_triggers()
    assert moved_by(make.AudienceFactory)


@on_a_server
def test_processes_that_put_triggers_back_at_once_do_not_hinder_one_another():
    def put_back():
        together.wait(timeout=10)
        try:
            keep_triggers()
        finally:
            connection.close()

    for _ in range(5):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER moves_generation ON {Audience._meta.db_table}")
        together = Barrier(8)
        with ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(put_back) for _ in range(8)]:
                done.result()
        assert moved_by(make.AudienceFactory)


@on_a_server
def test_a_snapshot_sees_one_moment_and_keeps_nobody_from_writing():
    network = make.NetworkFactory(name_sv="Före")
    other = connections.create_connection("default")
    try:
        with snapshot():
            seen = [(current_generation(), Network.objects.get().name_sv)]
            with other.cursor() as cursor:
                cursor.execute("UPDATE partnerships_network SET name_sv = %s WHERE id = %s", ["Efter", network.pk])
            seen.append((current_generation(), Network.objects.get().name_sv))
    finally:
        other.close()
    assert seen[0] == seen[1]
    assert seen[0][1] == "Före"
    assert (current_generation() > seen[0][0], Network.objects.get().name_sv) == (True, "Efter")


def test_after_a_snapshot_one_can_write_and_it_is_over_also_where_it_failed():
    with suppress(ZeroDivisionError), snapshot():
        current_generation()
        raise ZeroDivisionError
    assert not connection.in_atomic_block
    with transaction.atomic():
        assert moved_by(make.AudienceFactory) is (connection.vendor == "sqlite")
    with snapshot():
        assert Audience.objects.count() == 1
