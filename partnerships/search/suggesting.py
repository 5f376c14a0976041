"""What one may be about to ask for: titles that hold what has been typed so far."""

from dataclasses import dataclass, replace

from django.utils import timezone

from partnerships.search import engines
from partnerships.search.asking import normalised, words_of
from partnerships.search.publicness import addresses_of
from partnerships.stemming import whole

MOST = 8
SHORTEST = 2


@dataclass(frozen=True)
class Suggestion:
    """language: the one that the title is in."""

    title: str
    language: str
    kind: str
    address: str


def suggest(query, language, at=None):
    """At most MOST Suggestions for what has been typed, none below SHORTEST letters. Two queries."""
    at = at or timezone.now()
    query = normalised(query)
    words = words_of(query, language)
    if len(query) < SHORTEST or not words:
        return []
    # A word that is not ended yet begins others, however short it is.
    words = [replace(word, ends=(whole(word.typed),)) for word in words]
    found = {}
    for kind, pk, languages, title in engines.find_titles(words, language, at, 3 * MOST):
        found.setdefault((kind, pk), (title, languages[:2]))
    shown = dict(list(found.items())[:MOST])
    public = addresses_of(list(shown), at)
    return [
        Suggestion(title, written_in, kind, public[kind, pk])
        for (kind, pk), (title, written_in) in shown.items()
        if (kind, pk) in public
    ]
