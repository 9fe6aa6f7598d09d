"""Connections to addresses that were looked at: names are resolved once, here.

httpx resolves a name where it connects; whoever controls the name could answer a check
with one address and the connection with another. Here the address that was looked at
is the one that is connected to, while the name stays in Host and in the certificate.
"""

import socket
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from ssl import SSLContext
from typing import Any

import httpcore
from django.utils.translation import gettext as _

from recruit.webhooks.networks import Address, Network, is_within, may_be_called

Resolve = Any  # socket.getaddrinfo, or what stands for it in tests


class AddressRefused(Exception):
    """A name leads to an address that may not be called."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a whole call must have ended, however slowly the other side speaks."""

    at: float  # of time.monotonic()

    @classmethod
    def in_seconds(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def left(self, error: type[Exception]) -> float:
        """Return the seconds that are left. Raise the error where none are."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise error(_("The call took too long."))
        return left


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to nothing but addresses that may be called."""

    def __init__(
        self,
        *,
        allowed: Sequence[Network],
        is_plain: bool,
        deadline: Deadline,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        self._allowed = allowed
        self._is_plain = is_plain
        self._deadline = deadline
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is for the whole
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(_("The name has no address."))
        for address in self._checked(host, port):
            try:
                stream = self._backend.connect_tcp(
                    str(address),
                    port,
                    timeout=self._deadline.left(httpcore.ConnectTimeout),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._deadline)
        raise failure

    def connect_unix_socket(self, *_args: Any, **_named: Any) -> httpcore.NetworkStream:
        raise AddressRefused(_("Sockets of this machine are not called."))

    def _checked(self, host: str, port: int) -> list[Address]:
        """Return all addresses of a name. Raise AddressRefused for any forbidden."""
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not found: {error}") from error
        texts = dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found)
        addresses = [ip_address(text) for text in texts]
        for address in addresses:
            if not may_be_called(address, self._allowed):
                raise AddressRefused(
                    _(
                        "%(host)s leads to %(address)s, which is not of the open"
                        " internet; RECRUIT_WEBHOOK_NETWORKS may allow its network."
                    )
                    % {"host": host, "address": address}
                )
            if self._is_plain and not is_within(address, self._allowed):
                raise AddressRefused(
                    _(
                        "%s is called without encryption, which is for the networks of"
                        " RECRUIT_WEBHOOK_NETWORKS alone: use https."
                    )
                    % host
                )
        return addresses


class TimedStream(httpcore.NetworkStream):
    """A stream that ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        left = self._deadline.left(httpcore.ReadTimeout)
        return self._stream.read(max_bytes, timeout=left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        left = self._deadline.left(httpcore.WriteTimeout)
        self._stream.write(buffer, timeout=left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(httpcore.ConnectTimeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
