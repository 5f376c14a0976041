"""An editor's whole errand in a real browser, with JavaScript and without: from an empty form to a restored version."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.own_site import own_site

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("browser")]

ADD = "/admin/partnerships/network/add/"
FACTS = [
    {"label_sv": "Medlemmar", "value_sv": "tolv städer", "label_en": "Members", "value_en": "twelve cities"},
    {"label_sv": "Språk", "value_sv": "tre språk", "label_en": "Languages", "value_en": "three languages"},
]


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_blocker):
    with own_site(tmp_path_factory.mktemp("flow"), django_db_blocker) as site:
        yield site


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def desk(request, browser, site):
    """Somebody logged in, and what everybody else sees beside it."""
    context = browser.new_context(base_url=site.site.url, java_script_enabled=request.param)
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Användarnamn").fill(site.site.username)
    page.get_by_label("Lösenord").fill(site.site.password)
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_be_visible()
    page.has_script = request.param
    yield page
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def more(page, name):
    """A button of those that are folded away."""
    button = page.get_by_role("button", name=name, exact=True).first
    if not button.is_visible():
        page.get_by_text("Mer", exact=True).click()
    return button


def add_fact(page, number, values):
    if page.has_script:
        page.locator("#facts-group .add-row a").click()
    else:
        page.get_by_role("button", name="uppgifter").click()
    for name, value in values.items():
        page.locator(f"#id_facts-{number}-{name}").fill(value)


def public_pages(slug):
    return [f"/natverk/{slug}/", f"/en/networks/{slug}/", "/natverk/", "/", "/sitemap.xml"]


def shown(site, slug, text):
    """Those of the public pages that hold the text or the slug."""
    found = []
    for path in public_pages(slug):
        response = site.site.get(path)
        content = response.content.decode()
        if response.status == 200 and (text in content or slug in content):
            found.append(path)
    return found


def preview(page, name):
    """The page that opens in a new tab."""
    with page.expect_popup() as popup:
        page.get_by_role("button", name=name).first.click()
    seen = popup.value
    seen.wait_for_load_state()
    return seen


def test_written_previewed_scheduled_changed_compared_and_restored(desk, site):
    slug = f"exempelnatet-{desk.has_script:d}"
    name, name_en = f"Exempelnätet {slug}", f"The Example Network {slug}"
    desk.goto(ADD)
    for field, value in {
        "slug": slug,
        "name_sv": name,
        "name_en": name_en,
        "summary_sv": "Om broar mellan städer.",
    }.items():
        desk.locator(f"#id_{field}").fill(value)
    for number, fact in enumerate(FACTS):
        add_fact(desk, number, fact)
    press(desk, "Spara utkast")
    expect(desk.locator(".messagelist .success")).to_contain_text("Utkastet är sparat")
    assert shown(site, slug, name) == []

    in_swedish = preview(desk, "Förhandsvisa")
    expect(in_swedish.get_by_role("heading", level=1)).to_have_text(name)
    expect(in_swedish.get_by_text("tolv städer")).to_be_visible()
    in_swedish.get_by_role("link", name="English").first.click()
    expect(in_swedish.get_by_role("heading", level=1)).to_have_text(name_en)
    expect(in_swedish.get_by_text("three languages")).to_be_visible()
    in_swedish.close()

    moment = datetime.datetime.now(ZoneInfo("Europe/Stockholm")).replace(microsecond=0) + datetime.timedelta(days=2)
    then = more(desk, "Publicera då")
    desk.locator("#publish_at").fill(f"{moment:%Y-%m-%dT%H:%M}")
    then.click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Det publiceras")
    site.run("run_due")
    assert shown(site, slug, name) == []
    site.run("run_due", at=moment)
    assert shown(site, slug, name) == public_pages(slug)

    desk.goto("/admin/partnerships/network/")
    desk.get_by_role("link", name=name).first.click()
    desk.locator("#id_summary_sv").fill("Om tunnlar mellan städer.")
    press(desk, "Spara utkast")
    expect(desk.locator(".messagelist .success")).to_contain_text("Utkastet är sparat")
    address = desk.url
    assert b"Om broar" in site.site.get(f"/natverk/{slug}/").content
    desk.goto("/admin/")
    desk.get_by_role("link", name=name).first.click()
    expect(desk.locator("#id_summary_sv")).to_have_value("Om tunnlar mellan städer.")
    press(desk, "Publicera")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert b"Om tunnlar" in site.site.get(f"/natverk/{slug}/").content

    desk.goto(address)
    desk.get_by_role("link", name="Historik").first.click()
    press(desk, "Jämför")
    expect(desk.locator(".told ins").first).to_contain_text("tunnlar")
    expect(desk.locator(".told del").first).to_contain_text("broar")
    desk.go_back()
    desk.get_by_role("button", name="Återställ").last.click()
    expect(desk.locator("#id_summary_sv")).to_have_value("Om broar mellan städer.")
    assert b"Om tunnlar" in site.site.get(f"/natverk/{slug}/").content
    press(desk, "Publicera")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    content = site.site.get(f"/natverk/{slug}/").content.decode()
    assert [text for text in ("Om broar", "tolv städer", "tre språk") if text not in content] == []


def test_what_one_types_is_saved_by_itself_and_there_when_one_comes_back(desk, site):
    if not desk.has_script:
        pytest.skip("saving by itself is what JavaScript adds")
    desk.goto("/admin/partnerships/network/")
    desk.locator("#result_list tbody th a").last.click()
    address = desk.url
    desk.locator("#id_theme_sv").fill("Skrivet utan knapp")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("Utkastet sparat", timeout=15_000)
    desk.goto("/admin/")
    desk.goto(address)
    expect(desk.locator("#id_theme_sv")).to_have_value("Skrivet utan knapp")
    assert b"Skrivet utan knapp" not in site.site.get("/natverk/").content


def test_no_form_takes_itself_for_changed(desk, site):
    if not desk.has_script:
        pytest.skip("saving by itself is what JavaScript adds")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(desk.url), dialog.accept()))
    for kind in ("twintown", "agreement", "program", "network", "contact", "contactcentre", "page"):
        desk.goto(f"/admin/partnerships/{kind}/")
        desk.locator("#result_list tbody th a").first.click()
        desk.wait_for_load_state()
        desk.keyboard.press("Tab")  # a browser asks only those who have touched the page
        desk.goto("/admin/")
    assert asked == []
