"""A picture's files follow its row: made when it is saved, whole or not at all, and gone when it is."""

import errno
import io
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from PIL import Image as Picture

from partnerships import picture_upkeep, renditions
from partnerships.models import Image
from tests import factories as make

pytestmark = pytest.mark.django_db


def upload(size=(900, 600), colour=(11, 92, 107), name="bild.png"):
    out = io.BytesIO()
    Picture.new("RGB", size, colour).save(out, "PNG")
    return ContentFile(out.getvalue(), name)


@pytest.fixture
def on_disk(settings):
    """What lies in the media folder, by the names that the storage knows."""
    return lambda: {
        path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()
    }


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def held(image):
    image.refresh_from_db()
    return {image.file.name, *image.rendition_names}


def test_renditions_are_made_when_the_row_is_committed(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
        assert on_disk() == {image.file.name}
        assert image.renditions == {}
    assert image.has_current_renditions
    assert len(image.rendition_names) == 3 * 4 + 3 + 1
    assert all(name.startswith(f"pictures/{image.pk}-") for name in image.rendition_names)
    assert on_disk() == held(image)


def test_saving_without_changing_the_picture_makes_nothing_anew(on_disk, committed, monkeypatch):
    with committed():
        image = make.ImageFactory(file=upload())
    before = on_disk()
    monkeypatch.setattr(renditions, "make", None)
    with committed() as callbacks:
        image.title = "Annat namn"
        image.save()
    assert callbacks == []
    assert on_disk() == before == held(image)


def test_another_focal_point_makes_other_renditions(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    before = held(image)
    with committed():
        image.focal_y = 0
        image.save()
        assert on_disk() == before == held(image), "until the new ones are there, the old ones are shown"
    after = held(image)
    assert on_disk() == after
    assert before & after == {image.file.name}
    assert image.renditions["focal"] == [50, 0]


def test_another_file_takes_the_place_of_all_the_old_ones(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    before = held(image)
    with committed():
        image.file = upload(size=(300, 200))
        image.save()
        assert not image.has_renditions
        assert before <= on_disk(), "until it is committed, the old ones are what the public sees"
    assert on_disk() == held(image)
    assert not before & on_disk()
    assert image.renditions["crops"]["whole"]["sizes"] == [[180, 120], [300, 200]]


def test_the_same_file_again_stays(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    with committed():
        image.file = upload()
        image.save()
    assert on_disk() == held(image)
    assert image.has_current_renditions


def test_twins_keep_their_own_files(on_disk, committed):
    with committed():
        first, second = make.ImageFactory(file=upload()), make.ImageFactory(file=upload())
    assert not held(first) & held(second)
    with committed():
        first.delete()
    assert on_disk() == held(second)


def test_files_leave_with_their_row(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    before = on_disk()
    with committed():
        image.delete()
        assert on_disk() == before
    assert on_disk() == set()


def test_a_deletion_that_is_rolled_back_takes_no_file(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    pk = image.pk
    with committed(), transaction.atomic():
        image.delete()
        transaction.set_rollback(True)
    assert on_disk() == held(Image.objects.get(pk=pk))


def test_a_row_that_is_rolled_back_gets_no_renditions(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    before = held(image)
    with committed(), transaction.atomic():
        image.focal_x = 10
        image.save()
        transaction.set_rollback(True)
    assert on_disk() == before == held(image)


def test_an_older_copy_of_the_row_brings_no_old_renditions_back(on_disk, committed):
    with committed():
        image = make.ImageFactory(file=upload())
    stale = Image.objects.get(pk=image.pk)
    with committed():
        image.focal_x = 0
        image.save()
    with committed():
        stale.focal_x = 0
        stale.title = "Sparad sist"
        stale.save()
    assert on_disk() == held(image)
    assert image.has_current_renditions


class FullDisk:
    """Has room for so many files more."""

    def __init__(self, monkeypatch, room):
        self.room, save = room, FileSystemStorage._save

        def save_while_there_is_room(storage, name, content):
            if not self.room:
                raise OSError(errno.ENOSPC, "No space left on device")
            self.room -= 1
            return save(storage, name, content)

        monkeypatch.setattr(FileSystemStorage, "_save", save_while_there_is_room)


@pytest.mark.parametrize("room", [0, 1, 7, 15])
def test_a_full_disk_leaves_what_there_was(on_disk, committed, monkeypatch, caplog, room):
    with committed():
        image = make.ImageFactory(file=upload())
    before = held(image)
    disk = FullDisk(monkeypatch, room)
    with committed():
        image.focal_x = 0
        image.save()
    assert on_disk() == before == held(image)
    assert (image.focal_x, image.has_renditions, image.has_current_renditions) == (0, True, False)
    assert "No space left on device" in caplog.text

    disk.room = 100
    with committed():
        picture_upkeep.make_missing_renditions()
    assert on_disk() == held(image)
    assert image.has_current_renditions


def test_a_full_disk_refuses_a_new_picture_whole(on_disk, committed, monkeypatch):
    FullDisk(monkeypatch, 0)
    with pytest.raises(OSError, match="No space left"), committed():
        make.ImageFactory(file=upload())
    assert on_disk() == set()
    assert not Image.objects.exists()


def test_a_new_picture_is_shown_by_its_master_while_the_disk_is_full(on_disk, committed, monkeypatch):
    FullDisk(monkeypatch, 1)
    with committed():
        image = make.ImageFactory(file=upload())
    assert on_disk() == held(image) == {image.file.name}
    assert not image.has_renditions


def meanwhile(monkeypatch, happens):
    """Lets something happen once, between the making of renditions and the row's taking them."""
    make_all = renditions.make

    def make_slowly(content, focal):
        made = make_all(content, focal)
        monkeypatch.setattr(renditions, "make", make_all)
        happens()
        return made

    monkeypatch.setattr(renditions, "make", make_slowly)


def test_a_row_that_changes_meanwhile_does_not_take_what_was_made_for_another(on_disk, committed, monkeypatch):
    with committed():
        image = make.ImageFactory(file=upload())
    before = held(image)
    row = Image.objects.filter(pk=image.pk)
    row.update(focal_x=0)
    meanwhile(monkeypatch, lambda: row.update(focal_x=100))
    image.make_renditions()
    assert on_disk() == before == held(image)


def test_what_another_has_made_meanwhile_stays(on_disk, committed, monkeypatch):
    with committed():
        image = make.ImageFactory(file=upload())
    Image.objects.filter(pk=image.pk).update(focal_x=0)
    made = set()

    def make_first():
        with committed():
            image.make_renditions()
        made.update(held(image))

    meanwhile(monkeypatch, make_first)
    with committed():
        Image.objects.get(pk=image.pk).make_renditions()
    assert on_disk() == made == held(image)


def test_a_row_that_goes_meanwhile_leaves_nothing(on_disk, committed, monkeypatch):
    with committed():
        image = make.ImageFactory(file=upload())
    Image.objects.filter(pk=image.pk).update(focal_x=0)

    def delete():
        with committed():
            Image.objects.get(pk=image.pk).delete()

    meanwhile(monkeypatch, delete)
    image.make_renditions()
    assert on_disk() == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time by itself")
def test_two_at_once_leave_one_set(on_disk, monkeypatch):
    image = make.ImageFactory(file=upload())
    Image.objects.filter(pk=image.pk).update(renditions={})
    for name in on_disk() - {image.file.name}:
        image.file.storage.delete(name)
    make_all, both_made = renditions.make, threading.Barrier(2)

    def make_together(content, focal):
        made = make_all(content, focal)
        both_made.wait(20)
        return made

    monkeypatch.setattr(renditions, "make", make_together)

    def work():
        try:
            picture_upkeep.make_missing_renditions()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert on_disk() == held(image)
    assert image.has_current_renditions


def test_due_work_makes_what_is_missing_or_of_an_older_recipe(on_disk, committed, monkeypatch):
    with committed():
        older, current = make.ImageFactory(file=upload()), make.ImageFactory(file=upload(size=(200, 100)))
    missing = make.ImageFactory(file=upload(size=(500, 100)))
    before = held(current)
    Image.objects.filter(pk=older.pk).update(renditions=older.renditions | {"recipe": renditions.RECIPE - 1})
    with committed():
        call_command("run_due")
    assert on_disk() == held(older) | held(current) | held(missing)
    assert older.renditions["recipe"] == renditions.RECIPE
    assert all(image.has_current_renditions for image in Image.objects.all())
    assert held(current) == before

    monkeypatch.setattr(renditions, "make", None)
    call_command("run_due")  # would fail, were there anything left to make


def test_due_work_goes_on_past_a_picture_whose_file_is_gone(committed, caplog):
    lost, found = make.ImageFactory(file=upload()), make.ImageFactory(file=upload(size=(500, 100)))
    lost.file.storage.delete(lost.file.name)
    with committed(), pytest.raises(CommandError, match="make missing renditions"):
        call_command("run_due")
    assert f"Failed to make the renditions of {lost.file.name}" in caplog.text
    found.refresh_from_db()
    assert found.has_current_renditions


@pytest.mark.parametrize(("x", "y"), [(101, 50), (50, 101), (-1, 50)])
def test_the_focal_point_lies_within_the_picture(x, y, on_disk):
    image = make.ImageFactory.build(file=upload(), focal_x=x, focal_y=y)
    with pytest.raises(ValidationError) as refusal:
        image.full_clean()
    assert set(refusal.value.error_dict) >= {"focal_x" if x != 50 else "focal_y"}
    with pytest.raises(IntegrityError), transaction.atomic():
        image.save()
    assert on_disk() == set()


def test_names_tell_what_they_hold(committed):
    """An address never changes its picture: other contents and other cuts have other names."""
    names = set()
    with committed():
        image = make.ImageFactory(file=upload())
    names |= set(image.rendition_names)
    for change in ({"focal_x": 0}, {"focal_x": 50}, {"file": upload(colour="white")}):
        for field, value in change.items():
            setattr(image, field, value)
        with committed():
            image.save()
        assert not names & set(image.rendition_names)
        names |= set(image.rendition_names)
