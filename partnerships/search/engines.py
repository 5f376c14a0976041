"""The two engines behind the index: SQLite's FTS5 and PostgreSQL's text search.

A word becomes "its exact terms, or terms that begin so": whatever a question holds, an engine is given quoted runs of
letters and digits only. The exact term counts for more, being counted twice.
"""

from dataclasses import dataclass

from django.db import connection

from partnerships.models import SearchEntry

_ENTRY = SearchEntry._meta.db_table
# PostgreSQL unpacks a text's terms to rank it; with more hits than these it ranks by titles alone.
RANKED_WHOLE = 300
# Of what more entries hold than these, so many are weighed against one another, and as many of those that hold it in
# their titles. Suggestions are chosen among fewer: they are asked for at every key.
MOST_WEIGHED = 200
MOST_SUGGESTED_AMONG = 500


@dataclass(frozen=True)
class Row:
    """A hit as the index tells it. total: the hits of its kind. is_cut: there may be more than were weighed."""

    kind: str
    object_id: int
    languages: str
    title: str
    text: str
    title_terms: str
    text_terms: str
    total: int
    is_cut: bool


def find(words, language, at, kinds, *, is_any=False, first=0, last=5):
    """The Rows of each of the kinds from the first through the last, the best first.

    is_any: one of the words is enough. Their totals are those of what was weighed.
    """
    # All kinds are weighed together: to weigh each by itself would be to read all that hold the words.
    hits, values = _hits(words, language, at, is_any=is_any, kind=kinds[0] if len(kinds) == 1 else None)
    asked = ", ".join(["%s"] * len(kinds))
    # An object that is found through rows with a time of their own as well is one hit. Only contacts have such rows.
    sql = f"""
        WITH {hits},
        once AS MATERIALIZED (
            SELECT id, kind, rank FROM hit WHERE kind <> 'contact'
            UNION ALL
            SELECT id, kind, rank FROM (
                SELECT id, kind, rank, ROW_NUMBER() OVER (PARTITION BY object_id ORDER BY part DESC) AS number
                FROM hit WHERE kind = 'contact'
            ) AS contact WHERE number = 1
        ),
        counted AS MATERIALIZED (SELECT kind, COUNT(*) AS total FROM once GROUP BY kind),
        shown AS MATERIALIZED (
            SELECT id, kind, rank FROM (
                SELECT id, kind, rank, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY rank, id) AS place FROM once
            ) AS placed WHERE kind IN ({asked}) AND place > %s AND place <= %s
        )
        SELECT e.kind, e.object_id, e.languages, e.title, e.text, e.title_terms, e.text_terms, counted.total,
            {_is_full("sifted")}
        FROM shown JOIN counted ON counted.kind = shown.kind JOIN {_ENTRY} AS e ON e.id = shown.id
        ORDER BY shown.rank, shown.id"""
    return [Row(*row) for row in _fetch(sql, [*values, *kinds, first, last])]


def found_among(words, language, at):
    """The numbers of those words that something visible holds."""
    if not words:
        return set()
    parts, values = [], []
    for number, word in enumerate(words):
        matching, some = _matching([word], language, at, most=1)
        parts.append(f"SELECT {number:d} WHERE EXISTS (SELECT 1 FROM {matching})")
        values += some
    return {number for (number,) in _fetch(" UNION ALL ".join(parts), values)}


def find_titles(words, language, at, most):
    """(kind, object_id, languages, title) of the entries whose titles hold all the words, the best first."""
    hits, values = _title_hits(words, language, at)
    sql = f"""
        WITH {hits}
        SELECT e.kind, e.object_id, e.languages, e.title FROM hit JOIN {_ENTRY} AS e ON e.id = hit.id
        ORDER BY hit.rank, LENGTH(e.title), e.id LIMIT {most:d}"""
    return _fetch(sql, values)


def _is_sqlite():
    return connection.vendor == "sqlite"


def _hits(words, language, at, **asked):
    """(CTEs that end with `hit`, their values): id, kind, object_id, part and rank, the lower the better."""
    sifted, values = (_sifted_by_sqlite if _is_sqlite() else _weighed)(words, language, at, **asked)
    titled, more = _weighed(words, language, at, in_titles=True, only_if=_is_full("sifted"), **asked)
    ctes = f"""
        sifted AS MATERIALIZED ({sifted}),
        titled AS MATERIALIZED ({titled}),
        hit AS MATERIALIZED (
            SELECT * FROM titled UNION ALL SELECT * FROM sifted WHERE id NOT IN (SELECT id FROM titled)
        )"""
    return ctes, [*values, *more]


def _sifted_by_sqlite(words, language, at, **asked):
    """What selects those that are weighed. To weigh one, SQLite reads all that there are: so where there are more than
    are weighed, it weighs none, and those that hold the words in their titles come first."""
    found, values = _weighed(words, language, at, is_ranked=False, **asked)
    ranked, again = _weighed(words, language, at, only_if=f"NOT {_is_full('found')}", **asked)
    sql = f"""
        WITH found AS MATERIALIZED ({found})
        SELECT * FROM ({ranked}) UNION ALL SELECT * FROM found WHERE {_is_full("found")}"""
    return sql, [*values, *again]


def _is_full(hits):
    return f"((SELECT COUNT(*) FROM {hits}) = {MOST_WEIGHED})"


def _title_hits(words, language, at):
    """The same of those that hold the words in their titles. SQLite reads all that there are to rank one of them."""
    some, values = _weighed(words, language, at, in_titles=True, most=MOST_SUGGESTED_AMONG)
    return f"hit AS MATERIALIZED ({some})", values


def _weighed(words, language, at, *, in_titles=False, most=None, is_ranked=True, only_if="TRUE", **asked):
    """(what selects them, its values); MOST_WEIGHED at most, unless told."""
    most = MOST_WEIGHED if most is None else most
    matching, values = _matching(words, language, at, in_titles=in_titles, most=most, **asked)
    if _is_sqlite():
        rank = f"bm25(partnerships_search_{language}, 8.0, 1.0)" if is_ranked and not in_titles else f"{-in_titles:d}"
        # Joined to nothing, it is not looked for at all; a condition beside would be asked of each that was found.
        sql = f"""
            SELECT e.id, e.kind, e.object_id, e.part, {rank} AS rank
            FROM (SELECT 1 WHERE {only_if}) AS gate CROSS JOIN {matching} LIMIT {most:d}"""
        return sql, values
    in_texts = f"CASE WHEN COUNT(*) OVER () <= {RANKED_WHOLE} THEN ts_rank(vector, query) ELSE 0 END"
    weighed = f"""
        SELECT id, kind, object_id, part,
            -4 * ts_rank(title_vector, query) - {"0" if in_titles else in_texts} AS rank
        FROM {matching}, (SELECT to_tsquery('simple', %s) AS query) AS asked WHERE {only_if}"""
    return weighed, [*values, values[0]]


def _matching(words, language, at, *, is_any=False, in_titles=False, most=None, kind=None):
    """(what to select from, its values): the visible entries that match, on SQLite by the name of e.

    language: one of the site's. PostgreSQL does it in functions of its own, which may not read the whole table: it
    would think that cheap, not counting what it costs to fetch and unpack the terms of each text.
    """
    expression = _expression(words, is_any)
    moment = connection.ops.adapt_datetimefield_value(at)
    table = f"partnerships_search_{language}"
    if not _is_sqlite():
        function = f"{table}_titles" if in_titles else table
        most = "NULL" if most is None else int(most)
        return f"{function}(to_tsquery('simple', %s), %s, {most}, %s)", [expression, moment, kind]
    if in_titles:
        expression = f"{{title_terms}} : ({expression})"
    sql = f"""{table} JOIN {_ENTRY} AS e INDEXED BY searchentry_narrow ON e.id = {table}.rowid WHERE {table} MATCH %s
        AND (e.visible_from IS NULL OR e.visible_from <= %s) AND (e.visible_until IS NULL OR e.visible_until > %s)"""
    if kind:
        return f"{sql} AND e.kind = %s", [expression, moment, moment, kind]
    return sql, [expression, moment, moment]


def _expression(words, is_any=False):
    sqlite = _is_sqlite()
    all_or_any, either = (" OR " if is_any else " AND ", " OR ") if sqlite else (" | " if is_any else " & ", " | ")
    return all_or_any.join(
        "("
        + either.join(
            [*(_quoted(term) for term in word.exact), *(_quoted(term, is_beginning=True) for term in word.beginnings)]
        )
        + ")"
        for word in words
    )


def _quoted(term, *, is_beginning=False):
    if _is_sqlite():
        return '"' + term.replace('"', '""') + '"' + (" *" if is_beginning else "")
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'" + (":*" if is_beginning else "")


def _fetch(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
