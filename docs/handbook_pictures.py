"""Takes the pictures of the desk's handbook: the real site, in situations made up for it, at a set moment."""

import os
import subprocess
import sys
from functools import partial

from docs.taking import HERE, MOMENT, STANDING_STILL, keep, log_in, site_and_browser
from partnerships.handbook import CHAPTERS
from tests.real_site import ROOT

FOLDER = ROOT / "static" / "handbook"
WIDTH = 960
MOST_BYTES = 60_000
PASSWORD = "exempel-exempel-exempel"
FROM_WORD = """
<p class=MsoTitle>Så arbetar nätverket</p>
<p class=MsoNormal>Medlemmarna träffas <b>två gånger om året</b> och har
<a href="https://example.org/">en gemensam plan</a>.<o:p></o:p></p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp; </span>Möte på våren</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp; </span>Möte på hösten</p>
"""
# What is else by chance, or in the language of the browser.
SETTLE = """() => {
    for (const link of document.querySelectorAll(".draft-links input")) {
        link.value = "https://www.example.org/forhandsvisning/eXeMpEl";
    }
    for (const moment of document.querySelectorAll("input[type=datetime-local]")) {
        const value = moment.value;
        moment.type = "text";
        moment.value = value.replace("T", " ") || "åååå-mm-dd --:--";
    }
}"""
PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


SCENES = {}


class Desk:
    """The desk of somebody. What is seen begins `top` pixels down the screen, which is as high as the picture."""

    def __init__(self, page):
        self.page, self.top = page, 0

    def edit(self, slug):
        self.page.goto(f"/admin/partnerships/network/?q={slug}")
        self.page.locator("#result_list tbody th a").first.click()

    def write(self, **texts):
        for name, text in texts.items():
            self.page.locator(f"#id_{name}, #{name}").fill(text)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def unfold(self, name):
        self.page.locator("summary").get_by_text(name, exact=True).click()

    def see_from(self, selector):
        """So that it stands at the top."""
        thing = self.page.locator(selector).locator("visible=true").first
        thing.evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 8)")
        self.top = max(thing.bounding_box()["y"] - 8, 0)

    def make_room(self):
        """For what does not fit on a screen that is only as high as the picture."""
        self.page.set_viewport_size({"width": WIDTH, "height": 800})

    def open_bar(self, name):
        self.make_room()
        self.unfold(name)

    def see_bar(self):
        self.see_from("details[open] > .draft-bar__panel")


def begin(desk_of):
    """What waits at the desk before the first picture."""
    alva, bo = desk_of("alva"), desk_of("bo")
    alva.edit("exempelradet")
    alva.write(summary_sv="Exempelrådet ger råd till kommuner i Norden och Baltikum.")
    alva.unfold("Skicka för godkännande")
    alva.write(note="Nu är de baltiska städerna med. Hinner du titta före fredag?")
    alva.press("Skicka nu")
    bo.edit("exempelringen")
    bo.write(summary_sv="I Exempelringen byter gymnasier lärare med varandra, en vecka åt gången.")
    bo.unfold("Mer")
    bo.write(publish_at="2026-12-01T08:00")
    bo.press("Publicera då")


def scene(make):
    """Of the picture that has its name: makes the situation, after those before it, and returns the desk to look at."""
    SCENES[make.__name__] = make
    return make


@scene
def utkast_formular(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelnatverket")
    desk.write(summary_sv="Exempelnätverket samlar åtta små städer som vill lära av varandra. Vi möts en gång om året.")
    desk.press("Spara utkast")
    desk.see_from("h1")
    return desk


@scene
def skrivbordet(desk_of):
    desk = desk_of("bo")
    desk.page.goto("/admin/")
    desk.see_from("#content h1")
    return desk


@scene
def forhandsvisning(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelnatverket")
    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("button", name="Förhandsvisa på svenska").click()
    opened.value.set_viewport_size(desk.page.viewport_size)
    return Desk(opened.value)


@scene
def delad_lank(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelnatverket")
    desk.unfold("Mer")
    desk.press("Skapa en länk")
    desk.open_bar("Mer")
    desk.see_bar()
    return desk


@scene
def att_komplettera(desk_of):
    desk = desk_of("bo")
    desk.page.goto("/admin/partnerships/network/add/")
    desk.write(name_sv="Nätverket för exempel", slug="", started="i våras")
    desk.press("Publicera")
    desk.see_from("h1")
    return desk


@scene
def publicera_senare(desk_of):
    desk = desk_of("bo")
    desk.page.goto("/admin/partnerships/network/add/")
    desk.write(name_sv="Östersjöns exempel")
    desk.press("Spara utkast")
    desk.open_bar("Mer")
    desk.write(publish_at="2026-12-03T08:00", revision_note="Ett nytt nätverk i Östersjön")
    desk.see_bar()
    return desk


@scene
def skicka_for_godkannande(desk_of):
    desk = desk_of("alva")
    desk.edit("exempelklubben")
    desk.write(summary_sv="Exempelklubben ordnar läger och resor för unga.")
    desk.open_bar("Skicka för godkännande")
    desk.write(note="Resorna är nya för i år.")
    desk.see_bar()
    return desk


@scene
def att_godkanna(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelradet")
    desk.see_from("h1")
    return desk


@scene
def avpublicera(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelnatverket")
    desk.open_bar("Mer")
    desk.write(withdraw_at="2026-12-31T16:00")
    desk.see_from("fieldset:has(#withdraw_at)")
    return desk


@scene
def versioner(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelnatverket")
    desk.page.get_by_role("link", name="Historik").click()
    desk.see_from("h1")
    return desk


@scene
def jamforda_versioner(desk_of):
    desk = desk_of("bo")
    desk.press("Jämför")
    desk.see_from("h1")
    return desk


@scene
def annan_har_oppnat(desk_of):
    alva, bo = desk_of("alva"), desk_of("bo")
    alva.edit("exempelnatverket")
    bo.edit("exempelnatverket")
    bo.page.get_by_text("Alva Exempel har också").wait_for()
    bo.see_from("h1")
    return bo


@scene
def bada_versionerna(desk_of):
    alva, bo = desk_of("alva"), desk_of("bo")
    alva.edit("exempelnatverket")
    bo.edit("exempelnatverket")
    bo.write(summary_sv="Exempelnätverket samlar åtta små städer. Vi möts i april varje år.")
    bo.press("Spara utkast")
    alva.write(summary_sv="Exempelnätverket samlar nio små städer som vill lära av varandra. Vi möts en gång om året.")
    alva.press("Spara utkast")
    alva.see_from("h1")
    return alva


@scene
def fokuspunkt(desk_of):
    desk = desk_of("bo")
    desk.page.goto("/admin/partnerships/image/")
    desk.page.locator("#result_list tbody th a").last.click()
    desk.see_from(".field-preview")
    return desk


@scene
def var_bilden_anvands(desk_of):
    desk = desk_of("bo")
    desk.see_from(".field-used_in")
    return desk


@scene
def inklistrat(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelringen")
    editor = desk.page.locator(".field-body_sv .tiptap")
    editor.focus()
    desk.page.keyboard.press("Control+a")
    editor.evaluate(PASTE, FROM_WORD)
    desk.see_from(".field-body_sv")
    return desk


@scene
def uppgift(desk_of):
    desk = desk_of("bo")
    desk.edit("exempelnatverket")
    desk.make_room()
    desk.see_from("#facts-group")
    return desk


@scene
def bjud_in(desk_of):
    desk = desk_of("cleo")
    desk.page.goto("/admin/auth/user/add/")
    desk.write(username="dag", first_name="Dag", last_name="Exempel", email="dag@example.org")
    desk.page.get_by_label("Redaktör").check()
    desk.see_from("h1")
    return desk


@scene
def glomt_losenord(desk_of):
    desk = desk_of("")
    desk.page.goto("/admin/login/")
    return desk


def main():
    FOLDER.mkdir(exist_ok=True)
    with site_and_browser(EMAIL_URL="dummymail://") as (site, folder, browser):
        fill(folder / "var")
        pages = {"": new_page(browser, site)} | {name: new_page(browser, site, name) for name in ("alva", "bo", "cleo")}
        begin(partial(desk_at, pages, 700))
        for picture in (picture for chapter in CHAPTERS for picture in chapter.pictures):
            take(SCENES[picture.name](partial(desk_at, pages, picture.height)), picture)


def take(desk, picture):
    desk.page.wait_for_load_state("networkidle")
    desk.page.evaluate(SETTLE)
    top = min(desk.top, desk.page.viewport_size["height"] - picture.height)
    clip = {"x": 0, "y": top, "width": WIDTH, "height": picture.height}
    seen = desk.page.screenshot(clip=clip, animations="disabled", caret="hide")
    keep(seen, ROOT / "static" / picture.file, MOST_BYTES)


def fill(data):
    own = {"DATA_DIR": str(data), "SECRET_KEY": "made-up-for-pictures", "ALLOWED_HOSTS": "localhost"}
    command = [sys.executable, "-m", "docs.handbook_data", PASSWORD]
    subprocess.run(command, cwd=ROOT, env=os.environ | STANDING_STILL | own, check=True)  # noqa: S603 our own


def new_page(browser, site, name=""):
    page = browser.new_context(base_url=site.url, color_scheme="light", **HERE).new_page()
    page.clock.set_fixed_time(MOMENT)
    page.on("dialog", lambda dialog: dialog.accept())  # leaves what is not saved
    page.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
    if name:
        log_in(page, name, PASSWORD)
    return page


def desk_at(pages, height, name):
    pages[name].set_viewport_size({"width": WIDTH, "height": height})
    return Desk(pages[name])


if __name__ == "__main__":
    main()
