"""The house rules that a reader could check by hand: floors, forbidden names, one place for trust, nothing inline."""

import ast
import re
from pathlib import Path

import pytest

from tests.floors import EXCEPTIONS, modules, offences, room

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
PYTHON_FILES = sorted(file for folder in ("partnerships", "trollhattan_intl") for file in (ROOT / folder).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
TRUST = {"mark_safe", "SafeString", "SafeText", "SafeData"}
FORBIDDEN_NAMES = {"utils", "services", "common", "helpers", "signals", "misc"}


def files_of_the_project():
    """(name, text) of what is in the repository, or would be."""
    for file in sorted(ROOT.rglob("*")):
        name = file.relative_to(ROOT)
        is_hidden = any(part.startswith(".") and part != ".ci" for part in name.parts[:-1])
        if is_hidden or name.parts[0] == "var" or "__pycache__" in name.parts or not file.is_file():
            continue
        try:
            yield str(name), file.read_text()
        except UnicodeDecodeError:
            continue


def test_imports_only_go_down():
    assert [offence for module in modules(ROOT) for offence in offences(*module)] == []


@pytest.mark.parametrize(
    ("source", "module", "count"),
    [
        ("from partnerships.models import TwinTown", "partnerships.choices", 1),
        ("from partnerships.publishing import publish", "partnerships.models.towns", 1),
        ("from partnerships.views.pages import town", "partnerships.reviewing", 1),
        ("import partnerships.admin.towns", "partnerships.views.pages", 1),
        ("from partnerships import urls", "partnerships.views.pages", 1),
        ("from partnerships.views import pages", "partnerships.middleware", 1),
        ("from .. import admin", "partnerships.views.pages", 1),
        ("from ..admin import towns", "partnerships.views.pages", 1),
        ("def later():\n    from partnerships.admin import towns", "partnerships.models.towns", 1),
        ("from partnerships.views import reports", "partnerships.forms", 1),
        ("from partnerships.views.errors import not_found", "partnerships.middleware", 0),
        ("from partnerships.forms import ReportForm", "partnerships.views.reports", 0),
        ("from partnerships.models.base import Slugged", "partnerships.models.towns", 0),
        ("from partnerships.publishing.drafts import keep", "partnerships.due", 0),
        ("from partnerships.choices import PageKey", "partnerships.urls", 0),
        ("from . import errors", "partnerships.views.pages", 0),
        ("import django, this_is_not_ours", "partnerships.choices", 0),
    ],
)
def test_floors_are_told_apart(source, module, count):
    assert len(offences(source, module)) == count


def test_every_exception_from_the_floors_is_needed():
    sources = [(room(module), source) for source, module, _ in modules(ROOT)]
    for who, whom in EXCEPTIONS:
        assert any(own == who and f"partnerships.{whom}" in source for own, source in sources)


def test_no_room_is_named_after_nothing():
    named = {part.removesuffix(".py") for file in PYTHON_FILES for part in file.relative_to(ROOT).parts}
    assert named & FORBIDDEN_NAMES == set()


def test_only_richtext_trusts_a_text():
    trusting = {
        str(file.relative_to(ROOT))
        for file in PYTHON_FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if getattr(node, "id", getattr(node, "attr", getattr(node, "name", None))) in TRUST
    }
    assert trusting == {"partnerships/richtext.py"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_templates_trust_nothing_and_hold_nothing_inline(template):
    text = template.read_text()
    assert not re.search(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off", text)
    assert not re.search(r"<style\b|\sstyle\s*=", text, re.IGNORECASE)
    assert not re.search(r"<script\b(?![^>]*\ssrc\s*=)", text, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=|javascript:", text, re.IGNORECASE)


def test_nothing_refers_to_the_machine_it_was_written_on():
    # Put together here, so that this file does not hold them.
    told = re.compile("|".join(["/" + "root/", "/" + "work/", "shared" + "/"]))
    assert [name for name, text in files_of_the_project() if told.search(text)] == []


def test_the_photographer_is_named_in_the_readme_only():
    name = "Andrew" + " Ruiz"
    assert [file for file, text in files_of_the_project() if name in text] == ["README.md"]


def test_ci_runs_the_test_command_of_the_readme():
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "exec make test"
    assert "make test" in (ROOT / "README.md").read_text()
