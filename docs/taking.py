"""What the scripts that take pictures share: a moment that stands still, a browser, a login, a small enough file."""

import contextlib
import datetime
import io
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import real_site, system

# A Tuesday, while the contact centre is open; on the clocks of the site and of the browser.
MOMENT = datetime.datetime(2026, 11, 24, 10, 20, tzinfo=ZoneInfo("Europe/Stockholm"))
STANDING_STILL = {"DJANGO_SETTINGS_MODULE": "docs.still_clock", "STILL_CLOCK": MOMENT.isoformat()}
HERE = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


@contextlib.contextmanager
def site_and_browser(**settings):
    """(the real site with its own content, its folder, a browser), for as long as the pictures take."""
    chromium = system.find_chromium()
    if not chromium:
        raise SystemExit("This needs Chromium (as root on Debian: apt-get install chromium).")
    with (
        tempfile.TemporaryDirectory() as folder,
        real_site.served(Path(folder), **STANDING_STILL | settings) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield site, Path(folder), browser
        browser.close()


def log_in(page, username, password):
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(password)
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()


def keep(screenshot, file, most_bytes):
    """Writes the picture, in as many colours as fit."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    for quality in (90, 80, 70, 60):
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= most_bytes:
            file.write_bytes(written.getvalue())
            print(f"{file.relative_to(real_site.ROOT)}: {written.tell() / 1000:.0f} kB")
            return
    raise SystemExit(f"{file.name} does not fit in {most_bytes} bytes")
