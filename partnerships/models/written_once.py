"""Questions that pages ask the database again and again, put into SQL once in each process.

Django takes milliseconds to write the SQL of a page's querysets, the database a tenth of that to answer it, and it is
always the same but for the values in it: what one looks for, the language, the day, the moment.
"""

import datetime
import inspect
import re
from dataclasses import dataclass
from functools import update_wrapper

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Value
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

_BLANK = re.compile(r"(?<!%)%s")
_NAMED = {"sqlite": ":{}", "postgresql": "%({})s"}


class Gap(Value):
    """A value that a question leaves open."""

    def __init__(self, name, as_text=False):
        super().__init__(name)
        self.name, self.as_text = name, as_text

    def __eq__(self, other):
        return isinstance(other, Gap) and (self.name, self.as_text) == (other.name, other.as_text)

    def __hash__(self):
        return hash((self.name, self.as_text))

    def isoformat(self):
        """The same day as text, with which PartialDates are compared."""
        return Gap(self.name, as_text=True)

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, values, connection):
        """What the database is to be given."""
        value = values[self.name]
        if self.as_text:
            return value.isoformat()
        if isinstance(value, datetime.datetime):
            return connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, datetime.date):
            return connection.ops.adapt_datefield_value(value)
        return value


class Question:
    """A function that makes a queryset of its arguments; called, it gives the list of what the database answers.

    The queryset's SQL is written when it is first called, with Gaps for the arguments: so the function must not look
    at them, nor at the clock or the language at hand. It prefetches nothing. None as a value equals no key.
    Arguments by keyword only, such as how many rows one wants, are no Gaps: for each value the SQL is written anew, so
    let there be few.
    """

    every = []  # so that a test can look at them all

    def __init__(self, queryset_of):
        update_wrapper(self, queryset_of)
        self.queryset_of = queryset_of
        parameters = inspect.signature(queryset_of).parameters.values()
        self.names = [one.name for one in parameters]
        self.fixed = [one.name for one in parameters if one.kind == inspect.Parameter.KEYWORD_ONLY]
        self._written = {}  # {(the kind of database, what is no Gap): _Written}
        self.every.append(self)

    def __call__(self, **values):
        connection = connections[DEFAULT_DB_ALIAS]
        fixed = {name: values[name] for name in self.fixed}
        kind = (connection.vendor, *fixed.values())
        written = self._written.get(kind)
        if not written:
            written = self._written[kind] = self.write(**fixed)
        return written.ask(connection, values)

    def first(self, **values):
        """The first of them; None where there is none."""
        return next(iter(self(**values)), None)

    def write(self, **fixed):
        return _Written.of(self.queryset_of(**{name: Gap(name) for name in self.names} | fixed))

    def forget(self):
        self._written.clear()


@dataclass(frozen=True)
class _Written:
    """The SQL with its values and Gaps, and how objects are made of the rows: as Django's ModelIterable does."""

    sql: str
    values: dict  # by their names in the SQL: for those, Django need not look through all of it
    gaps: dict
    compiler: SQLCompiler
    converters: dict
    noted: list  # the attributes, and where their values are in a row
    minded: list  # the same of those that look at what they are given
    populators: list

    @classmethod
    def of(cls, queryset):
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        names = {}
        for value in values:
            names.setdefault(_known(value), f"v{len(names)}")
        columns = [column for column, *_ in compiler.select]
        model = compiler.klass_info["model"]
        fields = [(columns[number].target.attname, number) for number in compiler.klass_info["select_fields"]]
        minded = [pair for pair in fields if _is_minded(getattr(model, pair[0]))]
        noted = [*(pair for pair in fields if pair not in minded), *compiler.annotation_col_map.items()]
        in_order = iter(values)
        return cls(
            _BLANK.sub(lambda _blank: _NAMED[compiler.connection.vendor].format(names[_known(next(in_order))]), sql),
            {name: value for (_kind, value), name in names.items() if not isinstance(value, Gap)},
            {name: value for (_kind, value), name in names.items() if isinstance(value, Gap)},
            compiler,
            compiler.get_converters(columns),
            noted,
            minded,
            get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),
        )

    def ask(self, connection, values):
        with connection.cursor() as cursor:
            filled = {name: gap.filled(values, connection) for name, gap in self.gaps.items()}
            cursor.execute(self.sql, self.values | filled)
            rows = cursor.fetchall()
        return [self._object(row) for row in self.compiler.apply_converters(rows, self.converters)]

    def _object(self, row):
        # As from_db() does, which asks every field and tells every receiver of signals, of whom there is none.
        model = self.compiler.klass_info["model"]
        obj = model.__new__(model)
        obj._state = ModelState()
        obj._state.db, obj._state.adding = DEFAULT_DB_ALIAS, False
        obj.__dict__.update([(name, row[number]) for name, number in self.noted])
        for name, number in self.minded:
            setattr(obj, name, row[number])
        for populator in self.populators:
            populator.populate(row, obj)
        return obj


def _known(value):
    """What tells it from others: 1 and True are equal."""
    return type(value), value


def _is_minded(attribute):
    """Whether it looks at what it is given. A foreign key looks only for what came before."""
    return hasattr(attribute, "__set__") and not isinstance(attribute, ForeignKeyDeferredAttribute)
