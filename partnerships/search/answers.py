"""Questions that have an answer of their own, shown above the hits: when is it open, whom do I ask."""

from functools import cache

from django.utils import translation

from partnerships.stemming import terms


def _in_each_language(**words):
    return {language: frozenset(terms(told, language)) for language, told in words.items()}


# One of these is enough …
HOURS = _in_each_language(sv="öppettider kontaktcenter", en="centre center öppettider kontaktcenter")
CONTACT = _in_each_language(
    sv="kontakt kontakta kontaktuppgifter telefon telefonnummer mejl mejla mejladress epost mail",
    en="contact contacts phone telephone email mail",
)
# … the others tell something only where no other word stands beside them.
ABOUT_HOURS = _in_each_language(
    sv="öppet öppen öppnar stängt stängd stänger stänga besök besöksadress adress dag helg",
    en="open opens opening hours close closes closed closing visit visiting address today",
)
ABOUT_CONTACT = _in_each_language(sv="e post nummer ringa ringer fråga frågar skriva", en="e number call ask write")


def asks_for_hours(words, language):
    return _asks(words, HOURS[language], ABOUT_HOURS[language])


def asks_for_contact(words, language):
    return not asks_for_hours(words, language) and _asks(words, CONTACT[language], ABOUT_CONTACT[language])


def names_kind(words, model, language):
    """Whether the question is the name of the kind, such as "vänorter", and nothing else."""
    return all({*word.stems} & _name(model, language) for word in words)


@cache
def _name(model, language):
    with translation.override(language):
        return frozenset(terms(f"{model._meta.verbose_name} {model._meta.verbose_name_plural}", language))


def without_contact_words(words, language):
    """Those that may name somebody."""
    return [word for word in words if not {*word.stems} & (CONTACT[language] | ABOUT_CONTACT[language])]


def _asks(words, enough, about):
    is_about = [bool({*word.stems} & (enough | about)) for word in words]
    return bool(words) and (all(is_about) or any({*word.stems} & enough for word in words))
