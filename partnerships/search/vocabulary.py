"""The terms that the index holds, and which of them a word of a question may mean.

A term says nothing about who may see the text that it is from: what is shown to the public comes from hits alone.
"""

from dataclasses import replace

from django.db import connection

from partnerships.models import SearchTerm
from partnerships.search.asking import SHORTEST_STEM, VOWELS
from partnerships.search.closeness import most_slips, slips
from partnerships.stemming import whole

MOST_ENDS = 30
MOST_CANDIDATES = 2000
MOST_LIKE = 12
_TABLE = SearchTerm._meta.db_table
_HIGHEST = "\U0010ffff"


def with_ends(words, language):
    """The words with the terms that end with them."""
    questions = [
        ("reversed", number, stem[::-1], MOST_ENDS, (len(stem) + 1, 1000))
        for number, word in enumerate(words)
        for stem in word.stems
        if len(stem) >= SHORTEST_STEM
    ]
    ends = [{} for _ in words]
    for number, term in _terms_that_begin(questions, language):
        ends[number][term] = None
    return [replace(word, ends=tuple(found)) for word, found in zip(words, ends, strict=True)]


def terms_like(words, language):
    """[(slips, term)] for each of the words: the terms that look most like it, the nearest first.

    Of a term one slip away, the first part or the last is whole: between them stands the letter, or the two, where the
    slip may be. Two slips are found where they leave the first three letters or the last three.
    """
    questions = []
    for number, word in enumerate(words):
        for form, limit in _forms(word):
            intact = 3 if limit == 2 else (len(form) - 1) // 2
            lengths = len(form) - limit, len(form) + limit
            questions += [
                ("term", number, form[:intact], MOST_CANDIDATES, lengths),
                ("reversed", number, form[::-1][:intact], MOST_CANDIDATES, lengths),
            ]
    candidates = [set() for _ in words]
    for number, term in _terms_that_begin(questions, language):
        candidates[number].add(term)
    return [_nearest(word, terms) for word, terms in zip(words, candidates, strict=True)]


def _forms(word):
    """(form, how many slips it is forgiven). A slip in an ending, or one that takes a vowel, makes a stem another."""
    typed = whole(word.typed)
    for form in dict.fromkeys([*word.stems, typed, typed.rstrip(VOWELS)]):
        limit = min(most_slips(len(typed)), 2 if len(form) > 6 else 1 if len(form) > 2 else 0)
        if limit:
            yield form, limit


def _nearest(word, terms):
    found = {}
    for form, limit in _forms(word):
        for term in terms:
            distance = slips(form, term, limit)
            if distance <= limit:
                found[term] = min(distance, found.get(term, distance))
    # Fingers seldom slip on the first letter.
    order = sorted(found, key=lambda term: (found[term], term[0] != word.stems[0][0], term))
    return [(found[term], term) for term in order[:MOST_LIKE]]


def _terms_that_begin(questions, language):
    """(number, term) of each question's terms. One query for all of them.

    questions: (column, number, how the column begins, how many at most, (the shortest, the longest)).
    """
    if not questions:
        return []
    parts, values = [], []
    for column, number, beginning, most, lengths in questions:
        parts.append(
            f"SELECT * FROM (SELECT {number:d} AS number, term FROM {_TABLE} WHERE language = %s AND {column} >= %s"
            f" AND {column} < %s AND LENGTH(term) BETWEEN %s AND %s ORDER BY {column} LIMIT {most:d}) AS part"
        )
        values += [language, beginning, beginning + _HIGHEST, *lengths]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return cursor.fetchall()
