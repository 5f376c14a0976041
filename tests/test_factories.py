"""The rows that tests are made with are rows that the admin would take."""

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = {
    factory._meta.get_model_class(): factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and issubclass(factory, DjangoModelFactory) and not factory._meta.abstract
}


def test_every_model_has_a_factory():
    assert set(apps.get_app_config("partnerships").get_models()) - set(FACTORIES) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model.__name__)
def test_factory_makes_valid_rows(model):
    one = FACTORIES[model]()
    one.full_clean()
    if model._meta.model_name not in ("generation", "sitesettings"):  # there is only one
        another = FACTORIES[model]()
        another.full_clean()
        assert another.pk != one.pk
