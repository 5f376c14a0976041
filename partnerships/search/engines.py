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


@dataclass(frozen=True)
class Row:
    """A hit as the index tells it. total: the hits of its kind."""

    kind: str
    object_id: int
    languages: str
    title: str
    text: str
    title_terms: str
    text_terms: str
    total: int


def find(words, language, at, kinds, *, is_any=False, first=0, last=5):
    """The Rows of each of the kinds from the first through the last, the best first.

    is_any: one of the words is enough.
    """
    hits, values = _hits(words, language, at, is_any=is_any)
    best = " UNION ALL ".join(
        "SELECT * FROM (SELECT id, kind, rank FROM once WHERE kind = %s ORDER BY rank, id LIMIT %s OFFSET %s) AS best"
        for _kind in kinds
    )
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
        shown AS MATERIALIZED ({best})
        SELECT e.kind, e.object_id, e.languages, e.title, e.text, e.title_terms, e.text_terms, counted.total
        FROM shown JOIN counted ON counted.kind = shown.kind JOIN {_ENTRY} AS e ON e.id = shown.id
        ORDER BY shown.rank, shown.id"""
    for kind in kinds:
        values += [kind, last - first, first]
    return [Row(*row) for row in _fetch(sql, values)]


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
    hits, values = _hits(words, language, at, in_titles=True)
    sql = f"""
        WITH {hits}
        SELECT e.kind, e.object_id, e.languages, e.title FROM hit JOIN {_ENTRY} AS e ON e.id = hit.id
        ORDER BY hit.rank, LENGTH(e.title), e.id LIMIT {most:d}"""
    return _fetch(sql, values)


def _is_sqlite():
    return connection.vendor == "sqlite"


def _hits(words, language, at, *, is_any=False, in_titles=False):
    """(the CTE `hit`, its values): id, kind, object_id, part and rank, the lower the better, of all that match."""
    matching, values = _matching(words, language, at, is_any=is_any, in_titles=in_titles)
    if _is_sqlite():
        weights = "1.0, 0.0" if in_titles else "8.0, 1.0"
        rank = f"bm25(partnerships_search_{language}, {weights})"
        return f"hit AS MATERIALIZED (SELECT e.id, e.kind, e.object_id, e.part, {rank} AS rank FROM {matching})", values
    in_texts = f"""CASE
        WHEN (SELECT COUNT(*) FROM matching) <= {RANKED_WHOLE} THEN ts_rank(vector, query) ELSE 0 END"""
    hit = f"""
        asked AS MATERIALIZED (SELECT to_tsquery('simple', %s) AS query),
        matching AS MATERIALIZED (SELECT * FROM {matching}),
        hit AS MATERIALIZED (
            SELECT id, kind, object_id, part,
                -4 * ts_rank(title_vector, query) - {"0" if in_titles else in_texts} AS rank
            FROM matching, asked
        )"""
    return hit, [values[0], *values]


def _matching(words, language, at, *, is_any=False, in_titles=False, most=None):
    """(what to select from, its values): the visible entries that match, on SQLite by the name of e.

    language: one of the site's. PostgreSQL does it in functions of its own, which may not read the whole table: it
    would think that cheap, not counting what it costs to fetch and unpack the terms of each text.
    """
    expression = _expression(words, is_any)
    moment = connection.ops.adapt_datetimefield_value(at)
    table = f"partnerships_search_{language}"
    if not _is_sqlite():
        function = f"{table}_titles" if in_titles else table
        return f"{function}(to_tsquery('simple', %s), %s, {'NULL' if most is None else int(most)})", [
            expression,
            moment,
        ]
    if in_titles:
        expression = f"{{title_terms}} : ({expression})"
    sql = f"""{table} JOIN {_ENTRY} AS e INDEXED BY searchentry_narrow ON e.id = {table}.rowid WHERE {table} MATCH %s
        AND (e.visible_from IS NULL OR e.visible_from <= %s) AND (e.visible_until IS NULL OR e.visible_until > %s)"""
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
