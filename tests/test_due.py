"""The work that time brings: when each piece is done, and what happens when one fails."""

import datetime
import os
import signal
import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.due import Work, do_due_work
from partnerships.management.commands import run_due
from tests.real_site import ROOT, wait_for

HOUR = datetime.timedelta(hours=1)


def fail():
    raise ValueError("made up")


def test_work_is_done_once_an_interval(time_machine):
    time_machine.move_to("2026-11-23 08:00 +0100", tick=False)
    done, last_done = [], {}
    all_work = (Work("knock", lambda: done.append(timezone.now().minute), HOUR),)
    for minute in range(0, 121, 20):
        time_machine.move_to(timezone.datetime(2026, 11, 23, 8 + minute // 60, minute % 60), tick=False)
        assert do_due_work(last_done, all_work) == []
    assert len(done) == 3


def test_failing_work_is_named_and_stays_due(caplog):
    done, last_done = [], {}
    all_work = (Work("fall over", fail, HOUR), Work("knock", lambda: done.append(1), HOUR))
    assert do_due_work(last_done, all_work) == ["fall over"]
    assert "Failed to fall over" in caplog.text
    assert "ValueError: made up" in caplog.text
    assert do_due_work(last_done, all_work) == ["fall over"]
    assert done == [1]


@pytest.mark.django_db
def test_expired_sessions_are_removed():
    now = timezone.now()
    for key, expires in {"expired": now - HOUR, "running": now + HOUR}.items():
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    call_command("run_due")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]


def test_single_run_fails_when_a_piece_fails(monkeypatch):
    monkeypatch.setattr(run_due, "WORK", (Work("fall", fail, HOUR),))
    with pytest.raises(CommandError, match=r"^Failed: fall$"):
        call_command("run_due")


def test_all_work_has_a_name_of_its_own():
    names = [work.name for work in run_due.WORK]
    assert len(set(names)) == len(names)


@pytest.mark.once
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_loop_goes_on_without_database_until_told_to_stop(tmp_path, name):
    log = tmp_path / "log"
    # A file cannot hold a database's folder: every round fails.
    settings = {"DATABASE_URL": f"sqlite:///{log}/db.sqlite3", "CACHE_URL": "locmemcache://"}
    with log.open("w") as output:
        loop = subprocess.Popen(
            [sys.executable, "manage.py", "run_due", "--forever"],
            cwd=ROOT,
            env=os.environ | settings,
            stderr=output,
        )
        try:
            for work in ("publish what is due", "remove expired sessions"):
                wait_for(lambda work=work: f"Failed to {work}\n" in log.read_text())
            assert "OperationalError" in log.read_text()
            loop.send_signal(name)
            assert loop.wait(5) == 0
        finally:
            loop.kill()
            loop.wait()
