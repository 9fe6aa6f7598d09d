"""One call of a webhook: what is sent, and what came of it. No database."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from ssl import SSLContext
from uuid import UUID

import httpcore
import httpx
from django.utils.translation import gettext_lazy

from recruit.webhooks.connecting import AddressRefused, CheckedBackend, Deadline
from recruit.webhooks.models import ANSWER_LENGTH, ERROR_LENGTH
from recruit.webhooks.networks import Network
from recruit.webhooks.signing import signed_headers

TIMEOUT_SECONDS = 10.0
MOST_READ = 4_096  # bytes of an answer
AGENT = "recruit-webhooks/1"
REDIRECTED = gettext_lazy("Redirects are not followed: name the final address.")


@dataclass(frozen=True, slots=True)
class Call:
    """A message, and where to."""

    delivery_id: UUID
    lease: UUID
    webhook_id: UUID
    url: str
    message_id: UUID
    body: str
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call."""

    started_at: datetime
    duration_ms: int
    status: int | None = None
    error: str = ""
    answer: str = ""
    retry_after: timedelta | None = None

    @property
    def is_success(self) -> bool:
        return self.status is not None and HTTPStatus(200) <= self.status <= 299  # noqa: PLR2004

    @property
    def is_gone(self) -> bool:
        return self.status == HTTPStatus.GONE


def make_call(
    call: Call,
    *,
    allowed: Sequence[Network],
    started_at: datetime,
    seconds: float = TIMEOUT_SECONDS,
) -> Outcome:
    """Send a message and return what came of it; it never raises for the other side."""
    begun = time.monotonic()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "Accept-Encoding": "identity",
    }
    signed = signed_headers(
        call.body,
        message_id=call.message_id,
        secrets=call.secrets,
        signed_at=started_at,
    )
    try:
        status, answer, received = _post(
            call.url, call.body, {**headers, **signed}, allowed, seconds
        )
    except (httpx.HTTPError, httpx.InvalidURL, AddressRefused) as error:
        said = f"{type(error).__name__}: {error}"
        return Outcome(started_at, _since(begun), error=said[:ERROR_LENGTH])
    is_redirect = 300 <= status <= 399  # noqa: PLR2004
    return Outcome(
        started_at,
        _since(begun),
        status=status,
        error=str(REDIRECTED) if is_redirect else "",
        answer=_shown(answer),
        retry_after=_retry_after(received.get("retry-after", ""), started_at),
    )


def _post(
    url: str,
    body: str,
    headers: Mapping[str, str],
    allowed: Sequence[Network],
    seconds: float,
) -> tuple[int, bytes, Mapping[str, str]]:
    is_plain = httpx.URL(url).scheme == "http"
    deadline = Deadline.in_seconds(seconds)
    backend = CheckedBackend(allowed=allowed, is_plain=is_plain, deadline=deadline)
    transport = httpx.HTTPTransport(verify=_context(), trust_env=False)
    # httpx has no parameter for where connections come from; its pool has.
    transport._pool = httpcore.ConnectionPool(
        ssl_context=_context(), network_backend=backend, max_keepalive_connections=0
    )
    with (
        httpx.Client(
            transport=transport,
            timeout=seconds,
            trust_env=False,
            follow_redirects=False,
        ) as client,
        client.stream("POST", url, content=body.encode(), headers=headers) as answer,
    ):
        return answer.status_code, _beginning(answer), answer.headers


def _beginning(answer: httpx.Response) -> bytes:
    read = b""
    for piece in answer.iter_raw(MOST_READ):
        read += piece
        if len(read) >= MOST_READ:
            break
    return read[:MOST_READ]


@cache
def _context() -> SSLContext:
    """Trust the authorities of the machine as well: of one's own network, perhaps."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1_000)


def _shown(answer: bytes) -> str:
    return answer.decode(errors="replace").replace("\x00", "\ufffd")[:ANSWER_LENGTH]


def _retry_after(said: str, now: datetime) -> timedelta | None:
    """Return the pause that a receiver asks for: seconds, or a date."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), 10**8))
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):  # a year or an offset of twenty digits
        return None
    until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(until - now, timedelta(0))
