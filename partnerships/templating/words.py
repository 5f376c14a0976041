"""How values are told on a page: in a language, marked where another stands in, and unbroken.

The language is the one at hand unless told; page templates tell it, as to ask for it takes longer than all the rest.
"""

import re
from functools import lru_cache

from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, override, pgettext
from markupsafe import Markup
from phonenumber_field.phonenumber import to_python

from partnerships import richtext
from partnerships.choices import AgreementEnd, ApplicationState
from partnerships.models import addresses
from partnerships.partial_dates import PartialDate

NO_BREAK = "\N{NO-BREAK SPACE}"
_DIGIT_GAP = re.compile(r" (?<=\d )(?=\d)")  # begins with what it looks for: so most of a text is passed over quickly


def unbroken(text):
    """The text with no-break spaces inside its numbers: 180 000, 123 45."""
    return _DIGIT_GAP.sub(NO_BREAK, text)


def in_language(thing, field, language=None):
    """What an object, or a row of Rows, says in the language: (text, None), or in Swedish: (text, "sv")."""
    language = language or get_language()
    own = _read(thing, f"{field}_{language}")
    if own or language == "sv":
        return own, None
    standing_in = _read(thing, f"{field}_sv")
    return standing_in, "sv" if standing_in else None


def say(thing, field, language=None):
    """A translated field, marked with its language where Swedish stands in: {{ town|say("name") }}."""
    words, lang = in_language(thing, field, language)
    return format_html('<span lang="{}">{}</span>', lang, unbroken(words)) if lang else unbroken(words)


def plain(thing, field, language=None):
    """A translated field where no mark can be, as in a title: {{ town|plain("name") }}."""
    return in_language(thing, field, language)[0]


def names(things, language=None):
    """The names of several, with commas in between: {{ program.audience_rows|names }}."""
    return Markup(", ").join(say(thing, "name", language) for thing in things)


def prose(thing, field, language=None):
    """A translated rich text: {{ town|prose("body") }}."""
    html, lang = in_language(thing, field, language)
    html = richtext.trusted(unbroken(html))
    return format_html('<div class="prose" lang="{}">{}</div>' if lang else '<div class="prose">{1}</div>', lang, html)


def json_ld(data):
    """What the page tells machines: {{ json_ld(data) }}."""
    return richtext.data_block("application/ld+json", data)


def lang_mark(thing, field, language=None):
    """The lang attribute for an element with the field in another: <img alt="…"{{ image|lang_mark("alt") }}>."""
    _words, lang = in_language(thing, field, language)
    return format_html(' lang="{}"', lang) if lang else ""


def led_here(address, language=None):
    """A link as it leads on in the language: /vanorter/ is /en/twin-towns/ on English pages."""
    return addresses.in_language(address, language or get_language())


def day(value):
    """A date in running text, unbroken: 15 maj 2024."""
    return _date(value, "j F Y", get_language())


@lru_cache(maxsize=4096)
def _date(value, form, language):
    with override(language):
        return formats.date_format(value, form).replace(" ", NO_BREAK)


def reviewed(review):
    return gettext("Last reviewed %(day)s by %(signature)s") % {
        "day": review["reviewed_on"],
        "signature": review["signature"],
    }


def map_of(centre):
    """The words that lead to a map of where it is."""
    return gettext("Show %(address)s on a map") % {"address": centre.street_address}


def partial(value):
    """A PartialDate, or the text that stands for it in Rows, as far as it is known: 2015, maj 2015 or 15 maj 2015."""
    value = PartialDate.parse(value) if isinstance(value, str) else value
    if value.day:
        return day(value.earliest())
    if value.month:
        return _date(value.earliest(), "F Y", get_language())
    return str(value.year)


def dialled(number):
    """A phone number as a machine dials it: +46520496094."""
    return _dialled(str(number))


@lru_cache(maxsize=1024)
def _dialled(number):
    return to_python(number).as_e164


def phone(number, language=None):
    """A phone number as one dials it at home, on English pages from abroad, unbroken."""
    return _phone(str(number), language or get_language())


@lru_cache(maxsize=1024)
def _phone(number, language):
    number = to_python(number)
    told = number.as_national if language == "sv" else number.as_international
    return told.replace(" ", NO_BREAK).replace("-", "\N{NON-BREAKING HYPHEN}")


def signed_when(when):
    return gettext("Signed %(when)s.") % {"when": partial(when)}


def ended_when(when):
    return gettext("Ended %(when)s.") % {"when": partial(when)}


def as_of(when):
    return gettext("As of %(when)s") % {"when": partial(when)}


def agreement_period(agreement):
    """When an agreement ran, as far as it is known: sedan 2015, 2001–2017, till 2017."""
    signed, ended = agreement.signed, agreement.ended
    if signed and ended:
        return f"{partial(signed)}–{partial(ended)}"
    if ended:
        return pgettext("period", "until %(when)s") % {"when": partial(ended)}
    if signed and agreement.end == AgreementEnd.OPEN:
        return pgettext("period", "since %(when)s") % {"when": partial(signed)}
    if signed:
        return pgettext("period", "from %(when)s") % {"when": partial(signed)}
    return pgettext("period", "year not known")


def role_told(role, language=None):
    """What a role is, and when it is or was held."""
    name, period = say(role, "name", language), role_period(role)
    return Markup(", ").join([name, period]) if period else name


def role_period(role):
    """When a role is or was held: 2021–2023, sedan 2021, till 2023, or the date at which one knew it to be so."""
    since, until, as_of = (_read(role, name) for name in ("since", "until", "as_of"))
    if since and until:
        return f"{partial(since)}–{partial(until)}"
    if since:
        return pgettext("period", "since %(when)s") % {"when": partial(since)}
    if until:
        return pgettext("period", "until %(when)s") % {"when": partial(until)}
    if as_of:
        return gettext("%(when)s (start and end not known)") % {"when": partial(as_of)}
    return ""


def town_since(when):
    return pgettext("town", "since %(when)s") % {"when": partial(when)}


def town_until(when):
    return pgettext("town", "until %(when)s") % {"when": partial(when)}


def member_since(when):
    """Since when the municipality is in a network, or that nobody knows."""
    if not when:
        return gettext("Member, since when is not known")
    return gettext("Member since %(when)s") % {"when": partial(when)}


def applying(program):
    """When one can apply to a program, as far as it is known."""
    since, until = program.apply_from, program.apply_until
    if program.application == ApplicationState.UPCOMING:
        if until:
            return gettext("Apply %(from)s–%(until)s") % {"from": day(since), "until": day(until)}
        return gettext("Apply from %(from)s") % {"from": day(since)}
    if program.application == ApplicationState.CLOSED:
        return gettext("Closed for applications since %(until)s") % {"until": day(until)}
    if program.application == ApplicationState.ASK:
        return gettext("Ask us when you can apply")
    return gettext("Apply now, until %(until)s") % {"until": day(until)} if until else gettext("Apply now")


def _read(thing, name):
    """A field of an object, or of a row of Rows."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name)


def hits_told(total):
    return ngettext("%(total)s hit", "%(total)s hits", total) % {"total": total}


def send_again_in(minutes):
    """What whoever sends one report too many is told."""
    return ngettext(
        "So many reports have come just now that we cannot take more. All that you wrote is still here. Send it again"
        " in %(minutes)s minute.",
        "So many reports have come just now that we cannot take more. All that you wrote is still here. Send it again"
        " in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
