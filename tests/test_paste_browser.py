"""Pasting into the editor of the admin, in a real browser, all the way to the public page."""

import pytest
from playwright.sync_api import expect

from tests.test_paste import FROM_GOOGLE_DOCS, FROM_WORD, PASTED

pytestmark = [pytest.mark.browser, pytest.mark.once]

PUBLISH = "Publicera"
PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def network_form(page, served_site):
    """The form of a new network, which is deleted afterwards."""
    page.goto("/admin/login/?next=/admin/partnerships/network/add/")
    page.get_by_label("Användarnamn").fill(served_site.username)
    page.get_by_label("Lösenord").fill(served_site.password)
    page.keyboard.press("Enter")
    page.locator("#id_slug").fill("inklistrat")
    page.locator("#id_name_sv").fill("Exempelnätverket")
    yield page
    open_the_form(page)
    page.goto(page.url.replace("/change/", "/delete/"))
    page.get_by_role("button", name="Ja").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def open_the_form(page):
    page.goto("/admin/partnerships/network/?q=inklistrat")
    page.locator("#result_list tbody th a").click()
    page.wait_for_url("**/change/**")


@pytest.mark.parametrize(
    ("file", "first_item", "kept"),
    [
        ("word.html", "Möten två gånger om åretpå våren i Exempelstad", FROM_WORD),
        ("google_docs.html", "Mötenpå våren", FROM_GOOGLE_DOCS),
    ],
)
def test_what_is_pasted_is_clean_in_the_editor_in_store_and_in_public(network_form, file, first_item, kept):
    editor = network_form.locator(".field-body_sv .tiptap")
    editor.evaluate(PASTE, (PASTED / file).read_text())
    expect(editor.get_by_role("listitem").first).to_have_text(first_item)
    network_form.get_by_role("button", name=PUBLISH, exact=True).click()
    expect(network_form.locator(".messagelist .success")).to_be_visible()
    open_the_form(network_form)
    assert network_form.locator("#id_body_sv").input_value() == kept
    network_form.goto("/natverk/inklistrat/")
    assert network_form.locator(".prose").first.inner_html() == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ('<p style="font-weight:700">fet <span style="font-weight:400">mager</span></p>', "<strong>fet </strong>mager"),
        ('<p><b style="font-weight:normal">mager <b>fet</b></b></p>', "mager <strong>fet</strong>"),
        ('<p><i style="font-style:normal">rak</i> <i>sned</i></p>', "rak <em>sned</em>"),
        ('<p><span style="font-style:italic;font-weight:bold">båda</span></p>', "<strong><em>båda</em></strong>"),
        ('<p>se <a href="https://example.org/"><b>dit</b></a></p>', "<strong>dit</strong></a>"),
    ],
)
def test_what_is_bold_or_italic_after_all_stays_so(network_form, pasted, kept):
    editor = network_form.locator(".field-body_sv .tiptap")
    editor.evaluate(PASTE, pasted)
    expect(editor).not_to_have_text("")
    assert kept in editor.inner_html()
    network_form.get_by_role("button", name=PUBLISH, exact=True).click()
