"""Django's PostgreSQL backend over the embedded server, started on demand."""

from typing import Any

from django.db.backends.postgresql import base

from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer

_servers: dict[Home, EmbeddedServer] = {}


def embedded_server(home: Home) -> EmbeddedServer:
    """Return this process's handle on the server of a home folder."""
    return _servers.setdefault(home, EmbeddedServer(home))


class DatabaseWrapper(base.DatabaseWrapper):
    """Start the server before the first connection, and again when it has died."""

    def get_connection_params(self) -> dict[str, Any]:
        embedded_server(self.settings_dict["RECRUIT_HOME"]).ensure_running()
        params: dict[str, Any] = super().get_connection_params()
        return params
