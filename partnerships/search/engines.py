"""The two engines behind the index: SQLite's FTS5 and PostgreSQL's text search.

A word becomes "its exact terms, or terms that begin so": whatever a question holds, an engine is given quoted runs of
letters and digits only. The exact term counts for more, being counted twice.
"""

from dataclasses import dataclass

from django.db import connection

from partnerships.models import SearchEntry

_ENTRY = SearchEntry._meta.db_table
# PostgreSQL takes a text's terms apart to rank it; with more hits than these it ranks by titles alone.
RANKED_WHOLE = 1000
_VISIBLE = "(e.visible_from IS NULL OR e.visible_from <= %s) AND (e.visible_until IS NULL OR e.visible_until > %s)"


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


def find(words, language, at, *, is_any=False, kind=None, first=0, last=5):
    """The Rows of each kind from the first through the last, the best first. is_any: one of the words is enough."""
    expression = _expression(words, is_any)
    of_kind = "AND e.kind = %s" if kind else ""
    # An object that is found through rows of its own time too is one hit.
    sql = f"""
        WITH hit AS MATERIALIZED ({_hits(language, of_kind)}),
        ranked AS ({_ranked()}),
        placed AS (
            SELECT id, rank, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY rank, id) AS place,
                COUNT(*) OVER (PARTITION BY kind) AS total
            FROM ranked
            WHERE kind <> 'contact' OR NOT EXISTS (
                SELECT 1 FROM hit AS other
                WHERE other.kind = ranked.kind AND other.object_id = ranked.object_id AND other.part > ranked.part
            )
        )
        SELECT e.kind, e.object_id, e.languages, e.title, e.text, e.title_terms, e.text_terms, placed.total
        FROM placed JOIN {_ENTRY} AS e ON e.id = placed.id
        WHERE placed.place > %s AND placed.place <= %s
        ORDER BY placed.rank, placed.id"""
    values = [expression, *_moment(at), *([kind] if kind else []), first, last]
    return [Row(*row) for row in _fetch(sql, values)]


def found_among(words, language, at):
    """The numbers of those words that something visible holds."""
    sql = " UNION ALL ".join(
        f"SELECT {number:d} WHERE EXISTS (SELECT 1 FROM {_matching(language)} AND {_VISIBLE})"
        for number in range(len(words))
    )
    values = [value for word in words for value in (_expression([word], is_any=True), *_moment(at))]
    return {number for (number,) in _fetch(sql, values)}


def find_titles(words, language, at, most):
    """(kind, object_id, languages, title) of the entries whose titles hold all the words, the best first."""
    if _is_sqlite():
        rank = f"bm25(partnerships_search_{language}, 1.0, 0.0)"
        expression = f"{{title_terms}} : ({_expression(words)})"
    else:
        rank, expression = "-ts_rank(e.title_vector, query)", _expression(words)
    sql = f"""
        SELECT e.kind, e.object_id, e.languages, e.title FROM {_matching(language, "title_vector")} AND {_VISIBLE}
        ORDER BY {rank}, LENGTH(e.title), e.id LIMIT {most:d}"""
    return _fetch(sql, [expression, *_moment(at)])


def _is_sqlite():
    return connection.vendor == "sqlite"


def _matching(language, column="vector"):
    """FROM … WHERE: the entries e that match an expression, the first of the values. language: one of the site's."""
    if _is_sqlite():
        table = f"partnerships_search_{language}"
        narrow = "INDEXED BY searchentry_narrow"
        return f"{table} JOIN {_ENTRY} AS e {narrow} ON e.id = {table}.rowid WHERE {table} MATCH %s"
    return f"{_ENTRY} AS e, to_tsquery('simple', %s) AS query WHERE e.language = '{language}' AND e.{column} @@ query"


def _hits(language, condition):
    if _is_sqlite():
        told = f"e.id, e.kind, e.object_id, e.part, bm25(partnerships_search_{language}, 8.0, 1.0) AS rank"
    else:
        told = "e.id, e.kind, e.object_id, e.part, e.title_vector, e.vector, query"
    return f"SELECT {told} FROM {_matching(language)} AND {_VISIBLE} {condition}"


def _ranked():
    """The hits with their rank: the lower, the better."""
    if _is_sqlite():
        return "SELECT * FROM hit"
    return f"""
        SELECT id, kind, object_id, part, -4 * ts_rank(title_vector, query) - CASE
            WHEN (SELECT COUNT(*) FROM hit) <= {RANKED_WHOLE} THEN ts_rank(vector, query) ELSE 0 END AS rank
        FROM hit"""


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


def _moment(at):
    return [connection.ops.adapt_datetimefield_value(at)] * 2


def _fetch(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
