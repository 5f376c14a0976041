"""Two versions of a text, compared word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.publishing.word_changes import changes, readable, shortened

pytestmark = pytest.mark.once

TEXTS = st.text(st.sampled_from("ab å.,!\n"), max_size=60)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", []),
        ("Skolan.", "Skolan.", [("same", "Skolan.")]),
        ("", "Ny text.", [("new", "Ny text.")]),
        ("Gammal text.", "", [("gone", "Gammal text.")]),
        (
            "Skolan har 12 elever. Den ligger i Exempelstad.",
            "Skolan har 14 elever. Den ligger mitt i Exempelstad, nära ån.",
            [
                ("same", "Skolan har "),
                ("gone", "12"),
                ("new", "14"),
                ("same", " elever. Den ligger "),
                ("new", "mitt "),
                ("same", "i Exempelstad"),
                ("new", ", nära ån"),
                ("same", "."),
            ],
        ),
        # Two changes with a space between them read as one.
        ("röda huset står", "gula båten står", [("gone", "röda huset"), ("new", "gula båten"), ("same", " står")]),
        ("Ett. Två. Tre.", "Ett. Tre.", [("same", "Ett. "), ("gone", "Två. "), ("same", "Tre.")]),
        ("en å", "en ö", [("same", "en "), ("gone", "å"), ("new", "ö")]),
    ],
)
def test_changes_are_told_by_words(before, after, told):
    assert changes(before, after) == told


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_from_the_changes(before, after):
    found = changes(before, after)
    assert "".join(text for kind, text in found if kind != "new") == before
    assert "".join(text for kind, text in found if kind != "gone") == after
    assert all(text for _kind, text in found)


def _words(start, of, count=8000):
    """As good as at random, and always the same."""
    return [f"ord{n * n * 7919 % 10_007 % of}" for n in range(start, start + count)]


def _a_tenth_changed(words):
    return ["nytt" if number % 11 == 3 else word for number, word in enumerate(words)]


WORDS = _words(0, 800)
LONG = {
    "a tenth changed": (" ".join(WORDS), " ".join(_a_tenth_changed(WORDS))),
    "a tenth changed, in sentences": (". ".join(WORDS), ". ".join(_a_tenth_changed(WORDS))),
    "nothing in common": (" ".join(WORDS), " ".join(_words(9000, 800))),
    "always the same word": ("ord " * 12_000, "ord " * 11_990),
    "two words": (" ".join(_words(0, 2)), " ".join(_words(9000, 2))),
    "two words, in paragraphs": tuple(
        "\n".join(" ".join(_words(start + 300 * number, 2, 240)) for number in range(40)) for start in (0, 77)
    ),
    "one word": ("å" * 50_000, "å" * 49_999),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_compared_at_once(name):
    started = time.process_time()
    found = changes(*LONG[name])
    assert time.process_time() - started < 1
    assert "".join(text for kind, text in found if kind != "new") == LONG[name][0]


def test_a_long_text_is_told_as_closely_as_a_short_one():
    before, after = LONG["a tenth changed"]
    same = sum(len(text) for kind, text in changes(before, after) if kind == "same")
    assert same > 0.85 * len(before)


def test_long_stretches_that_stand_in_both_are_shortened():
    same = "ord " * 60
    assert shortened([("same", same), ("gone", "bort"), ("same", same), ("new", "nytt"), ("same", same)]) == [
        ("same", "… " + "ord " * 22),
        ("gone", "bort"),
        ("same", "ord " * 22 + "… " + "ord " * 22),
        ("new", "nytt"),
        ("same", "ord " * 22 + "…"),
    ]
    assert shortened([("same", "kort "), ("new", "text")]) == [("same", "kort "), ("new", "text")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        (
            "<p>En <strong>viktig</strong> sak.</p><ul><li><p>ett</p></li><li>två</li></ul>",
            "En viktig sak.\nett\n\ntvå",
        ),
        ('<p>Läs <a href="https://example.org/a?b=1&amp;c=2">mer</a>.</p>', "Läs mer (https://example.org/a?b=1&c=2)."),
        ('<p><a href="javascript:alert(1)">x</a><script>alert(1)</script> &lt;b&gt;</p>', "x <b>"),
    ],
)
def test_rich_text_is_compared_by_its_words_and_links(html, text):
    assert readable(html) == text
