"""Where the web server listens."""

import errno
import http.client
import socket
from dataclasses import dataclass

from recruit.deployment.failures import CannotStart

HIGHEST_PORT = 65535
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  read, not bound
ANSWER_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Address:
    """Host and port of the web server."""

    host: str
    port: int

    def __str__(self) -> str:
        host = ANY_ADDRESS.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def check_free(self) -> None:
        """Raise CannotStart unless a server can listen here."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
                probe.listen()
            except OSError as error:
                raise CannotStart(self._explanation(error)) from error

    def answers(self) -> bool:
        """Tell whether the web server responds."""
        connection = http.client.HTTPConnection(
            ANY_ADDRESS.get(self.host, self.host), self.port, timeout=ANSWER_SECONDS
        )
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _explanation(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {self.port} on {self.host} is taken by another program. Stop"
                f" that one, or choose another port: RECRUIT_PORT={self.port + 1}."
            )
        if error.errno == errno.EACCES:
            return (
                f"Port {self.port} is reserved for root. Choose one above 1023 with"
                " RECRUIT_PORT."
            )
        return (
            f"{self.host} is no address of this machine. Set RECRUIT_HOST to one that"
            " is: 127.0.0.1 for this machine alone, 0.0.0.0 for all its networks."
        )


def parse_port(text: str) -> int:
    """Return a port number; raise CannotStart where the text is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        raise CannotStart(
            f"RECRUIT_PORT is {text!r}, not a port. Set it to a number from 1 to"
            f" {HIGHEST_PORT}."
        )
    return int(text)
