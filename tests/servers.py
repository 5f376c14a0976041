"""The PostgreSQL and the Redis that the tests may use, and what is theirs there."""

import getpass
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
import redis

POSTGRESQL_PLACES = ("/postgres?host=/var/run/postgresql", "/postgres?host=/tmp", "127.0.0.1:5432/postgres")
REDIS_URL = "redis://127.0.0.1:6379/0"


@dataclass(frozen=True)
class Server:
    url: str
    name: str


def find_postgresql(given):
    """The server of this URL, or else the first at the standard addresses that lets us make databases.

    None when there is none, or `given` is "none". A server that was given and does not answer is an error.
    """
    if given:
        return None if given == "none" else _postgresql(given)
    for user in dict.fromkeys([getpass.getuser(), "postgres"]):
        for place in POSTGRESQL_PLACES:
            try:
                return _postgresql(f"postgres://{user}@{place}")
            except (psycopg.OperationalError, PermissionError):
                continue
    return None


def _postgresql(url):
    with _connection(url) as connection:
        question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        if not connection.execute(question).fetchone()[0]:
            raise PermissionError(f"may not make databases: {url}")
        version = connection.execute("SHOW server_version").fetchone()[0].split()[0]
    return Server(url, f"PostgreSQL {version}")


def _connection(url):
    return psycopg.connect(url, autocommit=True, connect_timeout=3)


def database_url(server, name):
    return urlsplit(server.url)._replace(path=f"/{name}").geturl()


def drop_databases(server, name):
    """Drops the databases of one run: the name's own, and those that Django and the tests derive from it."""
    with _connection(server.url) as connection:
        like = name.replace("_", r"\_")
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s OR datname LIKE %s",
            [f"{like}%", rf"test\_{like}%"],
        )
        for (found,) in rows.fetchall():
            connection.execute(f'DROP DATABASE "{found}" WITH (FORCE)')


def find_redis(given):
    """Like find_postgresql()."""
    if given:
        return None if given == "none" else _redis(given)
    try:
        return _redis(REDIS_URL)
    except redis.RedisError:
        return None


def _redis(url):
    with redis.Redis.from_url(url, socket_connect_timeout=3) as client:
        return Server(url, f"Redis {client.info('server')['redis_version']}")


def cache_url(server, prefix):
    return f"{server.url}{'&' if '?' in server.url else '?'}key_prefix={prefix}"


def delete_keys(client, prefix):
    """Deletes the keys that begin so, and no others."""
    if keys := list(client.scan_iter(f"{prefix}*")):
        client.delete(*keys)


def delete_all_keys(server, prefix):
    with redis.Redis.from_url(server.url) as client:
        delete_keys(client, prefix)
