"""The templates of public pages: each in its language from the beginning, and nothing in them unescaped."""

import re

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

LANGUAGES = [language for language, _name in settings.LANGUAGES]
FOLDER = settings.BASE_DIR / "templates" / "pages"


def rendered(source, language="sv", **told):
    return engines[language].env.from_string(source).render(**told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(file.name for file in FOLDER.iterdir()))
def test_every_template_can_be_read(name, language):
    assert engines[language].env.get_template(name).name == name


@pytest.mark.parametrize(("language", "words"), [("sv", "Sida 2 av 3"), ("en", "Page 2 of 3")])
def test_a_text_is_in_the_language_of_the_page_whatever_is_at_hand(language, words):
    source = '{{ _("page %(page)s of %(pages)s")|format(page=2, pages=3)|capitalize }}'
    with translation.override("en" if language == "sv" else "sv"):
        assert rendered(source, language) == words


def test_what_is_put_into_a_text_is_escaped_and_its_own_markup_is_not():
    source = (
        '{{ _("Nothing holds “%(query)s”. Here is what holds <strong>%(right)s</strong>.")|format(query=x, right=x) }}'
    )
    assert rendered(source, "en", x="<i>&") == (
        "Nothing holds “&lt;i&gt;&amp;”. Here is what holds <strong>&lt;i&gt;&amp;</strong>."
    )


@pytest.mark.parametrize("source", ["{{ x }}", "{{ {'name_sv': x}|say('name') }}", "{{ [{'name_sv': x}]|names }}"])
def test_values_are_escaped(source):
    assert rendered(source, x="<i>&\"'") == "&lt;i&gt;&amp;&#34;&#39;"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.text().map(Markup), st.lists(st.text())))
def test_each_kind_of_value_is_escaped_as_jinja_does_it(value):
    assert rendered("{{ x }}", x=value) == str(escape(value))


def test_a_piece_that_is_kept_for_later_is_escaped_once():
    source = "{% set piece %}<b>{{ x }}</b>{% endset %}{{ piece }}{{ piece }}"
    assert rendered(source, x="<i>") == "<b>&lt;i&gt;</b>" * 2


def test_a_part_sees_what_it_is_told_and_nothing_else():
    source = '{% set review = {"reviewed_on": "2024", "signature": "AB"} %}{{ part("_review.html", review=x) }}'
    told = rendered(source, x={"reviewed_on": "2026-11-28", "signature": "<CD>"})
    assert "2026-11-28" in told
    assert "&lt;CD&gt;" in told
    assert "AB" not in told


def test_no_template_marks_anything_safe_by_itself():
    found = [file.name for file in FOLDER.iterdir() if re.search(r"\|\s*safe|autoescape|Markup", file.read_text())]
    assert found == []
