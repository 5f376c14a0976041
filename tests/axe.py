"""axe-core in a page: every rule for WCAG 2.0 to 2.2, A and AA, and for good practice."""

from axe_playwright_python.base import AXE_SCRIPT

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    # Both are left out unless asked for by name.
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
    "selectors": False,
}
# Of those, the rules whose verdict hangs on the colours that are shown, and not on the page's elements alone.
COLOUR_OPTIONS = OPTIONS | {"runOnly": ["color-contrast", "link-in-text-block"], "rules": {}}
# In forced colours Chromium draws text in the forced colour, and tells that only as `color`; axe asks for the fill.
PREPARE = """() => {
    const told = CSSStyleDeclaration.prototype.getPropertyValue;
    CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
        const isForced = name === "-webkit-text-fill-color" && matchMedia("(forced-colors: active)").matches;
        return told.call(this, isForced ? "color" : name);
    };
}"""
RUN = """(options) => axe.run(options).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.replace(/\\s+/g, " ")}`)))"""


def violations(page, options=OPTIONS):
    """A text for each fault: the rule's name and the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(PREPARE)
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, options)
