"""What survives in rich text, and that nothing else does, whichever way it came in."""

import re

import pytest
from django.apps import apps
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from hypothesis import given
from hypothesis import strategies as st

from partnerships import richtext
from partnerships.models import TwinTown
from partnerships.models.fields import RichTextField

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<p>Ett <strong>avtal</strong> och <em>ett</em> till<br>här.</p>",) * 2,
        ("<h2>A</h2><h3>B</h3><h4>C</h4><blockquote><p>D</p></blockquote>",) * 2,
        ("<ul><li><p>Ett</p></li></ul><ol><li><p>Två</p></li></ol>",) * 2,
        ('<a href="https://example.org/">x</a><a href="mailto:a@example.org">y</a><a href="tel:+46">z</a>',) * 2,
        ('<a href="/vanorter/">hit</a>',) * 2,
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" class="c" id="i">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="JaVaScRiPt:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,x" target="_blank" rel="opener">x</a>', "x"),
        ('<img src=x onerror="alert(1)">', ""),
        ("<h1>Rubrik</h1>", "<h2>Rubrik</h2>"),
        ("<h5>Rubrik</h5>", "<h4>Rubrik</h4>"),
        ("<table><tr><td>cell</td></tr></table>", "cell"),
        ('<iframe src="https://example.org/"></iframe><p>a</p>', "<p>a</p>"),
        ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>"),
        ("<!-- hemligt --><p>a</p>", "<p>a</p>"),
        ("<p>a\0b</p>", "<p>ab</p>"),
        ('<p>öppet <span lang="en">open</span></p>', "<p>öppet open</p>"),
        ("<p></p>", ""),
        ("<p> </p><p><br></p>", ""),
        ("", ""),
    ],
)
def test_clean_keeps_only_what_may_stand(given_html, kept):
    assert richtext.clean(given_html) == kept


@given(st.text(alphabet=st.sampled_from("<>/abph1234 \"'=&;:!-iframe script"), max_size=80))
def test_clean_is_settled_after_one_pass(html):
    cleaned = richtext.clean(html)
    assert richtext.clean(cleaned) == cleaned
    assert set(re.findall(r"<(\w+)", cleaned)) <= {"p", "br", "h2", "h3", "h4", "strong", "em"}


def test_editor_offers_what_the_cleaner_keeps():
    offered = allowlist_from_extensions(expand_extensions(richtext.EDITOR_EXTENSIONS))
    kept = {"p", "br", "ul", "ol", "li", "blockquote", "a", "strong", "em", "h2", "h3", "h4"}
    assert offered["tags"] == kept
    html = "".join(f"<{tag} href='/x/'>x<br>x</{tag}>" for tag in sorted(kept - {"br"}))
    assert set(re.findall(r"<(\w+)", richtext.clean(html))) == kept


BAD = '<p>gott</p><script>alert("ont")</script><img src=x onerror=alert(1)>'
GOOD = "<p>gott</p>"


def _created():
    return TwinTown.objects.create(slug="exempelstad", name_sv="Exempelstad", country_sv="Exempelland", body_sv=BAD)


def _saved():
    town = TwinTown(slug="exempelstad", name_sv="Exempelstad", country_sv="Exempelland")
    town.body_sv = BAD
    town.save()
    assert town.body_sv == GOOD, "the object in hand must read as the row does"
    return town


def _updated():
    town = TwinTown.objects.create(slug="exempelstad", name_sv="Exempelstad", country_sv="Exempelland")
    TwinTown.objects.update(body_sv=BAD)
    return town


def _bulk_created():
    return TwinTown.objects.bulk_create(
        [TwinTown(slug="exempelstad", name_sv="Exempelstad", country_sv="Exempelland", body_sv=BAD)]
    )[0]


def _bulk_updated():
    town = TwinTown.objects.create(slug="exempelstad", name_sv="Exempelstad", country_sv="Exempelland")
    town.body_sv = BAD
    TwinTown.objects.bulk_update([town], ["body_sv"])
    return town


@pytest.mark.django_db
@pytest.mark.parametrize("way", [_created, _saved, _updated, _bulk_created, _bulk_updated])
def test_rich_text_is_clean_whichever_way_it_came_in(way):
    way()
    assert TwinTown.objects.values_list("body_sv", flat=True).get() == GOOD


def test_rich_text_is_clean_in_every_rich_text_field():
    fields = [
        field
        for model in apps.get_app_config("partnerships").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, RichTextField)
    ]
    assert len(fields) == 22
    for field in fields:
        assert field.get_db_prep_save(BAD, connection=None) == GOOD
