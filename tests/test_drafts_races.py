"""Editors and processes at once, on a real site: nobody overwrites anybody, and each thing is published once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.own_site import own_site
from tests.plain_browser import Browser

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_blocker):
    with own_site(tmp_path_factory.mktemp("drafts"), django_db_blocker) as site:
        yield site


@pytest.fixture(scope="module")
def browsers(site):
    return [Browser(site.site) for _ in range(2)]


def at_once(*calls):
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def network(site, number):
    ((pk,),) = site.rows("SELECT id FROM partnerships_network ORDER BY id LIMIT 1 OFFSET %s", number)
    return pk, f"/admin/partnerships/network/{pk}/change/"


def drafts(site, pk):
    ((kind,),) = site.rows("SELECT id FROM django_content_type WHERE model = %s", "network")
    return site.rows("SELECT id FROM partnerships_draft WHERE object_id = %s AND content_type_id = %s", pk, kind)


@pytest.mark.parametrize("button", ["_draft", "_save"])
def test_different_changes_at_once_are_both_kept(site, browsers, button):
    pk, address = network(site, 0)
    forms = [browser.get(address) for browser in browsers]
    changed = [{"summary_sv": f"Sammanfattning {button}"}, {"theme_sv": f"Tema {button}"}]
    at_once(
        *(
            lambda browser=browser, form=form, change=change: browser.post(address, form | change | {button: "1"})
            for browser, form, change in zip(browsers, forms, changed, strict=True)
        )
    )
    form = browsers[0].get(address)
    assert (form["summary_sv"], form["theme_sv"]) == ([f"Sammanfattning {button}"], [f"Tema {button}"])
    assert len(drafts(site, pk)) == (button == "_draft")
    browsers[0].post(address, form | {"_save": "1"})


@pytest.mark.parametrize("button", ["_draft", "_save"])
def test_the_same_change_at_once_is_made_by_one_and_shown_to_the_other(site, browsers, button):
    _pk, address = network(site, 1)
    forms = [browser.get(address) for browser in browsers]
    answers = at_once(
        *(
            lambda number=number: browsers[number].post(
                address, forms[number] | {"summary_sv": f"version{number}{button}", button: "1"}
            )
            for number in range(2)
        )
    )
    assert sorted(answer.status for answer in answers) == [200, 302]
    first = next(number for number in range(2) if answers[number].status == 302)
    shown = answers[1 - first].content.decode()
    assert (f"version{first}{button}" in shown, f"version{1 - first}{button}" in shown) == (True, True)
    form = browsers[0].get(address)
    assert form["summary_sv"] == [f"version{first}{button}"]
    browsers[0].post(address, form | {"_save": "1"})


def test_the_first_draft_of_two_at_once_is_one_draft(site, browsers):
    pk, address = network(site, 2)
    forms = [browser.get(address) for browser in browsers]
    at_once(
        *(
            lambda number=number: browsers[number].post(
                address, forms[number] | {("theme_sv", "theme_en")[number]: f"Tema {number}", "_autosave": "1"}
            )
            for number in range(2)
        )
    )
    assert len(drafts(site, pk)) == 1


def test_eight_processes_publish_each_thing_once(site, browsers):
    made = []
    for number in range(3, 5):
        pk, address = network(site, number)
        form = browsers[0].get(address) | {"theme_sv": "I rätt tid", "_schedule": "1", "publish_at": "2099-01-01T08:00"}
        assert browsers[0].post(address, form).status == 302
        made.append(pk)
    site.rows("UPDATE partnerships_draft SET publish_at = '2026-01-01 00:00:00+00:00' WHERE publish_at IS NOT NULL")
    count = "SELECT COUNT(*) FROM reversion_revision"
    ((before,),) = site.rows(count)
    processes = [site.start("run_due") for _ in range(8)]
    failed = [error for process in processes if (error := process.communicate(timeout=120)[1]) or process.returncode]
    assert failed == []
    for pk in made:
        assert site.rows("SELECT theme_sv FROM partnerships_network WHERE id = %s", pk) == [("I rätt tid",)]
    assert site.rows("SELECT COUNT(*) FROM partnerships_draft WHERE publish_at IS NOT NULL") == [(0,)]
    # Each as it was before its first change, and as it was published; the site's own process may have been first.
    assert site.rows(count) == [(before + 4,)]
