"""A receiver of webhooks on this machine, which answers as a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Received:
    """One call."""

    path: str
    headers: Headers
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return str(self.message["type"])


@dataclass
class Answer:
    """What a call is answered."""

    status: int = 204
    body: bytes = b""
    headers: Headers = field(default_factory=dict)


@dataclass
class Receiver:
    """Where calls arrive."""

    url: str
    calls: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Answer] = lambda _call: Answer()

    def types(self) -> list[str]:
        return [call.type for call in self.calls]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on this machine."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            call = Received(self.path, headers, self.rfile.read(length))
            with lock:
                receiver.calls.append(call)
            answer = receiver.answer(call)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
