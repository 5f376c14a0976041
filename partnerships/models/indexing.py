"""Keeps the entries of search in step with what they are made of, in the transaction that changes it.

A public model says in `searched` what search reads of it. Its save() and delete(), those of the rows below it, and
what their querysets write all end in reindex(). Whatever goes past them (SQL by hand, loaddata) is put right by
reconcile(), which also fills an empty index.
"""

from collections import defaultdict
from itertools import islice

from django.apps import apps
from django.db import transaction

from partnerships.choices import PublicationState
from partnerships.models.search import SearchEntry, SearchTerm
from partnerships.models.searched import told
from partnerships.stemming import terms

AT_ONCE = 200
_KEY = ["kind", "object_id", "part", "language"]
_REST = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in _KEY and not field.primary_key]


def searched_models():
    return [model for model in apps.get_app_config("partnerships").get_models() if getattr(model, "searched", None)]


def reindex(model, pks):
    """Makes the entries of these objects of a public model what they should be now. Call it where pks changed."""
    if not model.searched:
        return
    known = defaultdict(set)
    for some in _chunks(sorted(pks)):
        with transaction.atomic():
            fresh, gone = _difference(model, some, is_locked=True)
            SearchEntry.objects.filter(pk__in=gone).delete()
            entries = [_entry(one) for one in fresh]
            SearchEntry.objects.bulk_create(
                entries, update_conflicts=True, unique_fields=_KEY, update_fields=_REST, batch_size=AT_ONCE
            )
            _add_terms(entries, known)


def reindex_all(model):
    reindex(model, _concerned(model))


def reconcile():
    """Makes the whole index what it should be. Costs little where nothing has changed: nothing is locked then."""
    models = searched_models()
    kinds = [model._meta.model_name for model in models]
    SearchEntry.objects.exclude(kind__in=kinds).delete()
    for model in models:
        for some in _chunks(sorted(_concerned(model))):
            fresh, gone = _difference(model, some)
            stale = {one.object_id for one in fresh}
            stale |= set(SearchEntry.objects.filter(pk__in=gone).values_list("object_id", flat=True))
            if stale:
                reindex(model, stale)
    _reconcile_terms()


def _difference(model, pks, *, is_locked=False):
    """(the Tolds whose entries are missing or say something else, the keys of the entries that should not be there).

    Locked, nobody else brings the same objects' entries up to date until the transaction ends: each sees what the
    other has written.
    """
    rows = model._base_manager.filter(pk__in=pks, state=PublicationState.PUBLISHED).order_by("pk")
    if is_locked:
        rows = rows.select_for_update(no_key=True)
    rows = rows.prefetch_related(*model.searched.parts, *model.searched.timed)
    wanted = {one.key: one for row in rows for one in told(row)}
    stored = SearchEntry.objects.filter(kind=model._meta.model_name, object_id__in=pks)
    digests, gone = {}, []
    for pk, digest, *key in stored.values_list("pk", "digest", "object_id", "part", "language"):
        digests[tuple(key)] = digest
        if tuple(key) not in wanted:
            gone.append(pk)
    return [one for key, one in wanted.items() if digests.get(key) != one.digest], gone


def _concerned(model):
    """The keys of the objects that have entries or should have."""
    published = model._base_manager.filter(state=PublicationState.PUBLISHED).values_list("pk", flat=True)
    entered = SearchEntry.objects.filter(kind=model._meta.model_name).values_list("object_id", flat=True)
    return {*published, *entered}


def _entry(one):
    # A title has but one language, although English and Swedish words may meet in it.
    title = [one.title, *one.names]
    return SearchEntry(
        kind=one.kind,
        object_id=one.object_id,
        part=one.part,
        language=one.language,
        visible_from=one.visible_from,
        visible_until=one.visible_until,
        digest=one.digest,
        languages="".join(words.language for words in (one.title, *one.lines)),
        title=one.title.text,
        text="\n".join(words.text for words in one.lines),
        title_terms=" ".join(_terms(title)),
        text_terms=" ".join(_terms([*one.lines, *one.hidden])),
    )


def _terms(many_words):
    return [term for words in many_words for term in terms(words.text, words.language)]


def _terms_of(entries):
    """{language: the terms of the entries}."""
    found = defaultdict(set)
    for entry in entries:
        found[entry.language].update(entry.title_terms.split(), entry.text_terms.split())
    return found


def _add_terms(entries, known):
    """Adds the terms that are new. known: {language: terms} of which one knows that they are there; extended."""
    for language, found in _terms_of(entries).items():
        for some in _chunks(sorted(found - known[language]), 500):
            there = SearchTerm.objects.filter(language=language, term__in=some).values_list("term", flat=True)
            _insert_terms(language, sorted(set(some) - set(there)))
        known[language] |= found


def _insert_terms(language, new):
    rows = [SearchTerm(language=language, term=term, reversed=term[::-1]) for term in new]
    SearchTerm.objects.bulk_create(rows, ignore_conflicts=True)


def _reconcile_terms():
    """Adds what is missing, and removes what no entry holds any longer."""
    needed = _terms_of(SearchEntry.objects.only("language", "title_terms", "text_terms").iterator(AT_ONCE))
    stored = defaultdict(dict)
    for pk, language, term in SearchTerm.objects.values_list("pk", "language", "term"):
        stored[language][term] = pk
    for language in {*needed, *stored}:
        _insert_terms(language, sorted(needed[language] - stored[language].keys()))
        for some in _chunks(stored[language].keys() - needed[language], 500):
            SearchTerm.objects.filter(pk__in=[stored[language][term] for term in some]).delete()


def _chunks(items, size=AT_ONCE):
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk
