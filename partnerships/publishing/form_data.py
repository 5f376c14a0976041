"""A form of the admin as a value, and how three of them are merged.

    {"fields": {name: [text, …]}, "rows": {prefix: [{"pk": "12", "values": {name: [text, …]}, "deleted": False}, …]}}

Names in a row stand without its prefix and number; a new row has pk "". A name that is absent was not on the form;
one with an empty list was, and held nothing.
"""

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType

from django.http import QueryDict

UNREADABLE = "\N{REPLACEMENT CHARACTER}"  # stands for NUL, which no database keeps
EMPTY = {"fields": {}, "rows": {}}


@dataclass(frozen=True)
class Difference:
    """One control that holds something else in two versions; `prefix` and `pk` where it is in a row.

    name "" is the row itself: there in one version, and deleted in or missing from the other. `row` holds its values.
    """

    before: tuple
    after: tuple
    name: str
    prefix: str = ""
    pk: str = ""
    row: tuple = ()  # the row's values, as items, for telling which it is


def merge(base, mine, theirs):
    """(the three merged, the Differences where both had changed the same: before is theirs, after mine).

    What only one of the two changed since base, is taken from it; where both did, mine stands, and is a conflict.
    """
    fields, conflicts = _merge_values(base["fields"], mine["fields"], theirs["fields"])
    rows = {}
    for prefix in {**theirs["rows"], **mine["rows"]}:
        versions = (version["rows"].get(prefix, []) for version in (base, mine, theirs))
        rows[prefix], found = _merge_rows(prefix, *versions)
        conflicts += found
    return {"fields": fields, "rows": rows}, conflicts


def _merge_values(base, mine, theirs, **place):
    merged, conflicts = {}, []
    for name in {**theirs, **mine}:
        wanted, there, before = mine.get(name), theirs.get(name), base.get(name)
        if wanted is None or wanted in (before, there):
            merged[name] = wanted if there is None else there
        else:
            merged[name] = wanted
            if there not in (None, before):
                conflicts.append(Difference(tuple(there), tuple(wanted), name, **place))
    return merged, conflicts


def _merge_rows(prefix, base, mine, theirs):
    befores, wanteds = _by_key(base), _by_key(mine)
    merged, conflicts, again = [], [], []
    for there in filter(_is_stored, theirs):
        before, wanted = befores.get(there["pk"]), wanteds.pop(there["pk"], None)
        row, found = (there, []) if wanted is None else _merge_row(prefix, before, wanted, there)
        merged.append(row)
        conflicts += found
    for pk, wanted in wanteds.items():  # deleted by them meanwhile
        if not wanted["deleted"] and wanted["values"] != befores.get(pk, wanted)["values"]:
            again.append(wanted | {"pk": ""})
            conflicts.append(_of_row(prefix, pk, (), ("kept",), wanted))
    fresh, found = _merge_new_rows(prefix, *([row for row in some if not row["pk"]] for some in (base, mine, theirs)))
    return merged + again + fresh, conflicts + found


def _merge_row(prefix, before, wanted, there):
    before = before or {"pk": there["pk"], "values": {}, "deleted": False}
    place = {"prefix": prefix, "pk": there["pk"], "row": _items(there)}
    if wanted["deleted"]:
        untouched = there["deleted"] or there["values"] == before["values"]
        conflicts = [] if untouched else [_of_row(prefix, there["pk"], ("kept",), (), there)]
        return there | {"deleted": True}, conflicts
    values, conflicts = _merge_values(before["values"], wanted["values"], there["values"], **place)
    deleted = there["deleted"] and not before["deleted"]
    if deleted and wanted["values"] != before["values"]:
        return {"pk": there["pk"], "values": values, "deleted": False}, [
            _of_row(prefix, there["pk"], (), ("kept",), wanted)
        ]
    return {"pk": there["pk"], "values": values, "deleted": deleted}, conflicts


def _merge_new_rows(prefix, base, mine, theirs):
    """New rows have no key to know them by. None is lost: at worst one stands there twice, and is a conflict."""
    if theirs == base or mine == theirs:
        return mine, []
    if mine == base:
        return theirs, []
    added = [row for row in theirs if row not in base and row not in mine]
    removed = [row for row in base if row not in theirs]
    kept = [row for row in mine if row not in removed]
    # A row that was there for both to begin with, and that each has changed, now stands there twice.
    changed_by_both = removed and any(row not in base for row in mine)
    return kept + added, [_of_row(prefix, "", ("kept",), ("kept",), row) for row in added if changed_by_both]


def _of_row(prefix, pk, before, after, row):
    return Difference(before, after, "", prefix, pk, _items(row))


def _items(row):
    return tuple((name, tuple(values)) for name, values in row["values"].items())


def _is_stored(row):
    return bool(row["pk"])


def _by_key(rows):
    return {row["pk"]: row for row in rows if row["pk"]}


def differences(before, after):
    """The Differences between two versions of a form, in the order of the form: fields first, then rows."""
    found = _value_differences(before["fields"], after["fields"])
    for prefix in {**after["rows"], **before["rows"]}:
        olds, news = before["rows"].get(prefix, []), after["rows"].get(prefix, [])
        stored = _by_key(olds)
        for row in filter(_is_stored, news):
            old = stored.pop(row["pk"], None)
            if old is None or old["deleted"] != row["deleted"]:
                was, is_now = (() if one is None or one["deleted"] else ("kept",) for one in (old, row))
                if was != is_now:
                    found.append(_of_row(prefix, row["pk"], was, is_now, row))
            elif not row["deleted"]:
                place = {"prefix": prefix, "pk": row["pk"], "row": _items(old)}
                found += _value_differences(old["values"], row["values"], **place)
        found += [_of_row(prefix, pk, ("kept",), (), old) for pk, old in stored.items() if not old["deleted"]]
        old_new = Counter(_items(row) for row in olds if not row["pk"])
        for row in (row for row in news if not row["pk"]):
            if old_new[_items(row)]:
                old_new[_items(row)] -= 1
            else:
                found.append(_of_row(prefix, "", (), ("kept",), row))
        for items in old_new.elements():
            found.append(Difference(("kept",), (), "", prefix, "", items))
    return found


def _value_differences(before, after, **place):
    return [
        Difference(tuple(before.get(name, ())), tuple(after[name]), name, **place)
        for name in after
        if before.get(name, []) != after[name]
    ]


def to_post(value, empty_rows=MappingProxyType({})):
    """What a browser would send of a form that holds this. Rows that are there already come first, as Django asks.

    empty_rows: {prefix: what it holds} of rows that are still to be filled in, one a prefix.
    """
    post = QueryDict(mutable=True)
    for name, texts in value["fields"].items():
        post.setlist(name, texts)
    for prefix, rows in value["rows"].items():
        ordered = sorted(rows, key=lambda row: not row["pk"])
        if prefix in empty_rows:
            ordered.append({"pk": "", "values": empty_rows[prefix], "deleted": False})
        post[f"{prefix}-TOTAL_FORMS"] = str(len(ordered))
        post[f"{prefix}-INITIAL_FORMS"] = str(sum(map(_is_stored, ordered)))
        for number, row in enumerate(ordered):
            for name, texts in row["values"].items():
                post.setlist(f"{prefix}-{number}-{name}", texts)
            post[f"{prefix}-{number}-id"] = row["pk"]
            if row["deleted"]:
                post[f"{prefix}-{number}-DELETE"] = "on"
    return post


def from_post(post, fields, rows):
    """The form that was sent. fields: the controls of its form; rows: {prefix: the controls of an empty row}.

    Controls are {name: Control}. An empty new row is none.
    """
    return {
        "fields": _sent(post, "", fields),
        "rows": {prefix: list(_sent_rows(post, prefix, blank)) for prefix, blank in rows.items()},
    }


def _sent(post, prefix, controls):
    """What was sent for these. One that a browser always sends was not on the form where it is missing.

    What may be missing was emptied only where the rest was sent: half a form empties nothing.
    """
    is_whole = any(prefix + name in post for name, control in controls.items() if not control.may_be_missing)
    return {
        name: [text.replace("\r\n", "\n").replace("\0", UNREADABLE) for text in post.getlist(prefix + name)]
        for name, control in controls.items()
        if prefix + name in post or (control.may_be_missing and is_whole)
    }


def _sent_rows(post, prefix, blank):
    total = post.get(f"{prefix}-TOTAL_FORMS", "")
    defaults = {name: control.values for name, control in blank.items()}
    for number in range(min(int(total), 1000) if total.isascii() and total.isdigit() and len(total) < 6 else 0):
        start = f"{prefix}-{number}-"
        if not any(name.startswith(start) for name in post):
            continue
        values, pk = _sent(post, start, blank), post.get(f"{start}id", "").strip()
        deleted = f"{start}DELETE" in post
        if pk:
            yield {"pk": pk, "values": values, "deleted": deleted}
        elif not deleted and any(values[name] != defaults[name] for name in values):
            yield {"pk": "", "values": defaults | values, "deleted": False}
