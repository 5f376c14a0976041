"""load_content refuses content that does not fit: all of it, naming file, place and reason."""

from unittest import mock

import pytest
from django.utils import translation

from partnerships.content_import import ContentError, load_content
from partnerships.models import ContentRecord, Image
from tests.sample_content import SampleContent, media, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(tmp_path):
    return SampleContent(tmp_path / "content")


MISFITS = {
    "broken TOML": (
        "networks.toml",
        ('"Samlar orter."', "Samlar orter."),
        ["networks.toml: is not TOML: Invalid value (at line 6, column 14)"],
    ),
    "broken TOML in a file that others refer to": (
        "people.toml",
        ('"Samordnare"', "Samordnare"),
        ["people.toml: is not TOML: Invalid value (at line 4, column 11)"],
    ),
    "the same table twice": (
        "networks.toml",
        ("[network.orter.fact.members]", "[network.orter]\n[network.orter.fact.members]"),
        ["networks.toml: is not TOML: Cannot declare ('network', 'orter') twice (at line 10, column 15)"],
    ),
    "the same row in two files": (
        "people.toml",
        ("[contact.samordnare]", '[network.orter]\nname_sv = "Andra"\n\n[contact.samordnare]'),
        ['people.toml: network "orter": stands in networks.toml already'],
    ),
    "unknown table": (
        "towns.toml",
        ("[town.annan]", "[twon.annan]"),
        [
            (
                "towns.toml: twon: unknown; known are audience, image, contact_centre, contact, network, town, program,"
                " agreement, page, site"
            ),
        ],
    ),
    "unknown key": (
        "networks.toml",
        ("summary_sv", "sumary_sv"),
        ['networks.toml: network "orter", sumary_sv: unknown key'],
    ),
    "key that the models fill": (
        "site.toml",
        ('title = "Bron"', 'title = "Bron"\nwidth = 8'),
        ['site.toml: image "bro", width: unknown key'],
    ),
    "unfit name of a row": (
        "networks.toml",
        ("[network.orter.fact.members]", '[network.orter.fact."Våra medlemmar"]'),
        [
            (
                'networks.toml: network "orter", fact "Våra medlemmar": a key has small letters a–z, digits and single'
                " hyphens, at most 80"
            ),
        ],
    ),
    "value where tables belong": (
        "networks.toml",
        ("[network.orter.fact.members]", 'role = "värd"\n[network.orter.fact.members]'),
        ['networks.toml: network "orter", role: wants a table for each, [….role.KEY]'],
    ),
    "number for text": (
        "networks.toml",
        ('"drygt 60"', "60"),
        ['networks.toml: network "orter", fact "members", value_sv: wants text in quotes'],
    ),
    "true for a number": (
        "people.toml",
        ("first_weekday = 0", "first_weekday = true"),
        ['people.toml: contact centre "center", opening hours "weekdays", first_weekday: wants a whole number'],
    ),
    "text for a date": (
        "site.toml",
        ("reviewed_on = 2024-05-15", 'reviewed_on = "2024-05-15"'),
        ['site.toml: page "landing", review "granskad", reviewed_on: wants a date such as 2024-05-15'],
    ),
    "moment without offset": (
        "site.toml",
        ("08:00:00+02:00", "08:00:00"),
        ['site.toml: page "landing", published_from: wants a date and time such as 2024-05-15T08:00:00+02:00'],
    ),
    "text for a list": (
        "towns.toml",
        ('["larare"]', '"larare"'),
        ['towns.toml: program "utbyte", audiences: wants a list of keys'],
    ),
    "list of something else": (
        "towns.toml",
        ('["larare"]', "[1]"),
        ['towns.toml: program "utbyte", audiences: wants a list of keys'],
    ),
    "impossible date": (
        "networks.toml",
        ("1999-05", "1999-13"),
        [
            (
                'networks.toml: network "orter", started: “1999-13” is no date. Write a year, 2015, a month, 2015-05,'
                " or a day, 2015-05-15."
            ),
        ],
    ),
    "missing name": (
        "networks.toml",
        ('name_sv = "Orter i samverkan"', ""),
        ['networks.toml: network "orter", name_sv: This field cannot be blank.'],
    ),
    "missing reference": (
        "towns.toml",
        ('[agreement.forsta.party.vanort]\ntown = "vanort"', "[agreement.forsta.party.vanort]"),
        ['towns.toml: agreement "forsta", party "vanort", town: This field cannot be null.'],
    ),
    "unknown reference": (
        "networks.toml",
        ('"samordnare"', '"samordnaren"'),
        ['networks.toml: network "orter", contact: there is no contact "samordnaren" in the content'],
    ),
    "empty reference": (
        "networks.toml",
        ('"samordnare"', '""'),
        ['networks.toml: network "orter", contact: there is no contact "" in the content'],
    ),
    "unknown reference in a list": (
        "towns.toml",
        ('["larare"]', '["larare", "alla"]'),
        ['towns.toml: program "utbyte", audiences: there is no audience "alla" in the content'],
    ),
    "reference to itself": (
        "towns.toml",
        ('replaces = "forsta"', 'replaces = "andra"'),
        ['towns.toml: agreement "andra", replaces: agreement "andra" must stand above it'],
    ),
    "unknown choice": (
        "towns.toml",
        ('kind = "twin-town"', 'kind = "friends"'),
        ["towns.toml: agreement \"forsta\", kind: Value 'friends' is not a valid choice."],
    ),
    "unknown page": (
        "site.toml",
        ("[page.landing.review.granskad]", '[page.start]\ntitle_sv = "Start"\n\n[page.landing.review.granskad]'),
        ["site.toml: page \"start\", key: Value 'start' is not a valid choice."],
    ),
    "broken constraint": (
        "towns.toml",
        ("longitude = 8", ""),
        ['towns.toml: town "vanort": Give both latitude (−90 to 90) and longitude (−180 to 180), or neither.'],
    ),
    "broken rule of the model": (
        "people.toml",
        ('phone = "0980-31 92 00"', ""),
        ['people.toml: contact "samordnare", holder "eva": Give an e-mail address or a phone number.'],
    ),
    "the same party twice": (
        "towns.toml",
        ("[agreement.andra]", '[agreement.forsta.party.igen]\ntown = "vanort"\n\n[agreement.andra]'),
        ['towns.toml: agreement "forsta", party "igen": stands for the same as party "vanort"'],
    ),
    "settings for a second site": (
        "site.toml",
        ("[site.exempelstad]", '[site.annan]\nname_sv = "A"\nmunicipality_sv = "A"\ntown = "A"\n\n[site.exempelstad]'),
        ['site.toml: site "exempelstad": stands for the same as site "annan"'],
    ),
    "NUL in a text": (
        "networks.toml",
        ("Samlar orter.", r"Samlar\u0000orter."),
        ['networks.toml: network "orter", summary_sv: Null characters are not allowed.'],
    ),
    "missing picture": (
        "site.toml",
        ("bro.png", "tunnel.png"),
        ['site.toml: image "bro", file: there is no picture pictures/tunnel.png'],
    ),
    "picture from elsewhere": (
        "site.toml",
        ("bro.png", "../site.toml"),
        ['site.toml: image "bro", file: there is no picture pictures/../site.toml'],
    ),
}


@pytest.mark.parametrize(("file", "change", "problems"), MISFITS.values(), ids=MISFITS)
def test_misfit_is_named_with_file_place_and_reason(sample, settings, file, change, problems):
    sample.say(file, change)
    empty = rows()
    assert sample.problems() == problems
    assert rows() == empty
    assert media(settings) == []


@pytest.mark.parametrize(("file", "change", "problems"), MISFITS.values(), ids=MISFITS)
def test_misfit_in_an_update_changes_nothing(sample, settings, file, change, problems):
    sample.load()
    before, files = rows(), media(settings)
    sample.say("networks.toml", ("Towns together", "Towns united"))
    sample.say(file, change)
    sample.problems()
    assert rows() == before
    assert media(settings) == files


def test_all_problems_are_told_at_once(sample, settings):
    sample.say("networks.toml", ('"drygt 60"', "60"), ("summary_sv", "sumary_sv"), ("1999-05", "i fjol"))
    sample.say("people.toml", ('phone = "0980-31 92 00"', ""), ("closes = 16:30:00", "closes = 08:00:00"))
    sample.say("towns.toml", ("longitude = 8", ""), ("[town.annan]", "[town.annan"))
    (sample.folder / "pictures" / "bro.png").write_bytes(b"not a picture")
    (sample.folder / "trasig.toml").write_bytes(b"\xff")
    empty = rows()
    assert sample.problems() == [
        'networks.toml: network "orter", fact "members", value_sv: wants text in quotes',
        (
            'networks.toml: network "orter", started: “i fjol” is no date. Write a year, 2015, a month, 2015-05, or a'
            " day, 2015-05-15."
        ),
        'networks.toml: network "orter", sumary_sv: unknown key',
        'people.toml: contact "samordnare", holder "eva": Give an e-mail address or a phone number.',
        (
            'people.toml: contact centre "center", opening hours "weekdays": It must not open and close at the same'
            " time, but for 0:00–0:00: the whole day."
        ),
        (
            'site.toml: image "bro", file: “bro.png” is not a picture that can be shown. Choose a JPEG, PNG, WebP'
            " or AVIF file."
        ),
        "towns.toml: is not TOML: Expected ']' at the end of a table declaration (at line 15, column 12)",
        "trasig.toml: is not UTF-8 text",
    ]
    assert rows() == empty
    assert media(settings) == []


def test_problems_of_children_are_told_beside_their_parents(sample):
    sample.say(
        "towns.toml",
        ("longitude = 8", ""),
        (
            '[agreement.forsta.party.vanort]\ntown = "vanort"',
            '[agreement.forsta.party.vanort]\ntown = "vanort"\nstanding = "visitor"',
        ),
    )
    sample.say("towns.toml", ('kind = "twin-town"', 'kind = "twin-town"\nended = "2017"'))
    assert sample.problems() == [
        'towns.toml: agreement "forsta", party "vanort", standing: Value \'visitor\' is not a valid choice.',
        'towns.toml: agreement "forsta": An agreement with an end date has ended: choose that, or empty the end date.',
        'towns.toml: town "vanort": Give both latitude (−90 to 90) and longitude (−180 to 180), or neither.',
    ]


def test_empty_folder_is_a_problem(tmp_path):
    with pytest.raises(ContentError, match=r"holds no content files \(\*\.toml\)"):
        load_content(folder=tmp_path)


def test_failure_after_the_picture_was_written_leaves_no_file(sample, settings):
    with (
        mock.patch.object(ContentRecord.objects, "bulk_create", side_effect=ConnectionError),
        pytest.raises(ConnectionError),
    ):
        sample.load()
    assert media(settings) == []
    assert not Image.objects.exists()


def test_problems_read_the_same_whatever_the_language(sample):
    sample.say("networks.toml", ('name_sv = "Orter i samverkan"', ""))
    with translation.override("sv"):
        assert sample.problems() == ['networks.toml: network "orter", name_sv: This field cannot be blank.']
