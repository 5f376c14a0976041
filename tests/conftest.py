"""What every test stands on: an environment of its own, no way out to the network, no traces on disk."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

# Before Django reads its settings. The workers of pytest-xdist inherit what the first process chose.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trollhattan_intl.settings")
os.environ.setdefault("SECRET_KEY", "made-up-for-tests-made-up-for-tests-made-up-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("STATIC_ROOT", str(ROOT / "var" / "test-static"))
# Playwright keeps an event loop in the thread that runs the tests; no test runs the ORM inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
OWN_DATA_DIR = None if "DATA_DIR" in os.environ else tempfile.mkdtemp(prefix="trollhattan-intl-")
if OWN_DATA_DIR:
    os.environ["DATA_DIR"] = OWN_DATA_DIR
if IS_WORKER and "key_prefix=" in os.environ.get("CACHE_URL", ""):
    os.environ["CACHE_URL"] += f"-{os.environ['PYTEST_XDIST_WORKER']}"

import django  # noqa: E402
import pytest  # noqa: E402

django.setup()

from django.conf import settings as site_settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.cache.backends.redis import RedisCache  # noqa: E402
from django.test import override_settings  # noqa: E402

from deploy.serve import collect_static  # noqa: E402
from tests import loaded_content, network, real_site  # noqa: E402
from tests.servers import delete_keys  # noqa: E402
from tests.sharing import Groups  # noqa: E402
from tests.strict_templates import UNDEFINED, UndefinedOnAPage  # noqa: E402
from tests.system import find_chromium  # noqa: E402

# A strong hash takes the better part of a second, and the tests make hundreds of users.
site_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_xdist_make_scheduler(config, log):
    return Groups(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_configure(config):
    if not IS_WORKER:
        collect_static([sys.executable, ROOT / "manage.py"], dict(os.environ))


def pytest_unconfigure(config):
    if OWN_DATA_DIR:
        shutil.rmtree(OWN_DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine():
    with network.only_this_machine():
        yield


@pytest.fixture(autouse=True)
def _media_of_its_own(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch):
    """Each test begins with an empty cache. In a Redis, only this run's keys are ever deleted."""
    if isinstance(cache, RedisCache):
        assert cache.key_prefix, "give CACHE_URL a key_prefix: what else is in that Redis is not ours to delete"
        monkeypatch.setattr(RedisCache, "clear", lambda own: delete_keys(own._cache.get_client(), own.key_prefix))
    cache.clear()


@pytest.fixture
def strict_templates(settings):
    """Makes it an error when a template shows a variable that is not there."""
    desk, *pages = settings.TEMPLATES
    strict = [
        (desk, {"string_if_invalid": UNDEFINED}),
        *((engine, {"undefined": UndefinedOnAPage}) for engine in pages),
    ]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | option} for engine, option in strict]


@pytest.fixture
def content(db):
    """The content that the site is shipped with."""
    loaded_content.load()


@pytest.fixture(scope="session")
def served_site(tmp_path_factory, django_db_blocker):
    """A real site, started as `make serve` starts it, with the shipped content."""
    with (
        django_db_blocker.unblock(),
        real_site.own_database() as database,
        real_site.served(tmp_path_factory.mktemp("served"), DATABASE_URL=database) as site,
    ):
        yield site


@pytest.fixture(scope="session")
def base_url(served_site):
    """What the browser's addresses are relative to."""
    return served_site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = find_chromium()
    assert chromium, "Chromium is missing: apt-get install chromium"
    return browser_type_launch_args | {
        "executable_path": chromium,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }
