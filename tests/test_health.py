"""What the operator's probes are told, by what is reachable."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import OperationalError, connection

from tests.real_site import free_port


class DeadCache(RedisCache):
    """A Redis where nobody listens; a test's clearing of the cache passes it by."""

    def clear(self):
        pass


@pytest.fixture
def dead_cache(monkeypatch):
    dead = DeadCache(f"redis://127.0.0.1:{free_port()}/0", {})
    monkeypatch.setattr(caches._connections, "default", dead, raising=False)


@pytest.fixture
def dead_database(monkeypatch):
    def cursor(*args, **kwargs):
        raise OperationalError("made up: connection refused")

    monkeypatch.setattr(connection, "cursor", cursor)


def test_healthz_asks_nobody(client, dead_cache, dead_database):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_is_ready_with_all_there(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "ok"})


@pytest.mark.django_db
def test_readyz_is_ready_without_its_cache(client, dead_cache, caplog):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "unreachable"})
    assert "The cache does not answer" in caplog.text


def test_readyz_is_not_ready_without_its_database(client, dead_database, caplog):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": "unreachable", "cache": "ok"})
    assert "made up: connection refused" in caplog.text


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_are_only_read(client, address, db):
    assert client.delete(address).status_code == 405
