"""The last word on what is shown: the objects themselves, whatever the index says."""

from functools import cache, lru_cache

from django.db import connection
from django.utils.translation import get_language

from partnerships.models.indexing import searched_models


@cache
def kinds():
    """{the name of each kind of hit: its model}."""
    return {model._meta.model_name: model for model in searched_models()}


def addresses_of(found, at):
    """{(kind, pk): address} of those of the found (kind, pk) that are public at this moment. One query."""
    parts, values = [], []
    for kind in sorted({kind for kind, _pk in found}):
        pks = [pk for other, pk in found if other == kind]
        public = kinds()[kind].objects.published(at).filter(pk__in=pks).order_by()
        name = _named_by(kind)
        # Django joins querysets of several models too, and takes twice as long to write the same query.
        sql, some = public.values_list("id", *([name] if name else [])).query.sql_with_params()
        name = f"public.{name}" if name else "''"
        parts.append(f"SELECT '{kind}' AS kind, public.id, {name} FROM ({sql}) AS public")
        values += some
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {(kind, pk): _address(kind, pk, name, get_language()) for kind, pk, name in cursor.fetchall()}


@cache
def _named_by(kind):
    """The field that stands in the kind's addresses, if any."""
    fields = {field.name for field in kinds()[kind]._meta.concrete_fields}
    return next((name for name in ("slug", "key") if name in fields), None)


@lru_cache(maxsize=4096)
def _address(kind, pk, name, language):
    field = _named_by(kind)
    return kinds()[kind](**{"pk": pk, **({field: name} if field else {})}).get_absolute_url()
