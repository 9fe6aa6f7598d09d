"""From DATABASE_URL, or its absence, to Django's database settings."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer

SCHEMES = ("postgres://", "postgresql://")
WRITTEN_AS = "Write it as postgresql://user:password@host:5432/name."


def database_settings(*, url: str, home: Home) -> dict[str, Any]:
    """Return settings for the server of a URL; without one, for the embedded one."""
    if url:
        where = _outside_server(url)
    else:
        where = {
            "ENGINE": "recruit.deployment.embedded_database",
            "RECRUIT_HOME": home,
            **EmbeddedServer(home).connection_settings(),
        }
    return {**where, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def _outside_server(url: str) -> dict[str, Any]:
    # Read by PostgreSQL's own library, which knows sockets, several hosts and TLS.
    try:
        found: dict[str, Any] = conninfo_to_dict(url) if url.startswith(SCHEMES) else {}
    except psycopg.ProgrammingError as error:
        raise DatabaseUnavailable(
            f"DATABASE_URL cannot be read: {str(error).strip()}. {WRITTEN_AS}"
        ) from error
    if not found:
        raise DatabaseUnavailable(
            f"DATABASE_URL does not begin with postgresql://. {WRITTEN_AS}"
        )
    if not found.get("dbname"):
        raise DatabaseUnavailable(f"DATABASE_URL names no database. {WRITTEN_AS}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found.pop("dbname"),
        "USER": found.pop("user", ""),
        "PASSWORD": found.pop("password", ""),
        "HOST": found.pop("host", ""),
        "PORT": str(found.pop("port", "")),
        "OPTIONS": found,
    }
