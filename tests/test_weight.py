"""What a first visit to the landing page takes over the wire, on a phone: bodies as they were sent, headers beside."""

import re
from collections import Counter

import pytest

from tests.real_site import wait_for
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


def packed(site, address):
    return site.get(address, **{"Accept-Encoding": "gzip, deflate, br, zstd"})


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_landing_page_is_light(browser, served_site, address):
    # Whoever asks first gets it packed in haste; once it is asked for again it is packed well.
    assert len(packed(served_site, address).content) < AT_MOST["Document"]
    wait_for(lambda: packed(served_site, address).headers["Content-Encoding"] == "br")
    with browser.new_context(base_url=served_site.url, viewport=PHONE) as context:
        taken = bytes_on_the_wire(context.new_page(), address)
    # What the browser was sent is what the server sends: the page itself, packed.
    assert abs(taken["Document"] - len(packed(served_site, address).content)) < 100
    # The icon in the browser's tab, which its tools do not tell of.
    icons = re.findall(r'<link rel="[^"]*icon" href="([^"]+)"', served_site.get(address).content.decode())
    assert icons
    taken["all"] += max(len(served_site.get(icon, **{"Accept-Encoding": "br"}).content) for icon in icons)
    assert {kind: taken[kind] for kind, most in AT_MOST.items() if taken[kind] > most} == {}, taken
    assert taken["Stylesheet"] > 1 * KB
    assert taken["all"] > taken["all but pictures"] > taken["Document"] > 1 * KB
