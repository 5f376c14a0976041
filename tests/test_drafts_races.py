"""Editors and processes at once, on a real site: nobody overwrites anybody, and each thing is published once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.own_site import own_site
from tests.plain_browser import Browser
from tests.real_site import wait_for

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


def row(site, kind, number):
    """The key of a row of a model, counted from 0, and the address of its form."""
    ((pk,),) = site.rows(f"SELECT id FROM partnerships_{kind} ORDER BY id LIMIT 1 OFFSET %s", number)  # noqa: S608
    return pk, f"/admin/partnerships/{kind}/{pk}/change/"


def drafts(site, pk):
    ((kind,),) = site.rows("SELECT id FROM django_content_type WHERE model = %s", "network")
    return site.rows("SELECT id FROM partnerships_draft WHERE object_id = %s AND content_type_id = %s", pk, kind)


@pytest.mark.parametrize("button", ["_draft", "_save"])
def test_different_changes_at_once_are_both_kept(site, browsers, button):
    pk, address = row(site, "network", 0)
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
    _pk, address = row(site, "network", 1)
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
    pk, address = row(site, "network", 2)
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


DUE = "SELECT COUNT(*) FROM partnerships_draft WHERE publish_at IS NOT NULL"
REVISIONS = "SELECT COUNT(*) FROM reversion_revision"


def scheduled(site, browser, kind, numbers, **change):
    """The keys of rows of a model, each with a draft that is due."""
    made = []
    for number in numbers:
        pk, address = row(site, kind, number)
        form = browser.get(address) | change | {"_schedule": "1", "publish_at": "2099-01-01T08:00"}
        assert browser.post(address, form).status == 302
        made.append(pk)
    site.rows("UPDATE partnerships_draft SET publish_at = '2026-01-01 00:00:00+00:00' WHERE publish_at IS NOT NULL")
    return made


def test_eight_processes_publish_each_thing_once(site, browsers):
    made = scheduled(site, browsers[0], "network", range(3, 5), theme_sv="I rätt tid")
    ((before,),) = site.rows(REVISIONS)
    processes = [site.start("run_due") for _ in range(8)]
    failed = [error for process in processes if (error := process.communicate(timeout=120)[1]) or process.returncode]
    assert failed == []
    for pk in made:
        assert site.rows("SELECT theme_sv FROM partnerships_network WHERE id = %s", pk) == [("I rätt tid",)]
    assert site.rows(DUE) == [(0,)]
    # Each as it was before its first change, and as it was published; the site's own process may have been first.
    assert site.rows(REVISIONS) == [(before + 4,)]


def test_killed_between_two_the_rest_is_published_next_time_and_each_once(site, browsers):
    made = scheduled(site, browsers[0], "program", range(3), asks_sv="Att man hinner")
    ((before,),) = site.rows(REVISIONS)
    process = site.start("run_due")
    wait_for(lambda: site.rows(DUE) != [(3,)], 60)
    process.kill()
    process.communicate()
    # All in one look: the site's own process may be at it too.
    changed = "SELECT COUNT(*) FROM partnerships_program WHERE asks_sv = %s"
    ((left, done, revisions),) = site.rows(f"SELECT ({DUE}), ({changed}), ({REVISIONS})", "Att man hinner")
    assert (done, revisions) == (3 - left, before + 2 * (3 - left))
    site.run("run_due")
    for pk in made:
        assert site.rows("SELECT asks_sv FROM partnerships_program WHERE id = %s", pk) == [("Att man hinner",)]
    assert (site.rows(DUE), site.rows(REVISIONS)) == ([(0,)], [(before + 6,)])
