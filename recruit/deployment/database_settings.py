"""From DATABASE_URL, or its absence, to Django's database settings."""

from typing import Any

import environ

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer

SCHEMES = ("postgres://", "postgresql://")


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
    if not url.startswith(SCHEMES):
        raise DatabaseUnavailable(
            "DATABASE_URL does not begin with postgresql://. Write it as"
            " postgresql://user:password@host:5432/name."
        )
    found: dict[str, Any] = environ.Env.db_url_config(
        url, engine="django.db.backends.postgresql"
    )
    if not found["NAME"]:
        raise DatabaseUnavailable(
            "DATABASE_URL names no database. Write it as"
            " postgresql://user:password@host:5432/name."
        )
    return found
