"""Takes the pictures of docs/screenshots/: the real site with its own content, at set sizes and at a set moment."""

import datetime
import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import real_site, system

FOLDER = Path(__file__).parent / "screenshots"
HEIGHTS = {360: 740, 1440: 900}
MOST_BYTES = 300_000
# A Tuesday, while the contact centre is open; on the clocks of the site and of the browser.
MOMENT = datetime.datetime(2026, 11, 24, 10, 20, tzinfo=ZoneInfo("Europe/Stockholm"))
STANDING_STILL = {"DJANGO_SETTINGS_MODULE": "docs.still_clock", "STILL_CLOCK": MOMENT.isoformat()}


@dataclass(frozen=True)
class Shot:
    """click: the name of a link on the page, which leads to what is to be seen."""

    name: str
    path: str
    width: int = 1440
    scheme: str = "light"
    click: str = ""


SHOTS = [
    Shot("landing-1440-light", "/"),
    Shot("landing-1440-dark", "/", scheme="dark"),
    Shot("landing-360-light", "/", width=360),
    Shot("landing-360-dark", "/", width=360, scheme="dark"),
    Shot("town", "/vanorter/tempe/"),
    Shot("network", "/natverk/sern/"),
    Shot("search", "/sok/?q=student"),
    Shot("admin-town", "/admin/partnerships/twintown/?q=tempe", click="Tempe"),
]


def main():
    chromium = system.find_chromium()
    if not chromium:
        raise SystemExit("This needs Chromium (as root on Debian: apt-get install chromium).")
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        real_site.served(Path(folder), **STANDING_STILL) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        failed = [shot.name for shot in SHOTS if not taken(browser, site, shot)]
        browser.close()
    return int(bool(failed))


def taken(browser, site, shot):
    """Whether the picture was taken; what there is, or why there is none, is told."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": shot.width, "height": HEIGHTS[shot.width]},
        device_scale_factor=2 if shot.width < 500 else 1,
        color_scheme=shot.scheme,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
    )
    with context:
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        if shot.path.startswith("/admin/"):
            log_in(page, site)
        response = page.goto(shot.path)
        if not response.ok:
            print(f"{shot.name}: not taken, for {shot.path} answers {response.status}")
            return False
        if shot.click:
            page.locator("#content").get_by_role("link", name=shot.click, exact=True).click()
        page.wait_for_load_state("networkidle")
        file = FOLDER / f"{shot.name}.webp"
        size = keep(page.screenshot(animations="disabled"), file)
    print(f"{file.relative_to(FOLDER.parent.parent)}: {size / 1000:.0f} kB")
    return True


def log_in(page, site):
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Användarnamn").fill(site.username)
    page.get_by_label("Lösenord").fill(site.password)
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()


def keep(screenshot, file):
    """Writes the picture, in as many colours as fit; its size in bytes."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    for quality in (90, 80, 70, 60):
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= MOST_BYTES:
            file.write_bytes(written.getvalue())
            return written.tell()
    raise SystemExit(f"{file.name} does not fit in {MOST_BYTES} bytes")


if __name__ == "__main__":
    sys.exit(main())
