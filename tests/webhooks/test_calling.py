"""One call: where it may go, how long it takes, what is kept of the answer."""

import socket
import threading
import time
from datetime import timedelta
from typing import Any

import httpcore
import pytest
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from recruit.common.ids import uuid7
from recruit.webhooks import connecting
from recruit.webhooks.calling import Call, Outcome, make_call
from recruit.webhooks.connecting import AddressRefused, CheckedBackend, Deadline
from recruit.webhooks.networks import parse_networks
from recruit.webhooks.sealing import make_secret
from tests.webhooks.receiver import Answer, receiving

HERE = parse_networks(["127.0.0.0/8"])


def call(url: str, *, allowed: Any = HERE, seconds: float = 5, **said: Any) -> Outcome:
    told = Call(
        delivery_id=uuid7(),
        lease=uuid7(),
        webhook_id=uuid7(),
        url=url,
        message_id=uuid7(),
        body=said.get("body", "{}"),
        secrets=said.get("secrets", (make_secret(),)),
    )
    return make_call(told, allowed=allowed, started_at=timezone.now(), seconds=seconds)


def resolving(*answers: list[str]) -> Any:
    """Return a resolver that gives one list of addresses after the other."""
    left = list(answers)
    asked = []

    def resolve(host: str, port: int, **_: Any) -> Any:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(None, None, None, "", (one, port)) for one in found]

    resolve.asked = asked  # type: ignore[attr-defined]
    return resolve


def backend(resolve: Any, allowed: Any = (), *, is_plain: bool = False) -> Any:
    return CheckedBackend(
        allowed=allowed,
        is_plain=is_plain,
        deadline=Deadline.in_seconds(2),
        resolve=resolve,
    )


class TestCall:
    def test_is_signed_with_every_secret(self, receiver):
        old, new = make_secret(), make_secret()

        outcome = call(receiver.url, body='{"a":"ü"}', secrets=(new, old))

        assert outcome.is_success
        (got,) = receiver.calls
        assert got.headers["content-type"] == "application/json"
        for secret in (old, new):
            assert Verifier(secret).verify(got.body, got.headers) == {"a": "ü"}

    def test_keeps_the_beginning_of_the_answer(self, receiver):
        receiver.answer = lambda _call: Answer(500, b"no\x00" + b"x" * 100_000)

        outcome = call(receiver.url)

        assert outcome.status == 500
        assert not outcome.is_success
        assert outcome.answer.startswith("no\ufffdxx")
        assert len(outcome.answer) == 1_000

    def test_follows_no_redirect(self, receiver):
        with receiving() as other:
            receiver.answer = lambda _call: Answer(302, headers={"Location": other.url})

            outcome = call(receiver.url)

            assert not outcome.is_success
            assert "Redirects" in outcome.error
            assert other.calls == []

    @pytest.mark.parametrize(
        ("said", "seconds"),
        [
            ("120", 120),
            ("junk", None),
            ("-5", None),
            ("", None),
            ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
            ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", None),
        ],
    )
    def test_reads_how_long_to_wait(self, receiver, said, seconds):
        receiver.answer = lambda _call: Answer(503, headers={"Retry-After": said})

        outcome = call(receiver.url)

        wanted = None if seconds is None else timedelta(seconds=seconds)
        assert outcome.retry_after == wanted

    def test_ends_at_a_time_however_slowly_the_other_side_speaks(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            begun = time.monotonic()

            outcome = call(f"http://127.0.0.1:{server.getsockname()[1]}/", seconds=0.4)

            assert time.monotonic() - begun < 2
            assert "Timeout" in outcome.error

    def test_ends_at_a_time_while_an_answer_drips(self, receiver):
        with socket.create_server(("127.0.0.1", 0)) as server:

            def drip() -> None:
                connection, _address = server.accept()
                with connection:
                    connection.sendall(b"HTTP/1.1 200 OK\r\n")
                    for _number in range(40):
                        time.sleep(0.1)
                        try:
                            connection.sendall(b"X: y\r\n")
                        except OSError:
                            return

            threading.Thread(target=drip, daemon=True).start()

            outcome = call(f"http://127.0.0.1:{server.getsockname()[1]}/", seconds=0.5)

            assert "Timeout" in outcome.error
            assert outcome.duration_ms < 2_000

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:1/",  # nobody listens
            "https://nobody.invalid/",
            f"https://{'x' * 70}.example/",
        ],
    )
    def test_tells_why_nobody_answered(self, url):
        outcome = call(url)

        assert outcome.status is None
        assert outcome.error.startswith("ConnectError")

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "localhost",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "169.254.169.254",
            "[fd00:ec2::254]",
            "[64:ff9b::a9fe:a9fe]",
            "10.0.0.1",
            "0.0.0.0",  # noqa: S104 - called, not bound
        ],
    )
    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_goes_to_no_closed_address_however_it_is_written(self, host, scheme):
        with receiving() as inside:
            port = inside.url.rsplit(":", 1)[1].partition("/")[0]

            outcome = call(f"{scheme}://{host}:{port}/hook", allowed=())

            assert outcome.error.startswith(("AddressRefused", "InvalidURL"))
            assert inside.calls == []

    def test_uses_no_proxy_of_the_environment(self, receiver, monkeypatch):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")

        assert call(receiver.url).is_success

    def test_names_the_host_and_not_the_address(self, receiver, monkeypatch):
        port = int(receiver.url.rsplit(":", 1)[1].partition("/")[0])
        monkeypatch.setattr(
            connecting.CheckedBackend.__init__,
            "__kwdefaults__",
            {"resolve": resolving(["127.0.0.1"])},
        )

        assert call(f"http://ats.example:{port}/x").is_success

        assert receiver.calls[0].headers["host"] == f"ats.example:{port}"


class TestConnection:
    def test_asks_for_a_name_once_and_goes_where_it_looked(self, receiver):
        port = int(receiver.url.rsplit(":", 1)[1].partition("/")[0])
        resolve = resolving(["127.0.0.1"], ["127.0.0.2"])

        stream = backend(resolve, HERE, is_plain=True).connect_tcp("rebind.test", port)

        assert resolve.asked == ["rebind.test"]
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        stream.close()

    def test_is_not_rebound_to_a_closed_address(self):
        resolve = resolving(["93.184.216.34"], ["127.0.0.1"])
        one = backend(resolve)

        assert [str(found) for found in one._checked("rebind.test", 443)] == [
            "93.184.216.34"
        ]
        with pytest.raises(AddressRefused):
            one.connect_tcp("rebind.test", 443)

    def test_is_refused_where_any_address_is_closed(self):
        resolve = resolving(["93.184.216.34", "10.0.0.1"])

        with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
            backend(resolve).connect_tcp("mixed.test", 443)

    def test_is_refused_unencrypted_to_the_open_internet(self):
        resolve = resolving(["93.184.216.34"])

        with pytest.raises(AddressRefused, match="use https"):
            backend(resolve, HERE, is_plain=True).connect_tcp("plain.test", 80)

    def test_goes_to_no_socket_of_this_machine(self):
        with pytest.raises(AddressRefused):
            backend(resolving([])).connect_unix_socket("/run/x")

    def test_fails_where_a_name_has_no_address(self):
        with pytest.raises(httpcore.ConnectError):
            backend(resolving([])).connect_tcp("empty.test", 443)
