"""What a new site starts with, and that it is only ever given once."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from partnerships.models import Program, TwinTown
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_chosen(monkeypatch):
    for name in ("USERNAME", "EMAIL", "PASSWORD"):
        monkeypatch.delenv(f"DJANGO_SUPERUSER_{name}", raising=False)


def administrators():
    return get_user_model().objects.filter(is_superuser=True, is_staff=True)


def test_first_run_gives_content_and_administrator(capsys):
    call_command("first_run")
    told = capsys.readouterr().out
    (administrator,) = administrators()
    assert administrator.username == "admin"
    assert administrator.check_password(told.split("password   ")[1].split()[0])
    assert TwinTown.objects.published().count() == 5


def test_later_runs_do_nothing(capsys):
    call_command("first_run")
    password = administrators().get().password
    TwinTown.objects.filter(slug="tempe").update(summary_sv="Ändrad i admin")
    Program.objects.get(slug="lararutbyte").delete()
    capsys.readouterr()
    call_command("first_run")
    assert capsys.readouterr().out == ""
    assert administrators().get().password == password
    assert TwinTown.objects.get(slug="tempe").summary_sv == "Ändrad i admin"
    assert not Program.objects.filter(slug="lararutbyte").exists()


def test_no_administrator_is_made_where_there_are_users(capsys):
    UserFactory()
    call_command("first_run")
    assert not administrators().exists()
    assert "password" not in capsys.readouterr().out


def test_chosen_password_is_not_shown(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "samordnaren")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "made-up-for-this-test")
    call_command("first_run")
    told = capsys.readouterr().out
    assert administrators().get().check_password("made-up-for-this-test")
    assert "samordnaren" in told
    assert "made-up-for-this-test" not in told


def test_impossible_user_name_is_told(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "två ord")
    with pytest.raises(CommandError, match=r"^DJANGO_SUPERUSER_…: "):
        call_command("first_run")
    assert not administrators().exists()
