"""Search: the page with what was found, and suggestions for what is being typed."""

from urllib.parse import urlencode

from django.http import Http404, JsonResponse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from partnerships.search import search, suggest
from partnerships.search.publicness import kinds
from partnerships.views.reading import kept
from partnerships.views.shell import page
from partnerships.views.turning import Turn, page_number
from partnerships.views.whom import some_contacts

SUGGESTIONS_MAX_AGE = 10  # seconds: what is withdrawn is not suggested for longer than that


@kept("q", "kind", "page")
def search_page(request):
    kind, number = _kind(request), page_number(request)
    results = search(request.GET.get("q", ""), get_language(), kind, number)
    if number > 1 and (not kind or number > results.pages):
        raise Http404
    response = page(
        request,
        "search",
        title=_title(results.query),
        description=_("Search the pages about twin towns, networks, programs and contacts."),
        query={"q": results.query} if results.query else None,
        found_by_robots=False,
        results=results,
        groups=[_told(group, results.query, is_whole=bool(kind)) for group in results.groups],
        kind=kind and capfirst(_kind_words(kind)),
        everywhere=f"?{urlencode({'q': results.query})}",
        turn=Turn(number, results.pages, {"q": results.query, "kind": kind}),
        cards=_cards(results.contacts),
    )
    # What was found today says nothing tomorrow; where it leads is worth following.
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@kept("q")
def suggestions(request):
    """{"suggestions": [{"title", "lang", "kind", "address"}]}, at most eight, the best first."""
    models = kinds()
    found = [
        {
            "title": suggestion.title,
            "lang": suggestion.language,
            "kind": _word_of(models[suggestion.kind]),
            "address": suggestion.address,
        }
        for suggestion in suggest(request.GET.get("q", ""), get_language())
    ]
    response = JsonResponse({"suggestions": found})
    response.headers["Cache-Control"] = f"public, max-age={SUGGESTIONS_MAX_AGE}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _title(query):
    return gettext("Search for “%(query)s”") % {"query": query} if query else pgettext("page", "Search")


def _kind(request):
    kind = request.GET.get("kind")
    if kind is not None and kind not in kinds():
        raise Http404
    return kind


def _told(group, query, *, is_whole):
    """The group with its name, and the address that shows all of it where only the best are shown."""
    is_cut = not is_whole and group.total > len(group.hits)
    return {
        "kind": group.kind,
        "name": capfirst(_kind_words(group.kind)),
        "kind_words": _kind_words(group.kind),
        "hits": group.hits,
        "total": group.total,
        "address": f"?{urlencode({'q': query, 'kind': group.kind})}" if is_cut else "",
    }


def _kind_words(kind):
    return str(kinds()[kind]._meta.verbose_name_plural)


def _word_of(model):
    """What one object of the model is called. The editors' word for the site's own texts says nothing to visitors."""
    return capfirst(str(model._meta.verbose_name))


def _cards(pks):
    """The contacts that the question names, each with its public substitute, in the order of the hits."""
    if not pks:
        return []
    public = some_contacts(pks)
    return [public[pk] for pk in pks if pk in public]
