"""What search reads of a public object, in each language and with the time in which it may be found."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone, translation
from phonenumber_field.phonenumber import PhoneNumber

from partnerships import richtext
from partnerships.models.fields import RichTextField

# Goes up when terms are made in another way, so that every entry is made anew.
EDITION = 1
# PostgreSQL takes no more than a megabyte of terms; what comes later in a text is not found.
LONGEST_TEXT = 100_000
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class Searched:
    """The names of the fields that search reads, translated or not.

    title: what a hit is called. text: what it is found by and shown with, a line each. hidden: what it is found by
    only. parts: the same for the rows below, by the name that leads to them, each row a line.
    timed: rows below that are public for a time of their own, by the name that leads to them; each has
    visible_between(). None of these may name another public object: that comes and goes by itself.
    """

    title: tuple[str, ...]
    text: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    timed: Mapping[str, "Searched"] = field(default_factory=dict)
    also_called: tuple[str, ...] = ()  # lazy words that one may look for it by, beside the model's own name
    is_called_by_kind: bool = True


@dataclass(frozen=True)
class Words:
    text: str
    language: str


@dataclass(frozen=True)
class Told:
    """All that an entry follows from."""

    kind: str
    object_id: int
    part: int
    language: str
    visible_from: datetime.datetime | None
    visible_until: datetime.datetime | None
    title: Words
    names: tuple[Words, ...] = ()  # found as the title is
    lines: tuple[Words, ...] = ()
    hidden: tuple[Words, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self):
        values = tuple(value for name, value in vars(self).items() if name != "digest")
        digest = hashlib.blake2b(repr((EDITION, values)).encode(errors="replace"), digest_size=16)
        object.__setattr__(self, "digest", digest.hexdigest())

    @property
    def key(self):
        return self.object_id, self.part, self.language


def told(instance):
    """The Tolds of a published object: one in each language, and one more for each row with a time of its own."""
    for language, _name in settings.LANGUAGES:
        yield from _told_in(language, instance)


def _told_in(language, instance):
    searched, model = instance.searched, type(instance)
    called = [*searched.also_called]
    if searched.is_called_by_kind:
        called += [model._meta.verbose_name, model._meta.verbose_name_plural]
    with translation.override(language):
        hidden = [Words(str(words), language) for words in called]
    hidden += _read(instance, searched.hidden, language)
    titles = _read(instance, searched.title, language)
    lines = _read(instance, searched.text, language)
    for name, fields in searched.parts.items():
        for row in getattr(instance, name).all():
            parts = _read(row, fields, language)
            if parts:
                lines.append(Words(": ".join(part.text for part in parts), parts[-1].language))
    lines = _as_much_as_fits(lines)
    common = {
        "kind": model._meta.model_name,
        "object_id": instance.pk,
        "language": language,
        "title": Words(" – ".join(words.text for words in titles), titles[-1].language if titles else language),
    }
    window = instance.published_from, instance.published_until
    yield Told(**common, part=0, **_within(window), lines=(*lines,), hidden=(*hidden,))
    for name, searched_row in searched.timed.items():
        for row in getattr(instance, name).all():
            names = _read(row, searched_row.title, language)
            yield Told(
                **common,
                part=row.pk,
                **_within(window, row.visible_between()),
                names=(*names,),
                lines=(*names, *lines),
                hidden=(*hidden, *_read(row, searched_row.hidden, language)),
            )


def _as_much_as_fits(lines):
    """The first lines, LONGEST_TEXT characters of them."""
    left, fitting = LONGEST_TEXT, []
    for line in lines:
        if left <= 0:
            break
        fitting.append(Words(line.text[:left], line.language))
        left -= len(line.text)
    return fitting


def _within(*windows):
    """The time in which all the windows are open; None for a side that stays open."""
    starts = [start for start, _end in windows if start]
    ends = [end for _start, end in windows if end]
    return {"visible_from": max(starts, default=None), "visible_until": min(ends, default=None)}


def beginning(day):
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _read(row, fields, language):
    """The Words of the fields, a paragraph each, those that say nothing left out."""
    found = []
    for name in fields:
        column, written_in = name, language
        if hasattr(row, f"{name}_{language}"):
            written_in = language if getattr(row, f"{name}_{language}") else settings.LANGUAGE_CODE
            column = f"{name}_{written_in}"
        found += [Words(line, written_in) for line in _lines(row, column)]
    return found


def _lines(row, column):
    value = getattr(row, column)
    if isinstance(value, PhoneNumber):
        # As one writes it here, as a machine dials it, and in one piece.
        return [value.as_national, value.as_e164, re.sub(r"\D", "", value.as_national)] if value else []
    text = str(value or "")
    if isinstance(row._meta.get_field(column), RichTextField):
        text = richtext.plain(text)
    lines = (_SPACE.sub(" ", unicodedata.normalize("NFC", line)).strip() for line in text.splitlines())
    return [line for line in lines if line]
