"""What was, as a change of what is."""


def as_change(past, live):
    """The past value of a form as a draft of the live one; see form_data.

    Rows that are gone since, come as new ones; those that came since, are deleted.
    """
    return {
        "fields": past["fields"],
        "rows": {
            prefix: list(_rows(past["rows"].get(prefix, []), live["rows"].get(prefix, [])))
            for prefix in {**live["rows"], **past["rows"]}
        },
    }


def _rows(olds, rows):
    still_there, were_there = {row["pk"] for row in rows}, {row["pk"] for row in olds}
    for row in olds:
        yield row if row["pk"] in still_there else row | {"pk": ""}
    for row in rows:
        if row["pk"] not in were_there:
            yield row | {"deleted": True}
