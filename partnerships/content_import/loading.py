"""Brings the rows of the content into the database."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.base import ContentFile

from partnerships.content_import.merging import merge, plain, plain_defaults, plain_values
from partnerships.content_import.reading import Picture
from partnerships.models import ContentRecord


class Outcome(StrEnum):
    """What became of a row of the content."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # an editor changed it, and the file brings nothing else
    GONE = "gone"  # an editor deleted it, or what it belongs to
    TAKEN = "taken"  # an editor had made the same row before
    UNFIT = "unfit"  # the model refuses it, so nothing will be loaded


@dataclass
class Report:
    """counts: how many rows of each model, by its name, had each Outcome. notes: what an operator may look into."""

    counts: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    notes: list[str] = field(default_factory=list)


class Loading:
    """One run, inside a transaction.

    Rows that do not fit leave `problems`; the rest is loaded all the same, so that every problem comes to light. Who
    finds any rolls back and calls remove_files().
    """

    def __init__(self, rows):
        self.rows = rows
        self.problems = []
        self.report = Report()
        self.outcomes = {}  # by the row's path, like the instances that it ended in
        self.instances = {}
        self.files = []  # (storage, name) of what this run wrote
        self.new_records, self.changed_records = [], []

    def run(self):
        self.records = ContentRecord.objects.in_bulk([row.path for row in self.rows], field_name="key")
        self.current = self._current_rows()
        for row in self.rows:
            outcome, instance = self._load(row)
            self.outcomes[row.path], self.instances[row.path] = outcome, instance
            self.report.counts[row.subject.model.__name__][outcome] += 1
        ContentRecord.objects.bulk_create(self.new_records)
        ContentRecord.objects.bulk_update(self.changed_records, ["values"])

    def remove_files(self):
        for storage, name in self.files:
            storage.delete(name)

    def _current_rows(self):
        """What earlier runs have put in, as it is now: {subject: {pk: instance}}. Nobody changes it meanwhile."""
        keys = defaultdict(list)
        for row in self.rows:
            if row.path in self.records:
                keys[row.subject].append(self.records[row.path].object_id)
        return {
            subject: subject.model.objects.select_for_update().prefetch_related(*subject.many).in_bulk(pks)
            for subject, pks in keys.items()
        }

    def _load(self, row):
        """The row's Outcome, and the instance that others can refer to, or None."""
        if row.above and self.outcomes[row.above.path] in (Outcome.GONE, Outcome.TAKEN):
            return self.outcomes[row.above.path], None
        record = self.records.get(row.path)
        if record is None:
            return self._create(row)
        current = self.current[row.subject].get(record.object_id)
        if current is None:
            return Outcome.GONE, None
        return self._update(row, record, current)

    def _create(self, row):
        values, lost = self._resolve(row)
        if any(not row.subject.fields[name].null for name in lost):
            return Outcome.GONE, None
        instance = self._build(row, values)
        other = self._in_its_place(row, instance, row.subject.identity)
        if other:
            self.report.notes.append(f"{row.place}: left alone, an editor had made it before")
            return Outcome.TAKEN, other
        if not self._fits(row, instance):
            return Outcome.UNFIT, None
        self._save(row, instance, values)
        record = ContentRecord(key=row.path, object_id=instance.pk, values={})
        self.new_records.append(record)
        self._remember(row, record, instance, values)
        return Outcome.CREATED, instance

    def _update(self, row, record, current):
        values, lost = self._resolve(row)
        last = plain_defaults(row.subject.fields) | record.values
        new = {name: _plain_in_file(name, value, record) for name, value in values.items()}
        # What the file refers to is not there any more: the file has nothing to say.
        new |= {name: last[name] for name in lost}
        changes = merge(last, plain_values(row.subject.fields, current), new)
        if row.unfit or changes.loaded or changes.withheld:
            shipped = self._build(row, values, current.pk)
            if self._in_its_place(row, shipped, row.subject.unique_by):
                return self._keep_whole(row, current)
            if not self._fits(row, shipped, {row.subject.named_by, *lost}):
                return Outcome.UNFIT, current
        if changes.fresh and changes.edited and not self._fits_merged(row, current, values, changes.fresh):
            return self._keep_whole(row, current)
        for name in sorted(changes.withheld):
            self.report.notes.append(f"{row.place}, {name}: kept as an editor changed it")
        if changes.fresh:
            _put(current, values, changes.fresh)
            self._save(row, current, {name: values[name] for name in changes.fresh})
        if changes.loaded:
            self.changed_records.append(record)
            self._remember(row, record, current, {name: values[name] for name in changes.loaded})
        if changes.fresh:
            return Outcome.UPDATED, current
        return (Outcome.KEPT if changes.edited else Outcome.UNCHANGED), current

    def _keep_whole(self, row, current):
        self.report.notes.append(f"{row.place}: kept, what is new does not go with what an editor changed")
        return Outcome.KEPT, current

    def _resolve(self, row):
        """The row's values, references as primary keys; and the fields whose target an editor deleted, or is unfit."""
        values, lost = {}, set()
        for name, value in row.values.items():
            model_field = row.subject.fields[name]
            if name in row.unfit:
                continue
            if not model_field.is_relation or not value:
                values[name] = value
            elif model_field.many_to_many:
                targets = [self.instances[path] for path in value]
                values[name] = sorted({target.pk for target in targets if target})
            elif self.instances[value] is None:
                lost.add(name)
            else:
                values[name] = self.instances[value].pk
        return values, lost

    def _build(self, row, values, pk=None):
        """All that the files say, unsaved; with pk, as the row that is there would be without any editor."""
        instance = row.subject.model(pk=pk or row.subject.only_pk)
        instance._state.adding = pk is None
        if row.subject.named_by:
            setattr(instance, row.subject.named_by, row.key)
        if row.above and self.instances[row.above.path]:
            setattr(instance, row.subject.parent, self.instances[row.above.path])
        _put(instance, values, values)
        return instance

    def _in_its_place(self, row, instance, identity):
        """The other row that holds the same values in the fields of its identity, or None."""
        if not identity or row.unfit.intersection(identity) or self._is_above_unfit(row):
            return None
        same = row.subject.model.objects.filter(**{name: getattr(instance, name) for name in identity})
        return (same if instance._state.adding else same.exclude(pk=instance.pk)).first()

    def _fits(self, row, instance, unknown=()):
        """Whether the model takes all that the files say of the row, unknown fields left aside; if not, says why."""
        unknown = {*row.unfit, *unknown}
        if self._is_above_unfit(row):
            unknown.add(row.subject.parent)
        try:
            instance.full_clean(exclude=row.subject.uneditable | unknown)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                place = row.place if name == NON_FIELD_ERRORS else f"{row.place}, {name}"
                self.problems += [f"{place}: {message}" for message in messages]
            return False
        return not (row.unfit or self._is_above_unfit(row))

    def _is_above_unfit(self, row):
        return row.above is not None and self.outcomes[row.above.path] == Outcome.UNFIT

    def _fits_merged(self, row, current, values, fresh):
        """Whether the model takes the news beside the editor's changes; that it does not is no fault of the files."""
        merged = row.subject.model.objects.get(pk=current.pk)
        _put(merged, values, fresh)
        try:
            merged.full_clean(exclude=row.subject.uneditable)
        except ValidationError:
            return False
        return True

    def _save(self, row, instance, values):
        instance.save()
        for name, value in values.items():
            if row.subject.fields[name].many_to_many:
                getattr(instance, name).set(value)
            elif isinstance(value, Picture):
                self.files.append((getattr(instance, name).storage, getattr(instance, name).name))

    def _remember(self, row, record, instance, values):
        """Keeps what the row now holds, so that a later run can tell an editor's change from it."""
        for name, value in values.items():
            model_field = row.subject.fields[name]
            record.values[name] = value if model_field.many_to_many else plain(model_field.value_from_object(instance))
            if isinstance(value, Picture):
                record.values[_digest_of(name)] = value.digest


def _put(instance, values, names):
    """Sets those of the values that need no saved instance."""
    for name in names:
        model_field = instance._meta.get_field(name)
        if isinstance(values[name], Picture):
            setattr(instance, name, ContentFile(values[name].content, name=values[name].name))
        elif not model_field.many_to_many:
            setattr(instance, model_field.attname, values[name])


def _plain_in_file(name, value, record):
    """A picture is the same as last time where its bytes are; the row knows it by a name of its own."""
    if isinstance(value, Picture):
        return record.values[name] if value.digest == record.values.get(_digest_of(name)) else value
    return plain(value)


def _digest_of(name):
    return f"{name} digest"
