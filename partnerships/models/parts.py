"""Rows below public objects that search reads with them: facts, roles, holders, areas, audiences."""

from collections import defaultdict

from django.db import models, transaction

from partnerships.models.indexing import reindex


class PartQuerySet(models.QuerySet):
    """Brings the entries of the objects that the rows belong to up to date with whatever it writes."""

    def owners(self):
        """{model: the keys of those that the rows belong to}."""
        found = defaultdict(set)
        names = self.model.part_of
        models = [self.model._meta.get_field(name).related_model for name in names]
        for row in self.order_by().values_list(*names):
            for model, pk in zip(models, row, strict=True):
                if pk is not None:
                    found[model].add(pk)
        return found

    @transaction.atomic
    def update(self, **values):
        pks = list(self.values_list("pk", flat=True))
        rows = self.model._base_manager.filter(pk__in=pks)
        before = _owners(rows)
        changed = super().update(**values)
        _reindex(before, _owners(rows))
        return changed

    update.alters_data = True

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        objs = super().bulk_create(objs, *args, **kwargs)
        found = defaultdict(set)
        for name in self.model.part_of:
            field = self.model._meta.get_field(name)
            if field.concrete and not field.many_to_many:
                found[field.related_model] |= {getattr(obj, field.attname) for obj in objs} - {None}
        _reindex(found)
        return objs

    bulk_create.alters_data = True

    @transaction.atomic
    def delete(self):
        before = self.owners()
        deleted = super().delete()
        _reindex(before)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class Part(models.Model):
    """A row that search reads with the objects that it belongs to: `part_of` names the fields that lead to them."""

    part_of = ()

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        before = {} if self._state.adding else self._owners()
        super().save(*args, **kwargs)
        _reindex(before, self._owners())

    @transaction.atomic
    def delete(self, *args, **kwargs):
        before = self._owners()
        deleted = super().delete(*args, **kwargs)
        _reindex(before)
        return deleted

    def _owners(self):
        return _owners(type(self)._base_manager.filter(pk=self.pk))


def _owners(rows):
    return PartQuerySet.owners(rows)


def _reindex(*many_owners):
    concerned = defaultdict(set)
    for owners in many_owners:
        for model, pks in owners.items():
            concerned[model] |= pks
    for model, pks in concerned.items():
        reindex(model, pks)
