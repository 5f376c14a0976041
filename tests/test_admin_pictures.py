"""Pictures in the admin: what is refused says why at its field and leaves nothing behind; what is kept is bare."""

import io
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from PIL import Image as Picture

from partnerships.models import Image
from tests import factories as make
from tests.admin_forms import error_at, filled_in

pytestmark = pytest.mark.django_db

ADD = reverse("admin:partnerships_image_add")
LIST = reverse("admin:partnerships_image_changelist")
GPS, CAMERA = 0x8825, 0x010F


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


def encoded(form="JPEG", size=(64, 48), **options):
    out = io.BytesIO()
    Picture.new("RGB", size, (11, 92, 107)).save(out, form, **options)
    return out.getvalue()


def huge_header():
    """A PNG that says it is 30 000 pixels wide and high, with nothing behind it."""
    png = bytearray(encoded("PNG"))
    png[16:24] = (30_000).to_bytes(4) * 2
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4)
    return bytes(png)


def kept_on_disk(settings):
    return [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]


def upload(editor, name, content, address=ADD, **changes):
    form = {"title": "Kvällsljus", "alt_sv": "Staden i kvällsljus."} | changes
    return editor.post(address, filled_in(editor.get(address), **form) | {"file": SimpleUploadedFile(name, content)})


def test_a_picture_is_kept_without_what_its_camera_knew(editor, settings):
    exif = Picture.Exif()
    exif[CAMERA] = "Exempelkameran"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (58.0, 17.0, 1.0)
    photo = encoded(exif=exif)
    assert b"Exempelkameran" in photo

    assert upload(editor, "kväll.jpg", photo).status_code == 302
    (file,) = kept_on_disk(settings)
    assert b"Exempelkameran" not in file.read_bytes()
    with Picture.open(file) as picture:
        assert dict(picture.getexif()) == {}
        assert "exif" not in picture.info
    image = Image.objects.get()
    assert (image.width, image.height, image.file.name) == (64, 48, f"pictures/{file.name}")


REFUSED = {
    "truncated": ("avbruten.jpg", encoded(size=(640, 480), quality=95)[:-400], "är skadad eller avklippt"),
    "svg": ("teckning.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "är en SVG-fil"),
    "svg in disguise": ("teckning.png", b'<?xml version="1.0"?><svg/>', "är en SVG-fil"),
    "text": ("brev.jpg", b"Hej! Det var en fin bild.", "är ingen bild som kan visas"),
    "empty": ("tom.jpg", b"", "filen är tom"),
    "over 50 megapixels": ("bomb.png", encoded("PNG", size=(8000, 6300)), "mer än 50 miljoner bildpunkter"),
    "far over": ("bomb.png", huge_header(), "mer än 50 miljoner bildpunkter"),
    "over 20 MB": ("stor.jpg", encoded() + b"\0" * (20 * 1024 * 1024), "är 21 MB"),
    "wrong extension": ("bild.png", encoded(), "innehåller en JPEG-bild"),
    "no extension": ("bild", encoded(), "innehåller en JPEG-bild"),
    "another kind": ("bild.gif", encoded("GIF"), "är ingen bild som kan visas"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_refused_picture_says_why_and_leaves_nothing(editor, settings, name, content, reason):
    response = upload(editor, name, content)
    assert response.status_code == 200
    (told,) = error_at(response, "file")
    assert reason in told
    assert response.content.decode().count('<ul class="errorlist" id="id_file_error">') == 1
    assert filled_in(response)["title"] == ["Kvällsljus"]
    assert response.context["chosen_files_lost"] is True
    assert not Image.objects.exists()
    assert kept_on_disk(settings) == []


def test_a_refused_picture_leaves_the_one_there_was(editor, settings):
    image = make.ImageFactory()
    address = reverse("admin:partnerships_image_change", args=[image.pk])
    response = upload(editor, "brev.jpg", b"Hej!", address)
    assert len(error_at(response, "file")) == 1
    assert f'<img class="preview" src="/media/{image.file.name}"' in response.content.decode()
    assert [file.name for file in kept_on_disk(settings)] == [image.file.name.removeprefix("pictures/")]


def test_another_picture_takes_the_place_of_the_first(editor, settings, django_capture_on_commit_callbacks):
    image = make.ImageFactory()
    address = reverse("admin:partnerships_image_change", args=[image.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert upload(editor, "ny.jpg", encoded(size=(30, 20)), address).status_code == 302
    before = image.file.name
    image.refresh_from_db()
    assert image.width == 30
    kept = {f"pictures/{file.name}" for file in kept_on_disk(settings)}
    assert kept == {image.file.name, *image.rendition_names}
    assert before not in kept


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"alt_sv": ""}, "alt_sv", "Describe what the picture shows, or tick that it is decorative."),
        (
            {"is_decorative": "on"},
            "is_decorative",
            "Empty the alternative texts, or say that the picture is not decorative.",
        ),
    ],
)
def test_the_picture_is_described_or_decorative(editor, settings, values, field, message):
    response = upload(editor, "bild.jpg", encoded(), **values)
    assert error_at(response, field) == [gettext(message)]
    assert [error.anchor for error in response.context["error_summary"]] == [f"id_{field}_error"]
    assert kept_on_disk(settings) == []


def test_a_decorative_picture_needs_no_description(editor):
    assert upload(editor, "bild.jpg", encoded(), alt_sv="", is_decorative="on").status_code == 302


def test_list_and_form_show_the_picture_and_where_it_is_used(editor):
    image = make.ImageFactory(alt_sv="En gata")
    town = make.TwinTownFactory(name_sv="Norrtuna", image=image)
    listed = editor.get(LIST).content.decode()
    shown = f'src="/media/{image.file.name}" alt="En gata" width="64" height="48"'
    assert f'<img class="thumbnail" {shown} loading="lazy">' in listed
    form = editor.get(reverse("admin:partnerships_image_change", args=[image.pk])).content.decode()
    assert f'<img class="preview" {shown}>' in form
    assert f'<a href="{reverse("admin:partnerships_twintown_change", args=[town.pk])}">Norrtuna</a>' in form


def test_deleted_pictures_leave_no_file(editor, settings, django_capture_on_commit_callbacks):
    images = make.ImageFactory.create_batch(2)
    selected = {"action": "delete_selected", "post": "yes", "_selected_action": [image.pk for image in images]}
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(LIST, selected)
    assert not Image.objects.exists()
    assert kept_on_disk(settings) == []
