"""The last word on what is shown: the objects themselves, whatever the index says."""

from functools import reduce

from django.db.models import CharField, F, Value

from partnerships.models.indexing import searched_models


def kinds():
    """{the name of each kind of hit: its model}."""
    return {model._meta.model_name: model for model in searched_models()}


def addresses_of(found, at):
    """{(kind, pk): address} of those of the found (kind, pk) that are public at this moment. One query."""
    models = kinds()
    named = {name: _name_in_addresses(model) for name, model in models.items()}
    asked = [
        models[kind]
        .objects.published(at)
        .filter(pk__in=[pk for other, pk in found if other == kind])
        .order_by()
        .values_list(Value(kind, CharField()), "pk", F(named[kind]) if named[kind] else Value("", CharField()))
        for kind in sorted({kind for kind, _pk in found})
    ]
    if not asked:
        return {}
    rows = reduce(lambda one, other: one.union(other, all=True), asked)
    return {(kind, pk): _address(models[kind], named[kind], pk, name) for kind, pk, name in rows}


def _name_in_addresses(model):
    fields = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("slug", "key") if name in fields), None)


def _address(model, field, pk, name):
    return model(**{"pk": pk, **({field: name} if field else {})}).get_absolute_url()
