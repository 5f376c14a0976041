"""The last word on what is shown: the objects themselves, whatever the index says."""

from functools import cache, lru_cache

from django.db import connection
from django.db.models import Value
from django.utils.translation import get_language

from partnerships.models.indexing import searched_models

_MOMENT = object()


@cache
def kinds():
    """{the name of each kind of hit: its model}."""
    return {model._meta.model_name: model for model in searched_models()}


def addresses_of(found, at):
    """{(kind, pk): address} of those of the found (kind, pk) that are public at this moment. One query."""
    moment = connection.ops.adapt_datetimefield_value(at)
    parts, values = [], []
    for kind in sorted({kind for kind, _pk in found}):
        pks = [pk for other, pk in found if other == kind]
        sql, some = _public(kind)
        parts.append(f"{sql} WHERE public.id IN ({', '.join(['%s'] * len(pks))})")
        values += [*(moment if value is _MOMENT else value for value in some), *pks]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {(kind, pk): _address(kind, pk, name, get_language()) for kind, pk, name in cursor.fetchall()}


@cache
def _public(kind):
    """(SQL for the kind's public objects: kind, key, what stands in the address; its values, _MOMENT for the moment).

    Django takes longer to write it than the database to answer, and it is always the same.
    """
    name = _named_by(kind)
    public = kinds()[kind].objects.published(Value(_MOMENT)).order_by()
    sql, values = public.values_list("id", *([name] if name else [])).query.sql_with_params()
    name = f"public.{name}" if name else "''"
    return f"SELECT '{kind}' AS kind, public.id, {name} FROM ({sql}) AS public", values


@cache
def _named_by(kind):
    """The field that stands in the kind's addresses, if any."""
    fields = {field.name for field in kinds()[kind]._meta.concrete_fields}
    return next((name for name in ("slug", "key") if name in fields), None)


@lru_cache(maxsize=4096)
def _address(kind, pk, name, language):
    field = _named_by(kind)
    return kinds()[kind](**{"pk": pk, **({field: name} if field else {})}).get_absolute_url()
