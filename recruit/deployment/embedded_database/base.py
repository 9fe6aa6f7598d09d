"""Django's PostgreSQL backend over the embedded server, started on demand."""

import os
from typing import Any

from django.db.backends.postgresql import base

from recruit.deployment.children import SUPERVISED_VARIABLE
from recruit.deployment.home import Home
from recruit.deployment.postgres import EmbeddedServer

# A page or a task waits this long for the supervisor to start the server again.
RESTART_SECONDS = 5.0

_servers: dict[Home, EmbeddedServer] = {}


def embedded_server(home: Home) -> EmbeddedServer:
    """Return this process's handle on the server of a home folder."""
    return _servers.setdefault(home, EmbeddedServer(home))


class DatabaseWrapper(base.DatabaseWrapper):
    """Start the server before the first connection, and again when it has died."""

    def get_connection_params(self) -> dict[str, Any]:
        server = embedded_server(self.settings_dict["RECRUIT_HOME"])
        if SUPERVISED_VARIABLE in os.environ:
            server.wait_until_running(RESTART_SECONDS)
        else:
            server.ensure_running()
        params: dict[str, Any] = super().get_connection_params()
        return params
