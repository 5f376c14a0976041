"""Three ways: what was last loaded, what the row holds now, what the file says."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from phonenumber_field.phonenumber import PhoneNumber


@dataclass(frozen=True)
class Merge:
    """The names of fields, by what became of them. A field is in none of these where nobody changed it."""

    fresh: set[str]  # the file says something new, and no editor has touched it
    edited: set[str]  # an editor changed it
    withheld: set[str]  # an editor changed it, and the file says something new as well
    loaded: set[str]  # from now on the row holds what is new in the file: fresh, or the editor wrote the same


def merge(last, now, new):
    """last, now, new: plain values by the field's name, the same names in each."""
    news = {name for name in new if new[name] != last[name]}
    edited = {name for name in new if now[name] not in (last[name], new[name])}
    return Merge(
        fresh={name for name in news if now[name] == last[name]},
        edited=edited,
        withheld=edited & news,
        loaded=news - edited,
    )


def plain_values(fields, instance):
    """What the instance holds in each of the fields (by name)."""
    return {name: plain(value_in(instance, field)) for name, field in fields.items()}


def plain_defaults(fields):
    return {name: [] if field.many_to_many else plain(field.get_default()) for name, field in fields.items()}


def value_in(instance, field):
    """The field's value, references as primary keys."""
    if field.many_to_many:
        return sorted(target.pk for target in getattr(instance, field.name).all())
    return field.value_from_object(instance)


def plain(value):
    """The value as JSON keeps it, the same for values that mean the same."""
    match value:
        case None | bool() | int() | list():
            return value
        case Decimal():
            return format(value.normalize(), "f")
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat()
        case PhoneNumber():
            return value.as_e164
        case _:
            return str(value).replace("\r\n", "\n")
