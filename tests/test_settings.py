"""The environment: described in the README as it is read, refused when it lacks what must be chosen."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from environ import Env

from trollhattan_intl.settings import env

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
CHOSEN = {"SECRET_KEY": "made-up", "ALLOWED_HOSTS": "example.org"}
SAFETY = [
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_PROXY_SSL_HEADER",
    "CSRF_TRUSTED_ORIGINS",
]
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {SAFETY}}}))
"""


def table(heading):
    """{variable: default} of the README's table below this heading."""
    text = (ROOT / "README.md").read_text()
    section = text.split(f"### {heading}\n")[1].split("\n#")[0]
    return dict(re.findall(r"^\| `([A-Z_]+)` +\| (.+?) +\|", section, re.MULTILINE))


def in_words(default):
    words = {Env.NOTSET: "must be set", "": "empty", True: "`on`", False: "`off`"}
    return f"`{','.join(default)}`" if isinstance(default, list) else words.get(default, f"`{default}`")


def python(code, environment):
    """Runs code with exactly these settings."""
    names = {*env.scheme, "DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    own = {"DJANGO_SETTINGS_MODULE": "trollhattan_intl.settings"}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=inherited | own | environment, capture_output=True, text=True, check=False
    )


def test_readme_describes_every_setting():
    assert table("Settings") == {name: in_words(default) for name, (_type, default) in env.scheme.items()}


def test_readme_describes_what_make_reads():
    assert table("For `make serve`") == {
        "PORT": "`8000`",
        "HOST": "`127.0.0.1`",
        "WORKERS": "one for each processor",
        "DJANGO_SUPERUSER_USERNAME": "`admin`",
        "DJANGO_SUPERUSER_EMAIL": "empty",
        "DJANGO_SUPERUSER_PASSWORD": "a random one",
    }


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, ""])
def test_it_refuses_to_start_without(name, value):
    environment = {key: text for key, text in CHOSEN.items() if key != name} | ({} if value is None else {name: value})
    refused = python(
        "import django; django.setup(); from django.conf import settings; settings.SECRET_KEY", environment
    )
    assert refused.returncode == 1
    last = refused.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert name in last


def test_it_refuses_proxies_that_are_no_addresses():
    refused = python("import django; django.setup()", CHOSEN | {"TRUSTED_PROXIES": "127.0.0.1,proxy.example.org"})
    assert refused.returncode == 1
    assert "TRUSTED_PROXIES: 'proxy.example.org'" in refused.stderr


@pytest.mark.parametrize("contact", ["sakerhet@example.org", "http://example.org/", "mailto:", "mailto:a b"])
def test_it_refuses_a_contact_that_is_no_address(contact):
    refused = python("import django; django.setup()", CHOSEN | {"SECURITY_CONTACT": contact})
    assert refused.returncode == 1
    assert "SECURITY_CONTACT must be an address" in refused.stderr


def test_https_address_turns_safety_on():
    told = python(SHOW, CHOSEN | {"SITE_URL": "https://example.org"})
    assert json.loads(told.stdout) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "CSRF_TRUSTED_ORIGINS": ["https://example.org"],
    }


def test_http_address_leaves_it_off():
    told = python(SHOW, CHOSEN | {"SITE_URL": "http://127.0.0.1:8000"})
    assert json.loads(told.stdout) == {
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
        "SECURE_PROXY_SSL_HEADER": None,
        "CSRF_TRUSTED_ORIGINS": [],
    }


def test_redis_options_reach_django():
    code = "from django.conf import settings; print(settings.CACHES['default'])"
    told = python(code, CHOSEN | {"CACHE_URL": "redis://127.0.0.1:6379/1?key_prefix=exempel&timeout=60"})
    assert "'KEY_PREFIX': 'exempel'" in told.stdout
    assert "'TIMEOUT': 60" in told.stdout
