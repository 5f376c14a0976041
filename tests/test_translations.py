"""The Swedish words: complete, and the compiled catalogue in step with the text."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "locale" / "sv" / "LC_MESSAGES"


def test_every_message_has_its_swedish():
    catalogue = polib.pofile(FOLDER / "django.po")
    assert len(catalogue) > 300
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_placeholders_are_the_same_in_swedish():
    placeholder = re.compile(r"%\(\w+\)[sd]")
    for entry in polib.pofile(FOLDER / "django.po"):
        wanted = sorted(set(placeholder.findall(entry.msgid + entry.msgid_plural)))
        for told in [entry.msgstr, *entry.msgstr_plural.values()]:
            if told:
                assert sorted(set(placeholder.findall(told))) == wanted, entry.msgid


def test_compiled_catalogue_is_in_step():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in polib.pofile(FOLDER / "django.po"):
        if entry.msgid_plural:
            for number, told in entry.msgstr_plural.items():
                assert compiled.ngettext(entry.msgid, entry.msgid_plural, 1 if number == 0 else 2) == told
        elif entry.msgctxt:
            assert compiled.pgettext(entry.msgctxt, entry.msgid) == entry.msgstr
        else:
            assert compiled.gettext(entry.msgid) == entry.msgstr


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext is missing: apt-get install gettext")
def test_catalogue_holds_every_message_of_the_code(tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(
        settings.BASE_DIR,
        copy,
        ignore=shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__", "pictures"),
    )
    shutil.copytree(Path(settings.BASE_DIR) / "locale", copy / "locale", dirs_exist_ok=True)
    subprocess.run(
        ["python", "-m", "django", "makemessages", "--locale=sv", "--no-location", "--verbosity=0"],
        cwd=copy,
        env={"PATH": _path(), "PYTHONPATH": str(copy)},
        check=True,
        capture_output=True,
    )
    now, then = (
        {(entry.msgctxt, entry.msgid) for entry in polib.pofile(root / "locale/sv/LC_MESSAGES/django.po")}
        for root in (copy, Path(settings.BASE_DIR))
    )
    assert now - then == set(), "run make messages and translate"
    assert then - now == set(), "run make messages: the catalogue holds words that nothing says"


def _path():
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
