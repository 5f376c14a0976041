"""The words of the shipped content: in both languages, each fact in one place, for a resident to read."""

import re
import tomllib

import pytest

from partnerships import richtext
from partnerships.content_import import CONTENT
from partnerships.content_import.subjects import SUBJECTS
from partnerships.models.fields import RichTextField

pytestmark = pytest.mark.once

# Names of places and networks, and “Integration”.
THE_SAME_IN_BOTH = {"name", "region", "country"}
PROSE = re.compile(r"_(sv|en)$")


def values(table, subjects=SUBJECTS, place=""):
    """All that a file says: (place, subject, field's name, value), children included."""
    for subject in subjects:
        for key, row in table.get(subject.name, {}).items():
            here = f"{place}{subject.name} {key}"
            for name in subject.fields.keys() & row.keys():
                yield here, subject, name, row[name]
            yield from values(row, subject.children, f"{here}, ")


def all_values():
    for file in sorted(CONTENT.glob("*.toml")):
        yield from values(tomllib.loads(file.read_text()))


def prose():
    """(place and field, text) of all that people read as text, without its tags."""
    for place, _subject, name, value in all_values():
        if PROSE.search(name):
            yield f"{place}, {name}", re.sub(r"<[^>]+>", " ", value)


def _texts():
    """{(place, field's name without its language): {"sv": text, "en": text}}."""
    texts = {}
    for place, _subject, name, value in all_values():
        if PROSE.search(name):
            texts.setdefault((place, name[:-3]), {})[name[-2:]] = value
    return texts


def test_every_text_is_there_in_both_languages():
    texts = _texts()
    assert len(texts) > 100
    assert [key for key, text in texts.items() if not (text.get("sv") and text.get("en"))] == []


def test_only_names_read_the_same_in_both_languages():
    assert {name for (_place, name), text in _texts().items() if text["sv"] == text["en"]} == THE_SAME_IN_BOTH


def test_rich_texts_are_clean_as_they_stand():
    texts = [
        (f"{place}, {name}", value)
        for place, subject, name, value in all_values()
        if isinstance(subject.fields[name], RichTextField)
    ]
    assert len(texts) > 15
    assert [place for place, html in texts if richtext.clean(html) != html] == []


def test_photographer_is_not_named():
    words = [file.read_text().lower() for file in CONTENT.glob("*.toml")]
    assert [word for text in words for word in ("andrew", "ruiz", "unsplash") if word in text] == []


def test_phone_and_postal_code_stand_only_in_their_fields():
    digits = [(f"{place}, {name}", re.sub(r"\D", "", str(value))) for place, _s, name, value in all_values()]
    for number, field in (("496094", "phone"), ("46183", "postal_code")):
        places = [place for place, text in digits if number in text]
        assert len(places) == 1
        assert places[0].endswith(f", {field}")


def test_texts_repeat_no_year_that_has_a_field():
    # 2030 is part of the names of Viable Cities' missions.
    assert [
        (place, year) for place, text in prose() for year in re.findall(r"\b(?:19|20)\d\d\b", text) if year != "2030"
    ] == []


def test_digits_in_texts_are_held_together():
    assert [place for place, text in prose() if re.search(r"\d \d", text)] == []


def test_sentences_are_short():
    long = []
    for place, text in prose():
        for sentence in re.split(r"(?<=[.!?:])\s+|\n", text):
            if len(sentence.split()) > 20:
                long.append((place, sentence))
    assert long == []
