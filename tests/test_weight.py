"""What a first visit to the landing page takes over the wire, on a phone: bodies as they were sent, headers beside."""

import re
from collections import Counter

import pytest

from tests.visiting import IN_PAGE

pytestmark = [pytest.mark.browser, pytest.mark.once]

PHONE = {"width": 360, "height": 740}
KB = 1000
AT_MOST = {"Document": 14 * KB, "all but pictures": 60 * KB, "all": 160 * KB}


def bytes_on_the_wire(page, address):
    """{kind of resource: bytes} of all that is loaded for the page, and their sums; kinds as Chromium names them.

    Bodies only where the kind is "Document", as the limit for HTML is about the page itself; else with headers.
    """
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds, headers, sums = {}, {}, Counter()

    def begin(event):
        kinds[event["requestId"]] = event["type"]

    def receive(event):
        headers[event["requestId"]] = event["response"]["encodedDataLength"]

    def finish(event):
        kind = kinds[event["requestId"]]
        size = event["encodedDataLength"]
        sums["all"] += size
        if kind != "Image":
            sums["all but pictures"] += size
        sums[kind] += size - headers[event["requestId"]] if kind == "Document" else size

    wire.on("Network.requestWillBeSent", begin)
    wire.on("Network.responseReceived", receive)
    wire.on("Network.loadingFinished", finish)
    page.goto(address, wait_until="networkidle")
    # Whoever reads to the end has the pictures further down too.
    assert page.evaluate(IN_PAGE["pictures"]) == []
    wire.detach()
    return dict(sums)


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_landing_page_is_light(browser, served_site, address):
    with browser.new_context(base_url=served_site.url, viewport=PHONE) as context:
        page = context.new_page()
        with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
            taken = bytes_on_the_wire(page, address)
        sent = answered.value.all_headers()
    # What is weighed is the page as it was sent: packed, in haste for whoever asks first, and well after that.
    assert sent["content-encoding"] in ("gzip", "br")
    assert abs(taken["Document"] - int(sent["content-length"])) < 100
    # The icon in the browser's tab, which its tools do not tell of.
    icons = re.findall(r'<link rel="[^"]*icon" href="([^"]+)"', served_site.get(address).content.decode())
    assert icons
    taken["all"] += max(len(served_site.get(icon, **{"Accept-Encoding": "br"}).content) for icon in icons)
    assert {kind: taken[kind] for kind, most in AT_MOST.items() if taken[kind] > most} == {}, taken
    assert taken["Stylesheet"] > 1 * KB
    assert taken["all"] > taken["all but pictures"] > taken["Document"] > 1 * KB
