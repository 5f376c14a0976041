"""The tokens hold their contrast on every level, light and dark; the style page shows them to staff alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests import factories as make

pytestmark = pytest.mark.once

CSS = (Path(settings.BASE_DIR) / "static" / "css" / "site.css").read_text()
LEVELS = ["paper", "mist", "foam", "deep"]
TEXTS = ["ink", "river", "iron", "granite"]
TOKEN = re.compile(r"--([a-z-]+): #([0-9a-f]{6});")


def tokens(scheme):
    light, dark = CSS.split("@media (prefers-color-scheme: dark)", 1)
    dark = dark.split("@media (prefers-contrast", 1)[0]
    found = dict(TOKEN.findall(light.split("@layer tokens {", 1)[1]))
    return found | (dict(TOKEN.findall(dark)) if scheme == "dark" else {})


def foot(scheme):
    (rule,) = re.findall(r"\.foot, \.level--bed \{(.*?)\}", CSS)
    own = dict(TOKEN.findall(rule))
    known = tokens(scheme)
    return own | {"ink": known["on-bed"], "river": known["bed-link"], "bed": known["bed"]}


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_right():
    assert contrast("ffffff", "000000") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_level(scheme):
    known, below = tokens(scheme), foot(scheme)
    pairs = {f"{text} on {level}": contrast(known[text], known[level]) for text in TEXTS for level in LEVELS}
    pairs |= {f"{text} on bed": contrast(below[text], below["bed"]) for text in TEXTS}
    pairs["on-sun on sun"] = contrast(known["on-sun"], known["sun"])
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 4.5} == {}


@pytest.mark.django_db
def test_the_style_page_is_for_staff(client, strict_templates):
    away = client.get("/stil/")
    assert (away.status_code, away.headers["Location"]) == (302, "/admin/login/?next=/stil/")
    client.force_login(make.UserFactory(is_staff=False))
    assert client.get("/stil/").status_code == 302
    client.force_login(make.UserFactory())
    page = client.get("/stil/").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "hreflang" not in page
    shown = set(re.findall(r"<code>--([a-z0-9-]+)</code>", page))
    declared = set(re.findall(r"--((?:size|gap)-[a-z0-9]+):", CSS))
    assert declared <= shown
    for state in ("open", "upcoming", "ask", "closed"):
        assert f"when--{state}" in page
