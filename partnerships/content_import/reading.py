"""Reads the content files into rows, and says all that is wrong with them. Asks no database."""

import datetime
import hashlib
import io
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models

from partnerships import pictures
from partnerships.content_import.subjects import SUBJECT_OF, SUBJECTS, Subject
from partnerships.models.fields import PictureField, RichTextField

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
KEY_LENGTH = 80

# Which of TOML's types each kind of field takes; the first that fits the field holds.
TYPES = (
    (models.BooleanField, (bool,), "true or false"),
    (models.IntegerField, (int,), "a whole number"),
    (models.DecimalField, (int, Decimal), "a number"),
    (models.DateTimeField, (datetime.datetime,), "a date and time such as 2024-05-15T08:00:00+02:00"),
    (models.DateField, (datetime.date,), "a date such as 2024-05-15"),
    (models.TimeField, (datetime.time,), "a time such as 08:00:00"),
    (models.ManyToManyField, (list,), "a list of keys"),
    (models.ForeignKey, (str,), "a key in quotes"),
    (models.Field, (str,), "text in quotes"),
)

_BEFORE_A_BLOCK = re.compile(r"\s*\n\s*(?=</?(?:p|h[2-4]|[uo]l|li|blockquote)>)")


@dataclass(frozen=True)
class Picture:
    name: str
    content: bytes

    @property
    def digest(self):
        return hashlib.sha256(self.content).hexdigest()


@dataclass(eq=False)
class Row:
    """One row of the files.

    values: what each of the subject's fields is to hold; references as the paths of other rows.
    unfit: the fields whose values cannot be used; they are not in values.
    """

    subject: Subject
    key: str
    file: str
    above: "Row | None" = None
    values: dict = field(default_factory=dict)
    unfit: set = field(default_factory=set)

    @property
    def path(self):
        """Its name among all rows, now and in later runs: "network/sern/fact/members"."""
        own = f"{self.subject.name}/{self.key}"
        return f"{self.above.path}/{own}" if self.above else own

    @property
    def place(self):
        """Where it stands, for people: networks.toml: network "sern", fact "members"."""
        return (f"{self.above.place}, " if self.above else f"{self.file}: ") + self.words

    @property
    def words(self):
        return f'{self.subject.name.replace("_", " ")} "{self.key}"'

    @property
    def identity(self):
        """What no other row may share, where the path does not tell; None where nothing is known."""
        if self.subject.only_pk:
            return self.subject.name
        told = [name for name in self.subject.unique_by if name != self.subject.parent]
        if not told or self.unfit.intersection(told):
            return None
        return self.above.path, self.subject.name, *(self.values[name] for name in told)


def read(folder):
    """The rows of the folder's files and the problems with them: ([Row, …], [text, …]).

    A row comes after the row above it and after the rows that it refers to.
    """
    reader = _Reader(folder)
    reader.read()
    return list(reader.rows.values()), reader.problems


class _Reader:
    def __init__(self, folder):
        self.folder = folder
        self.rows = {}
        self.problems = []
        self.all_readable = True

    def read(self):
        tables = [(file, self._parsed(file)) for file in sorted(self.folder.glob("*.toml"))]
        if not tables:
            self.problems.append(f"{self.folder}: holds no content files (*.toml)")
        known = [subject.name for subject in SUBJECTS]
        for file, table in tables:
            for name in table:
                if name not in known:
                    self.problems.append(f"{file.name}: {name}: unknown; known are {', '.join(known)}")
        for subject in SUBJECTS:
            for file, table in tables:
                self._read_rows(subject, file.name, table.get(subject.name, {}))
        self._follow_references()
        self._find_doubles()

    def _parsed(self, file):
        try:
            return tomllib.loads(file.read_bytes().decode(), parse_float=Decimal)
        except UnicodeDecodeError:
            reason = "is not UTF-8 text"
        except tomllib.TOMLDecodeError as error:
            reason = f"is not TOML: {error}"
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
        self.problems.append(f"{file.name}: {reason}")
        self.all_readable = False
        return {}

    def _read_rows(self, subject, file, tables, above=None):
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            place = f"{above.place}, " if above else f"{file}: "
            self.problems.append(f"{place}{subject.name}: wants a table for each, [….{subject.name}.KEY]")
            return
        for key, table in tables.items():
            row = Row(subject, key, file, above)
            if not KEY.fullmatch(key) or len(key) > KEY_LENGTH:
                self.problems.append(
                    f"{row.place}: a key has small letters a–z, digits and single hyphens, at most {KEY_LENGTH}"
                )
            elif row.path in self.rows:
                self.problems.append(f"{row.place}: stands in {self.rows[row.path].file} already")
            else:
                self.rows[row.path] = row
                self._read_row(row, table)

    def _read_row(self, row, table):
        children = {child.name: child for child in row.subject.children}
        for name, given in table.items():
            if name in children:
                self._read_rows(children[name], row.file, given, row)
            elif name not in row.subject.fields:
                self.problems.append(f"{row.place}, {name}: unknown key")
        for name, model_field in row.subject.fields.items():
            try:
                row.values[name] = self._value(model_field, table.get(name))
            except ValidationError as error:
                row.unfit.add(name)
                self.problems += [f"{row.place}, {name}: {message}" for message in error.messages]

    def _value(self, model_field, given):
        """The value, or the field's default, as the row will hold it; ValidationError where it cannot."""
        if given is not None:
            types, wanted = next((types, words) for kind, types, words in TYPES if isinstance(model_field, kind))
            aware = not isinstance(given, datetime.datetime) or given.tzinfo
            if type(given) not in types or not aware:
                raise ValidationError(f"wants {wanted}")
        if isinstance(model_field, models.ManyToManyField):
            return [_text(key) for key in given or []]
        if isinstance(model_field, models.ForeignKey):
            if given is None and not model_field.null:
                raise ValidationError(model_field.error_messages["null"])
            return given
        if isinstance(model_field, PictureField) and given is not None:
            return self._picture(given)
        value = model_field.get_default() if given is None else given
        if isinstance(value, str):
            value = _tidy(value, model_field)
        if model_field.blank and value in model_field.empty_values:
            return value
        return model_field.clean(value, None)

    def _picture(self, name):
        file = self.folder / "pictures" / name
        if file.name != name or not file.is_file():
            raise ValidationError(f"there is no picture pictures/{name}")
        picture = Picture(name, file.read_bytes())
        pictures.read(io.BytesIO(picture.content), name)
        return picture

    def _follow_references(self):
        """Turns the keys that rows refer to into paths. Where a file could not be read, a missing row may be in it."""
        met = set()
        for row in self.rows.values():
            for name, model_field in row.subject.fields.items():
                if model_field.is_relation and row.values.get(name) is not None:
                    target = SUBJECT_OF[model_field.related_model].name
                    keys = row.values[name]
                    if isinstance(keys, list):
                        row.values[name] = [self._path(row, name, target, key, met) for key in keys]
                    else:
                        row.values[name] = self._path(row, name, target, keys, met)
            met.add(row.path)

    def _path(self, row, name, target, key, met):
        path = f"{target}/{key}"
        if path not in met:
            row.unfit.add(name)
            words = f'{target.replace("_", " ")} "{key}"'
            if path in self.rows:
                self.problems.append(f"{row.place}, {name}: {words} must stand above it")
            elif self.all_readable:
                self.problems.append(f"{row.place}, {name}: there is no {words} in the content")
        return path

    def _find_doubles(self):
        met = {}
        for row in self.rows.values():
            identity = row.identity
            other = met.setdefault(identity, row) if identity else row
            if other is not row:
                self.problems.append(f"{row.place}: stands for the same as {other.words}")


def _text(key):
    if not isinstance(key, str):
        raise ValidationError("wants a list of keys")
    return key


def _tidy(text, model_field):
    """The text as an editor's form would hand it in, so that saving it unchanged there changes nothing."""
    ProhibitNullCharactersValidator()(text)
    text = text.strip()
    return _BEFORE_A_BLOCK.sub("", text) if isinstance(model_field, RichTextField) else text
