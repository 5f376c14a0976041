"""A visit to a page in a real browser, at each width and in each look, that notes every fault of it.

The checks themselves are in in_page/, in the language of the page.
"""

import contextlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests import axe

IN_PAGE = {file.stem: file.read_text() for file in (Path(__file__).parent / "in_page").glob("*.js")}
# The small one is what is left of 1280 × 1024 px at 400 %, WCAG 2.2, 1.4.10.
WINDOWS = {320: (320, 256), 768: (768, 1024), 1440: (1440, 900)}
LOOKS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
# The keyboard, and the rules that do not hang on colours, go through every width once, and through every look.
WALKED_IN = {320: "dark", 768: "forced colours", 1440: "light"}
FORTH, BACK_TOO = ("Tab",), ("Tab", "Shift+Tab")
# What a page is to be the same in with JavaScript and without; `live_parts` are compared apart.
SAME_WITHOUT_JAVASCRIPT = ("text", "links", "controls")


@dataclass
class Visit:
    """faults: {what kind: [texts]}; notes: what the page says of itself."""

    faults: dict = field(default_factory=lambda: defaultdict(list))
    notes: dict = field(default_factory=dict)

    def note(self, kind, found, where=""):
        self.faults[kind] += [f"{text} [{where}]" if where else text for text in found]


class Visitor:
    """Goes to the pages of one site. `browser` is Playwright's; use as a context manager."""

    def __init__(self, browser, site_url):
        self.host = urlsplit(site_url).netloc
        options = {"base_url": site_url, "locale": "sv-SE"}
        self.context = browser.new_context(**options)
        self.without_javascript = browser.new_context(java_script_enabled=False, **options)
        # A new one for each address would cost more than the address itself.
        self.page, self.plain_page = self.context.new_page(), self.without_javascript.new_page()

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.context.close()
        self.without_javascript.close()

    def visit(self, address):
        seen = Visit()
        for width in WINDOWS:
            with self._opened(self.page, address, width, seen):
                self._look(self.page, width, seen)
                seen.notes = self.page.evaluate(IN_PAGE["notes"])
        with self._opened(self.plain_page, address, width, seen):
            seen.note("whole without JavaScript", differences(self.plain_page.evaluate(IN_PAGE["notes"]), seen.notes))
        for context in (self.context, self.without_javascript):
            seen.note("keeps nothing", [f"cookie {cookie['name']}" for cookie in context.cookies()])
            context.clear_cookies()
        seen.faults = {kind: found for kind, found in seen.faults.items() if found}
        return seen

    @contextlib.contextmanager
    def _opened(self, page, address, width, seen):
        size = dict(zip(("width", "height"), WINDOWS[width], strict=True))
        # A page that sees its window change asks for other pictures, which the next page would cut off.
        page.goto("about:blank")
        page.set_viewport_size(size)
        # Nothing may move by itself, for those either who have not asked for less motion.
        page.emulate_media(reduced_motion="no-preference", **LOOKS["light"])
        with self._watched(page, address, seen):
            response = page.goto(address.path)
            if address.sent is not None:
                response = send(page, address.fields)
            if response.status != address.status:
                seen.note("answers", [f"{response.status}, not {address.status}"])
            yield

    @contextlib.contextmanager
    def _watched(self, page, address, seen):
        """Notes what the page says on the console, and whom it asks for what, while the context lasts."""
        path = urlsplit(address.path).path

        def on_console(message):
            # The browser itself tells of a page that answers with an error, as it should here.
            if address.status < 400 or urlsplit(message.location["url"]).path != path:
                seen.note("silent", [f"{message.type}: {message.text}"])

        def on_request(request):
            parts = urlsplit(request.url)
            if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
                seen.note("asks nobody else", [request.url])

        def on_response(response):
            if response.status >= 400 and not (
                response.status == address.status and response.request.is_navigation_request()
            ):
                seen.note("loads whole", [f"{response.status} {response.url}"])

        listeners = {
            "console": on_console,
            "pageerror": lambda error: seen.note("silent", [f"error: {error}"]),
            "request": on_request,
            "response": on_response,
            "requestfailed": lambda request: seen.note("loads whole", [f"{request.failure} {request.url}"]),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        try:
            yield
        finally:
            for event, listener in listeners.items():
                page.remove_listener(event, listener)

    def _look(self, page, width, seen):
        moving = page.evaluate("document.getAnimations().map((moving) => moving.effect.target?.outerHTML.slice(0, 90))")
        seen.note("moves by itself", moving, width)
        page.emulate_media(reduced_motion="reduce")
        seen.note("less motion", page.evaluate(IN_PAGE["motion"]), width)
        seen.note("loads whole", page.evaluate(IN_PAGE["pictures"]), width)
        for look, media in LOOKS.items():
            page.emulate_media(**media)
            is_walked = look == WALKED_IN[width]
            options = axe.OPTIONS if is_walked else axe.COLOUR_OPTIONS
            seen.note("axe", axe.violations(page, options), f"{width}, {look}")
            seen.note("fits", page.evaluate(IN_PAGE["layout"]), f"{width}, {look}")
            if is_walked:
                seen.note("keyboard", walk(page, BACK_TOO if width == min(WINDOWS) else FORTH), f"{width}, {look}")
        page.evaluate(IN_PAGE["text_spacing"])
        seen.note("fits", page.evaluate(IN_PAGE["layout"]), f"{width}, text spacing")
        seen.note("keeps nothing", page.evaluate(IN_PAGE["stores"]), width)


def send(page, fields):
    """Sends the page's form with these in its fields; the response to it."""
    form = page.locator("main form").first
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    with page.expect_navigation() as sent:
        form.evaluate("(form) => { form.noValidate = true; form.requestSubmit(); }")
    return sent.value


def walk(page, keys=BACK_TOO):
    """Tab through the page and out of it, and back again where told: a text for each fault."""
    page.evaluate(IN_PAGE["walk"])
    faults = []
    for key in keys:
        # One press more than there are stops leads out of the page.
        for _ in range(page.evaluate("(isBack) => tabWalk.begin(isBack)", key == "Shift+Tab") + 1):
            page.keyboard.press(key)
        faults += page.evaluate("tabWalk.end()")
    return faults


def differences(without, with_javascript):
    """What is in one and not in the other of a page's notes, and parts that JavaScript has emptied."""
    faults = []
    for what in SAME_WITHOUT_JAVASCRIPT:
        one, other = (
            notes[what].splitlines() if what == "text" else notes[what] for notes in (without, with_javascript)
        )
        faults += [f"{what}, only without: {part}" for part in one if part not in other]
        faults += [f"{what}, only with: {part}" for part in other if part not in one]
        if not faults and one != other:
            faults.append(f"{what}, in another order")
    held, holds = without["liveParts"], with_javascript["liveParts"]
    if len(held) != len(holds) or any(before and not after for before, after in zip(held, holds, strict=False)):
        faults.append(f"data-live: {held} without, {holds} with")
    return faults
