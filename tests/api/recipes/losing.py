"""A server in between that hands calls on, and loses some of the answers."""

import http.client
from collections.abc import Callable
from contextlib import closing
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self
from urllib.parse import urlsplit

# Told anew by the server in between.
OF_THE_CONNECTION = {"connection", "transfer-encoding", "content-length"}


class LosingServer:
    """Passes calls on to a true server; `loses` says whose answers get lost, once."""

    def __init__(self, behind: str, loses: Callable[[str, str], bool]) -> None:
        self.calls: list[tuple[str, str]] = []
        self.lost: list[tuple[str, str]] = []
        self.headers: list[Message] = []  # of each call
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), _handler(self, urlsplit(behind).netloc, loses)
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def headers_of(self, method: str) -> list[Message]:
        """Return the headers of the calls with a method, in order."""
        called = zip(self.calls, self.headers, strict=True)
        return [said for (made_by, _path), said in called if made_by == method]

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(
    server: LosingServer, behind: str, loses: Callable[[str, str], bool]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            call = (self.command, self.path)
            server.calls.append(call)
            server.headers.append(self.headers)
            length = int(self.headers.get("Content-Length") or 0)
            headers = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in {"host", *OF_THE_CONNECTION}
            }
            said = self.rfile.read(length)
            with closing(http.client.HTTPConnection(behind, timeout=30)) as connection:
                connection.request(*call, said, headers)
                answer = connection.getresponse()
                body = answer.read()
            if call not in server.lost and loses(*call):
                server.lost.append(call)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in OF_THE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on  # noqa: N815

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler
