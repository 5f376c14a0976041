"""The terms that the index holds, and which of them a word of a question may mean.

A term says nothing about who may see the text that it is from: what is shown to the public comes from hits alone.
"""

from dataclasses import replace

from django.db import connection

from partnerships.models import SearchTerm
from partnerships.search.asking import SHORTEST_BEGINNING, SHORTEST_END
from partnerships.search.closeness import most_slips, slips

MOST_ENDS = 30
MOST_CANDIDATES = 2000
MOST_CLOSEST = 5
_TABLE = SearchTerm._meta.db_table
_HIGHEST = "\U0010ffff"


def with_ends(words, language):
    """(the words with the terms that end with them, those of them that the index does not know at all)."""
    questions = []
    for number, word in enumerate(words):
        for stem in word.stems:
            highest = stem + _HIGHEST if len(stem) >= SHORTEST_BEGINNING else stem
            questions.append(("term", number, stem, highest, 1, 1, 1000))
            if len(stem) >= SHORTEST_END:
                end = stem[::-1]
                questions.append(("reversed", number, end, end + _HIGHEST, MOST_ENDS, len(stem) + 1, 1000))
    found = [[] for _ in words]
    for number, term in _terms_between(questions, language):
        found[number].append(term)
    told, unknown = [], []
    for word, terms in zip(words, found, strict=True):
        ends = dict.fromkeys(term for term in terms if not term.startswith(word.stems))
        told.append(replace(word, ends=tuple(ends)))
        if not terms:
            unknown.append(told[-1])
    return told, unknown


def with_closest(words, language):
    """{word: the same with the terms that look most like it}, for those of the words that any term looks like.

    Of a term one slip away, the first part or the last is whole: between them stands the letter, or the two, where the
    slip may be. Two slips are found where they leave the first three letters or the last three.
    """
    questions = []
    for number, word in enumerate(words):
        for stem in word.stems:
            limit = most_slips(stem)
            if limit:
                whole = 3 if limit == 2 else (len(stem) - 1) // 2
                lengths = len(stem) - limit, len(stem) + limit
                for column, part in (("term", stem[:whole]), ("reversed", stem[::-1][:whole])):
                    questions.append((column, number, part, part + _HIGHEST, MOST_CANDIDATES, *lengths))
    candidates = [set() for _ in words]
    for number, term in _terms_between(questions, language):
        candidates[number].add(term)
    return {
        word: replace(word, closest=closest)
        for word, terms in zip(words, candidates, strict=True)
        if (closest := _closest(word, terms))
    }


def _closest(word, terms):
    best = []
    for stem in word.stems:
        limit = most_slips(stem)
        for term in terms:
            distance = slips(stem, term, limit)
            if distance <= limit:
                best.append((distance, term[:1] != stem[:1], term))
    best.sort()
    return tuple(dict.fromkeys(term for distance, _other, term in best if distance == best[0][0]))[:MOST_CLOSEST]


def _terms_between(questions, language):
    """(number, term) of each question's terms.

    questions: (column, number, lowest, highest, most, shortest, longest). One query for all of them.
    """
    if not questions:
        return []
    parts, values = [], []
    for column, number, lowest, highest, most, shortest, longest in questions:
        parts.append(
            f"SELECT * FROM (SELECT {number:d} AS number, term FROM {_TABLE} WHERE language = %s AND {column} >= %s"
            f" AND {column} <= %s AND LENGTH(term) BETWEEN %s AND %s ORDER BY {column} LIMIT {most:d}) AS part"
        )
        values += [language, lowest, highest, shortest, longest]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return cursor.fetchall()
