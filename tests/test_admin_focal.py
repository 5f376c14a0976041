"""The focal point in the admin: numbers for everybody, a click, a drag or the arrow keys in a browser."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image as Picture
from PIL import ImageChops, ImageStat
from playwright.sync_api import expect

from partnerships import renditions
from partnerships.content_import import CONTENT
from partnerships.models import Image
from tests import factories as make
from tests.admin_forms import error_at, filled_in


@pytest.mark.django_db
class TestWithoutABrowser:
    @pytest.fixture
    def editor(self, client):
        client.force_login(make.UserFactory(is_superuser=True))
        return client

    @staticmethod
    def address(image):
        return reverse("admin:partnerships_image_change", args=[image.pk])

    def test_the_numbers_are_saved(self, editor):
        image = make.ImageFactory()
        sent = filled_in(editor.get(self.address(image)), focal_x="20", focal_y="85")
        assert editor.post(self.address(image), sent).status_code == 302
        image.refresh_from_db()
        assert image.focal == [20, 85]

    @pytest.mark.parametrize("value", ["101", "-1", "mitten", ""])
    def test_a_point_outside_is_told_at_its_field(self, editor, value):
        image = make.ImageFactory()
        response = editor.post(self.address(image), filled_in(editor.get(self.address(image)), focal_x=value))
        assert len(error_at(response, "focal_x")) == 1
        assert Image.objects.get().focal == [50, 50]

    def test_list_and_form_show_small_files(self, editor):
        image = make.ImageFactory()
        image.make_renditions()
        small = f"/media/{image.renditions['stem']}-whole-64.avif"
        for address in (reverse("admin:partnerships_image_changelist"), self.address(image)):
            assert f'src="{small}"' in editor.get(address).content.decode()


@pytest.fixture
def browser_context_args(browser_context_args):
    return browser_context_args | {"has_touch": True}


@pytest.fixture
def desk(page, served_site):
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto("/admin/")
    page.get_by_label("Användarnamn").fill(served_site.username)
    page.get_by_label("Lösenord").fill(served_site.password)
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_be_visible()
    page.goto("/admin/partnerships/image/1/change/")
    return page


def point(desk):
    return [int(desk.locator(f"#id_focal_{axis}").input_value()) for axis in "xy"]


def save(desk):
    desk.get_by_role("button", name="Spara och fortsätt redigera").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()


def shown_cut(site):
    """The picture that the landing page opens with on wide screens."""
    source = re.search(r"/media/pictures/[^ \"]*-wide-1600\.jpg", site.get("/").content.decode())[0]
    return Picture.open(io.BytesIO(site.get(source).content)).convert("RGB")


def expected_cut(focal):
    with Picture.open(CONTENT / "pictures" / "tempe.jpg") as master:
        part = master.crop(renditions.box(master.size, renditions.CROPS["wide"].ratio, focal))
    return part.resize((1600, 820), Picture.Resampling.LANCZOS)


def is_same(one, other):
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).rms[0] < 5


def middle_of(locator, x, y):
    box = locator.bounding_box()
    return box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.xdist_group("browser")
class TestInABrowser:
    def test_a_click_on_the_picture_sets_what_stays_in_view(self, desk, served_site):
        assert point(desk) == [50, 50]
        before = shown_cut(served_site)
        assert is_same(before, expected_cut((50, 50)))
        preview = desk.locator(".focal__stage img")
        desk.mouse.click(*middle_of(preview, 20, 10))
        assert point(desk) == [20, 10]
        expect(desk.locator(".focal__cut img")).to_have_css("object-position", "50% 0%")
        try:
            save(desk)
            assert point(desk) == [20, 10]
            after = shown_cut(served_site)
            assert is_same(after, expected_cut((20, 10)))
            assert not is_same(after, before)
        finally:
            desk.locator("#id_focal_x").fill("50")
            desk.locator("#id_focal_y").fill("50")
            save(desk)
        assert is_same(shown_cut(served_site), expected_cut((50, 50)))

    def test_the_point_is_dragged(self, desk):
        preview = desk.locator(".focal__stage img")
        desk.mouse.move(*middle_of(preview, 50, 50))
        desk.mouse.down()
        desk.mouse.move(*middle_of(preview, 70, 60))
        desk.mouse.move(*middle_of(preview, 80, 25))
        assert point(desk) == [80, 25]
        desk.mouse.move(*middle_of(preview, 130, -40))
        desk.mouse.up()
        assert point(desk) == [100, 0]
        desk.mouse.move(*middle_of(preview, 30, 30))
        assert point(desk) == [100, 0]

    def test_the_arrow_keys_move_the_point_and_say_where_it_is(self, desk):
        handle = desk.locator(".focal__point")
        handle.focus()
        for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowRight"):
            desk.keyboard.press(key)
        assert point(desk) == [58, 59]
        name = handle.get_attribute("aria-label")
        assert "58" in name
        assert "59" in name
        desk.keyboard.press("Tab")
        expect(handle).not_to_be_focused()

    def test_the_numbers_move_the_point(self, desk):
        desk.locator("#id_focal_x").fill("75")
        at = desk.locator(".focal__point").bounding_box()
        wanted = middle_of(desk.locator(".focal__stage img"), 75, 50)
        assert abs(at["x"] + at["width"] / 2 - wanted[0]) < 1
        assert abs(at["y"] + at["height"] / 2 - wanted[1]) < 1

    def test_a_finger_taps_and_may_scroll_past(self, desk):
        preview = desk.locator(".focal__stage img")
        assert preview.evaluate("element => getComputedStyle(element).touchAction") == "auto"
        assert desk.locator(".focal__point").evaluate("element => getComputedStyle(element).touchAction") == "none"
        preview.dispatch_event("pointerdown", {"pointerType": "touch", "button": 0, "clientX": 5, "clientY": 5})
        assert point(desk) == [50, 50]
        desk.touchscreen.tap(*middle_of(preview, 30, 70))
        assert point(desk) == [30, 70]
