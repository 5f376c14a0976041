"""The HTML of every public page, and of those that tell of an error, as the Nu HTML checker judges it."""

import json
import subprocess

import pytest

from tests import npm, system
from tests.addresses import EXTRAS, fetched, listed

NO_JAVA = "needs Java (as root on Debian: apt-get install default-jre-headless)"
NO_CHECKER = "needs vnu.jar: `make test` fetches it where there is npm, or VNU_JAR names one"
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not system.has_java(), reason=NO_JAVA),
    pytest.mark.skipif(not npm.vnu_jar(), reason=NO_CHECKER),
]
FAULTY = (
    '<!doctype html><html lang="sv"><title>Prov</title><p colour="red">Prov</p><script type="text/javascript"></script>'
)


def judged(folder, pages):
    """{name: [messages]} of what the checker says against pages, {name: HTML}, all in one go."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(html)
        names[file.as_uri().replace("file:///", "file:/")] = name
    checker = ["java", "-jar", npm.vnu_jar(), "--format", "json", "--stdout", "--exit-zero-always"]
    told = subprocess.run([*checker, *sorted(folder.glob("*.html"))], capture_output=True, text=True, check=True).stdout
    messages = {name: [] for name in pages}
    for message in json.loads(told)["messages"]:
        if message["type"] != "info" or message.get("subType") == "warning":
            where = f"line {message.get('lastLine', '?')}"
            kind = message.get("subType", message["type"])
            messages[names[message["url"]]].append(f"{kind}, {where}: {message['message']}")
    return messages


def test_no_page_has_an_error_or_a_warning(served_site, tmp_path):
    pages = {}
    for language, addresses in listed(served_site).items():
        for address in addresses + EXTRAS[language]:
            response = fetched(served_site, address)
            assert response.status == address.status, address
            pages[str(address)] = response.content
    messages = judged(tmp_path, pages | {"faulty": FAULTY.encode()})
    faulty = messages.pop("faulty")
    assert {address: found for address, found in messages.items() if found} == {}
    assert len(messages) == len(pages) >= 42
    # That it would have said so.
    assert [said.partition(",")[0] for said in faulty] == ["error", "warning"], faulty
    assert "colour" in faulty[0]
