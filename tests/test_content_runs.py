"""load_content as an operator meets it: pictures, dry runs, the command, two runs at once."""

import io
import re
import threading
from contextlib import suppress
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image as Picture

from partnerships.content_import import Outcome
from partnerships.content_import.loading import Loading
from partnerships.models import Fact, Image, Network
from tests.sample_content import CREATED, SampleContent, media, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(tmp_path):
    return SampleContent(tmp_path / "content")


# Pictures


def test_picture_is_cleaned_and_named_by_its_content(sample, settings):
    exif = Picture.Exif()
    exif[0x010F] = "Kameran"
    Picture.new("RGB", (8, 6), "teal").save(sample.folder / "pictures" / "bro.jpg", exif=exif)
    sample.say("site.toml", ("bro.png", "bro.jpg"))
    sample.load()
    (name,) = media(settings)
    assert re.fullmatch(r"[0-9a-f]{20}\.jpg", name)
    stored = (settings.MEDIA_ROOT / "pictures" / name).read_bytes()
    assert Image.objects.get().file.name == f"pictures/{name}"
    assert b"Kameran" in (sample.folder / "pictures" / "bro.jpg").read_bytes()
    assert b"Kameran" not in stored


def test_new_picture_in_the_content_replaces_the_old_file(sample, settings, django_capture_on_commit_callbacks):
    sample.load()
    before = media(settings)
    sample.draw("bro.png", "orange")
    with django_capture_on_commit_callbacks(execute=True):
        assert sample.outcomes() == {"Image": {Outcome.UPDATED: 1}}
    after, image = media(settings), Image.objects.get()
    assert sorted(f"pictures/{name}" for name in after) == sorted([image.file.name, *image.rendition_names])
    assert not set(after) & set(before)
    assert sample.outcomes() == {}


def test_editors_photograph_stays(sample, settings, django_capture_on_commit_callbacks):
    sample.load()
    photograph = io.BytesIO()
    Picture.new("RGB", (9, 9), "red").save(photograph, "PNG")
    image = Image.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        image.file = ContentFile(photograph.getvalue(), name="foto.png")
        image.credit_sv = "Foto: Någon"
        image.save()
    files = media(settings)
    sample.draw("bro.png", "orange")
    report = sample.load()
    assert report.counts["Image"] == {Outcome.KEPT: 1}
    assert report.notes == ['site.toml: image "bro", file: kept as an editor changed it']
    assert media(settings) == files
    assert Image.objects.get().credit_sv == "Foto: Någon"


# Dry run


def test_dry_run_tells_and_leaves_no_trace(sample, settings):
    empty = rows()
    report = sample.load(dry_run=True)
    assert report.counts == {model: {Outcome.CREATED: count} for model, count in CREATED.items()}
    assert rows() == empty
    assert media(settings) == []


def test_dry_run_over_loaded_content_leaves_no_trace(sample, settings, django_capture_on_commit_callbacks):
    sample.load()
    before, files = rows(), media(settings)
    sample.draw("bro.png", "orange")
    sample.say("networks.toml", ("drygt 60", "drygt 70"))
    with django_capture_on_commit_callbacks(execute=True):
        report = sample.load(dry_run=True)
    assert report.counts["Image"] == report.counts["Fact"] == {Outcome.UPDATED: 1}
    assert rows() == before
    assert media(settings) == files


# The command


def test_command_prints_counts_by_model(sample, capsys):
    call_command("load_content", folder=sample.folder, dry_run=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "Dry run: nothing was changed.",
        "                     created   updated unchanged      kept      gone     taken",
        "Audience                   2         0         0         0         0         0",
    ]
    assert len(lines) == 2 + len(CREATED)
    call_command("load_content", folder=sample.folder)
    Network.objects.update(summary_sv="Redaktörens text.")
    sample.say("networks.toml", ("Samlar orter.", "Filens text."))
    capsys.readouterr()
    call_command("load_content", folder=sample.folder)
    lines = capsys.readouterr().out.splitlines()
    assert "Network                    0         0         0         1         0         0" in lines
    assert lines[-1] == 'networks.toml: network "orter", summary_sv: kept as an editor changed it'


def test_command_fails_with_all_problems(sample):
    sample.say("networks.toml", ('"drygt 60"', "60"), ("summary_sv", "sumary_sv"))
    with pytest.raises(CommandError) as caught:
        call_command("load_content", folder=sample.folder)
    assert caught.value.returncode == 1
    assert str(caught.value) == (
        "Nothing was loaded.\n"
        'networks.toml: network "orter", fact "members", value_sv: wants text in quotes\n'
        'networks.toml: network "orter", sumary_sv: unknown key'
    )


# Two at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time by itself")
def test_two_runs_at_once_do_not_double(sample, settings):
    both = threading.Barrier(2)
    look = Loading._current_rows
    reports, errors = [], []

    def look_and_wait(loading):
        # Where nothing holds the second run back, both have looked before either has loaded.
        found = look(loading)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)
        return found

    def run():
        try:
            reports.append(sample.load())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    with mock.patch.object(Loading, "_current_rows", look_and_wait):
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    assert sorted(str({o.value for counts in report.counts.values() for o in counts}) for report in reports) == [
        "{'created'}",
        "{'unchanged'}",
    ]
    assert Network.objects.count() == Fact.objects.count() == 1
    image = Image.objects.get()
    assert sorted(f"pictures/{name}" for name in media(settings)) == sorted([image.file.name, *image.rendition_names])
