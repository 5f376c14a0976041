"""From a question to what is shown for it."""

import re
from dataclasses import dataclass, replace

from django.utils import timezone

from partnerships.models import Contact
from partnerships.search import answers, engines, marking
from partnerships.search.asking import Word, any_pattern, normalised, words_of
from partnerships.search.publicness import addresses_of, kinds
from partnerships.search.vocabulary import terms_like, with_ends

IN_A_GROUP = 3
ON_A_PAGE = 20
MOST_CARDS = 3
MOST_CLOSEST = 5


@dataclass(frozen=True)
class Hit:
    """languages: of the title and of the excerpt, each "sv" or "en"."""

    title: tuple[marking.Piece, ...]
    title_language: str
    excerpt: tuple[marking.Piece, ...]
    excerpt_language: str
    address: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind, the best first. total: how many there are; hits: those shown here."""

    kind: str
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class Results:
    """query: the question as it is shown again. shown_for: it with its unknown words put right, where any was.

    has_words: whether it asks for anything. is_any: none had all its words, so what has one is shown. is_cut: there may
    be more hits than were weighed, and than the totals say. contacts: the keys of those that it names.
    """

    query: str
    has_words: bool = False
    groups: tuple[Group, ...] = ()
    total: int = 0
    is_any: bool = False
    is_cut: bool = False
    shown_for: str = ""
    page: int = 1
    pages: int = 1
    asks_for_hours: bool = False
    asks_for_contact: bool = False
    contacts: tuple[int, ...] = ()


def search(query, language, kind=None, page=1, at=None):
    """The Results of a question on the pages of a language, at this moment (now, unless told).

    Groups by kind, each with its best hits; with a kind, that group alone, a page of it. The query may be any text.
    """
    at = at or timezone.now()
    query = normalised(query)
    words = words_of(query, language)
    if not words:
        return Results(query)
    span = {"kinds": list(kinds()), "last": IN_A_GROUP}
    if kind:
        span = {"kinds": [kind], "first": (page - 1) * ON_A_PAGE, "last": page * ON_A_PAGE}
    words, rows, is_any = _find(words, language, at, span)
    pattern = any_pattern(words)
    public = addresses_of([(row.kind, row.object_id) for row in rows], at)
    rows = [row for row in rows if (row.kind, row.object_id) in public]
    groups = {}
    for row in rows:
        hit = Hit(*marking.title_of(row, pattern), *marking.excerpt_of(row, pattern), public[row.kind, row.object_id])
        groups.setdefault(row.kind, (row.total, []))[1].append(hit)
    # Who asks for "vänorter" means them, not the texts that mention them.
    ordered = sorted(groups, key=lambda kind: not answers.names_kind(words, kinds()[kind], language))
    groups = tuple(Group(kind, tuple(groups[kind][1]), groups[kind][0]) for kind in ordered)
    total = sum(group.total for group in groups)
    results = Results(
        query=query,
        has_words=True,
        groups=groups,
        total=total,
        is_any=is_any and bool(groups),
        is_cut=any(row.is_cut for row in rows),
        shown_for=_put_right(query, words, rows),
        page=page,
        pages=max(1, -(-total // ON_A_PAGE)) if kind else 1,
    )
    if kind:
        return results
    return replace(
        results,
        asks_for_hours=answers.asks_for_hours(words, language),
        asks_for_contact=answers.asks_for_contact(words, language),
        contacts=_named_contacts(words, language, rows),
    )


def _find(words, language, at, span):
    """(the words as they were looked for, the rows, whether one of the words was enough).

    What looks like a word is looked for only where nothing visible holds the word itself.
    """
    words = with_ends(words, language)
    rows = engines.find(words, language, at, **span)
    if rows or _has_earlier_pages(words, language, at, span):
        return words, rows, False
    corrected = _corrected(words, language, at)
    if corrected != words:
        words, rows = corrected, engines.find(corrected, language, at, **span)
    if not rows and len(words) > 1:
        return words, engines.find(words, language, at, is_any=True, **span), True
    return words, rows, False


def _has_earlier_pages(words, language, at, span):
    """Whether there are hits, and only this page of them is empty."""
    return bool(span.get("first")) and bool(engines.find(words, language, at, **span | {"first": 0, "last": 1}))


def _corrected(words, language, at):
    """The words, those that nothing visible holds with what looks most like them in something that is.

    A term of something unseen counts for nothing here: whether there is one must not show.
    """
    seen = engines.found_among(words, language, at)
    unseen = [word for number, word in enumerate(words) if number not in seen]
    likes = terms_like(unseen, language)
    alone = [
        Word(word.typed, (), closest=(term,)) for word, like in zip(unseen, likes, strict=True) for _, term in like
    ]
    seen = {alone[number].closest[0] for number in engines.found_among(alone, language, at)}
    closest = {}
    for word, like in zip(unseen, likes, strict=True):
        like = [(distance, term) for distance, term in like if term in seen]
        closest[word] = tuple(term for distance, term in like if distance == like[0][0])[:MOST_CLOSEST]
    return [replace(word, closest=closest.get(word, ())) for word in words]


def _put_right(query, words, rows):
    """The question with the words that were found in the place of those that were typed; "" where none was."""
    right = query
    for word in words:
        if word.closest:
            found = next(filter(None, (marking.first_word(row, word.closest) for row in rows)), None)
            if found:
                right = re.sub(rf"(?<![^\W_]){word.typed}(?![^\W_])", found, right)
    return "" if right == query else right


def _named_contacts(words, language, rows):
    """The keys of the contacts that the question names, by their function or by who holds it."""
    naming = answers.without_contact_words(words, language)
    named = [
        row.object_id
        for row in rows
        if naming
        and row.kind == Contact._meta.model_name
        and all(word.pattern.search(row.title_terms) for word in naming)
    ]
    return tuple(named[:MOST_CARDS])
