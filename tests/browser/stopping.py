"""Servers that stop, start again at the same address, and answers that are lost."""

import contextlib
import socket
from threading import Thread
from typing import Any


class StoppableServer:
    """Passes on to the true server what comes in; stopped, nobody answers."""

    def __init__(self, host: str, port: int) -> None:
        self._behind = (host, port)
        self._open: list[socket.socket] = []
        self.port = 0
        self.start()

    def start(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        Thread(target=self._welcome, args=[self._door], daemon=True).start()

    def stop(self) -> None:
        for one in [self._door, *self._open]:
            _close(one)
        self._open.clear()

    def _welcome(self, door: socket.socket) -> None:
        while True:
            try:
                came, _address = door.accept()
                behind = socket.create_connection(self._behind)
            except OSError:
                return
            self._open += [came, behind]
            for source, target in ((came, behind), (behind, came)):
                Thread(target=_pass_on, args=[source, target], daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while said := source.recv(65536):
            target.sendall(said)
    except OSError:
        pass
    finally:
        _close(source)
        _close(target)


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def lose_first_answer(page: Any, addresses: str) -> list[str]:
    """Let the server do what is asked first, and the browser never hear of it.

    Return a list that holds the address once that has happened.
    """
    lost: list[str] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    page.route(addresses, lose)
    return lost
