"""Takes the pictures of docs/screenshots/: the real site with its own content, at set sizes and at a set moment."""

import sys
from dataclasses import dataclass
from pathlib import Path

from docs.taking import HERE, MOMENT, keep, log_in, site_and_browser

FOLDER = Path(__file__).parent / "screenshots"
HEIGHTS = {360: 740, 1440: 900}
MOST_BYTES = 300_000


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
    FOLDER.mkdir(exist_ok=True)
    with site_and_browser() as (site, _folder, browser):
        failed = [shot.name for shot in SHOTS if not taken(browser, site, shot)]
    return int(bool(failed))


def taken(browser, site, shot):
    """Whether the picture was taken; why there is none, is told."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": shot.width, "height": HEIGHTS[shot.width]},
        device_scale_factor=2 if shot.width < 500 else 1,
        color_scheme=shot.scheme,
        **HERE,
    )
    with context:
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        if shot.path.startswith("/admin/"):
            log_in(page, site.username, site.password)
        response = page.goto(shot.path)
        if not response.ok:
            print(f"{shot.name}: not taken, for {shot.path} answers {response.status}")
            return False
        if shot.click:
            page.locator("#content").get_by_role("link", name=shot.click, exact=True).click()
        page.wait_for_load_state("networkidle")
        keep(page.screenshot(animations="disabled"), FOLDER / f"{shot.name}.webp", MOST_BYTES)
    return True


if __name__ == "__main__":
    sys.exit(main())
