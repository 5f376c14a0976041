"""What the templates of templates/pages may call, beside what Jinja has itself."""

import json
import re
from functools import partial
from inspect import signature

from django.template import engines
from django.urls import reverse
from django.utils.translation import gettext, override
from jinja2 import Environment, pass_environment
from jinja2.compiler import CodeGenerator
from jinja2.ext import Extension
from markupsafe import Markup, _escape_inner

from partnerships.opening_values import clock
from partnerships.templating import axis, far, maps, opening, pictures, ways, words

TEXT = re.compile(r'\b_\("([^"]*)"\)')
FILTERS = [
    clock,
    axis.explained,
    far.as_the_crow_flies,
    far.hours_apart,
    far.kilometres,
    opening.osm,
    opening.this_week,
    pictures.host,
    ways.address,
    ways.asset,
    ways.way,
    words.agreement_period,
    words.applying,
    words.as_of,
    words.day,
    words.dialled,
    words.ended_when,
    words.hits_told,
    words.lang_mark,
    words.led_here,
    words.map_of,
    words.member_since,
    words.names,
    words.partial,
    words.phone,
    words.plain,
    words.prose,
    words.reviewed,
    words.role_told,
    words.say,
    words.send_again_in,
    words.signed_when,
    words.town_since,
    words.town_until,
    words.unbroken,
]
FUNCTIONS = [
    far.at_noon,
    far.clocks,
    far.distance,
    maps.maps_of,
    opening.hours,
    opening.week,
    pictures.shown,
    pictures.shown_as_logo,
    ways.menu,
    ways.same,
    ways.search_words,
    words.json_ld,
]


class PageCode(CodeGenerator):
    """Templates as Python, as Jinja writes it; but what it escapes is made Markup only as a whole."""

    def _output_child_pre(self, node, frame, finalize):
        self.write("environment.escaped(")


class PageEnvironment(Environment):
    code_generator_class = PageCode

    @staticmethod
    def escaped(value):
        """As markupsafe.escape() does, in half the time: the text alone, to which the other pieces are joined."""
        if type(value) is str:
            return _escape_inner(value)
        return value.__html__() if hasattr(value, "__html__") else _escape_inner(str(value))


def page_environment(language, **options):
    """The Environment of pages in a language, made as Django's Jinja2 engine wants it."""
    environment = PageEnvironment(**options, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {one.__name__: _speaking(one, language) for one in FILTERS}
    environment.globals |= {one.__name__: _speaking(one, language) for one in FUNCTIONS}
    environment.globals |= {"language_here": language, "part": part, "url": url}
    environment.add_extension(TextsInLanguage)
    return environment


def _speaking(function, language):
    """The function in the language, where that makes a difference to it."""
    return partial(function, language=language) if "language" in signature(function).parameters else function


class TextsInLanguage(Extension):
    """Puts the site's own texts, _("Twin towns"), in the environment's language as a template is read.

    They may hold mark-up; values come in by |format.
    """

    def preprocess(self, source, name, filename=None):
        with override(self.environment.globals["language_here"]):
            return TEXT.sub(lambda found: f"({json.dumps(gettext(found[1]), ensure_ascii=False)}|safe)", source)


def drawn(name, language, told):
    """The page that this template makes of what it is told."""
    environment = engines[language].env
    try:
        return _drawn(environment, name, told)
    except Exception:
        environment.handle_exception()  # tells the lines of the templates


@pass_environment
def part(environment, name, **told):
    """A partial, which sees these values and no others: {{ part("_review.html", review=text.review) }}."""
    return Markup(_drawn(environment, name, told))  # noqa: S704 its template has escaped what it shows


def _drawn(environment, name, told):
    template = environment.get_template(name)
    # As Template.render() does, but for going through all that templates may call, twice.
    context = environment.context_class(environment, environment.globals | told, name, template.blocks)
    return "".join(template.root_render_func(context))


def url(name, *args):
    return reverse(name, args=args)
