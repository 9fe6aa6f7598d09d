"""The receiver of docs/recipes, run as it stands there."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.utils import timezone

from recruit.common.ids import uuid7
from recruit.webhooks import operations
from recruit.webhooks.models import Attempt, Delivery
from recruit.webhooks.sealing import make_secret
from recruit.webhooks.signing import signed_headers
from tests.factories import make_candidate

RECIPE = Path(__file__).parents[2] / "docs" / "recipes" / "receive_webhook.py"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("receive_webhook", RECIPE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _number in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("The receiver does not listen.")


@pytest.mark.django_db
class TestReceiver:
    def test_takes_each_message_once(self, make_webhook, send, tmp_path):
        port = free_port()
        made = make_webhook(url=f"http://127.0.0.1:{port}/")
        candidate = make_candidate()
        environment = {
            **os.environ,
            "WEBHOOK_SECRET": made.secret,
            "WEBHOOK_INBOX": str(tmp_path / "inbox"),
        }
        with subprocess.Popen(  # noqa: S603
            [sys.executable, str(RECIPE), str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            wait_for(port)
            assert process.stdout is not None
            send()
            printed = [process.stdout.readline().strip() for _number in range(2)]
            for one in Delivery.objects.all():
                operations.redeliver(delivery_id=one.pk, asked_at=timezone.now())
            send()
            process.terminate()
            printed += process.stdout.read().splitlines()

        ids = json.dumps({"candidate": str(candidate.pk)})
        assert sorted(printed) == [
            f"candidate.created {ids}",
            f'webhook.ping {{"webhook": "{made.webhook.pk}"}}',
        ]
        assert set(Attempt.objects.values_list("status", flat=True)) == {204}
        assert Attempt.objects.count() == 4


# The recipe with work of its own, which the lines in the middle define.
DRIVER = """
import os, signal, sys, time
import receive_webhook as recipe

{work}

recipe.work_on = work_on
secrets = [os.environ["WEBHOOK_SECRET"]]
recipe.serve(int(sys.argv[1]), secrets, sys.argv[2]).serve_forever()
"""
FAILS_ONCE = """
failures = []

def work_on(message):
    number = message["data"]["number"]
    if number == 1 and not failures:
        failures.append(number)
        raise RuntimeError("not today")
    print(number, flush=True)
"""
DIES = """
def work_on(message):
    time.sleep(0.3)  # the answer goes out meanwhile
    os.kill(os.getpid(), signal.SIGKILL)
"""
PRINTS = """
def work_on(message):
    print(message["data"]["number"], flush=True)
"""


@contextmanager
def a_receiver(work: str, secret: str, inbox: Path) -> Iterator[Any]:
    """Give a process of the recipe with its port."""
    port = free_port()
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", DRIVER.format(work=work), str(port), str(inbox)],
        env={
            **os.environ,
            "PYTHONPATH": str(RECIPE.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            "WEBHOOK_SECRET": secret,
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_for(port)
            yield process, port
        finally:
            process.kill()


def tell(port: int, secret: str, about: str, number: int) -> int:
    """Send a message about an object as the platform does; return the answer."""
    data = {"candidate": about, "number": number}
    body = json.dumps({"type": "candidate.changed", "data": data})
    now = timezone.now()
    headers = signed_headers(body, message_id=uuid7(), secrets=[secret], signed_at=now)
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/", body.encode(), headers)
        return connection.getresponse().status


def lines_of(process: Any, count: int) -> list[int]:
    """Return the numbers that a receiver prints, when there are so many."""
    return [int(process.stdout.readline()) for _number in range(count)]


class TestWork:
    def test_is_done_again_after_the_next_message_where_it_failed(self, tmp_path):
        secret = make_secret()
        with a_receiver(FAILS_ONCE, secret, tmp_path / "inbox") as (process, port):
            answers = [tell(port, secret, "noor", 1), tell(port, secret, "kim", 2)]

            worked_on = lines_of(process, 2)

        assert answers == [204, 204]
        assert sorted(worked_on) == [1, 2]

    def test_is_done_at_the_next_start_where_the_process_was_killed(self, tmp_path):
        secret, inbox = make_secret(), tmp_path / "inbox"
        with a_receiver(DIES, secret, inbox) as (process, port):
            answer = tell(port, secret, "noor", 1)
            process.wait(timeout=10)

        with a_receiver(PRINTS, secret, inbox) as (process, port):
            tell(port, secret, "noor", 2)
            worked_on = lines_of(process, 2)

        assert answer == 204
        assert worked_on == [1, 2]


class TestInbox:
    def kept(self, inbox: Any, about: str, number: int) -> bool:
        body = json.dumps({"data": {"candidate": about, "number": number}})
        return bool(inbox.keep(f"m{number}", body.encode()))

    def test_keeps_the_order_of_each_object_where_work_fails(self, tmp_path):
        inbox = loaded().Inbox(str(tmp_path / "inbox"))
        for number, about in enumerate(["noor", "noor", "kim"]):
            self.kept(inbox, about, number)
        done: list[int] = []
        failures = [RuntimeError]

        def do(message: dict[str, Any]) -> None:
            if failures:
                raise failures.pop()
            done.append(message["data"]["number"])

        inbox.work(do)
        assert done == [2]
        inbox.work(do)
        assert done == [2, 0, 1]
        inbox.work(do)
        assert done == [2, 0, 1]

    def test_knows_a_message_that_comes_again(self, tmp_path):
        path = str(tmp_path / "inbox")
        inbox = loaded().Inbox(path)

        assert self.kept(inbox, "noor", 1)
        assert not self.kept(inbox, "noor", 1)
        inbox.work(lambda _message: None)
        assert not self.kept(loaded().Inbox(path), "noor", 1)

    def test_forgets_what_was_done_long_ago_alone(self, tmp_path, monkeypatch):
        recipe = loaded()
        inbox = recipe.Inbox(str(tmp_path / "inbox"))
        self.kept(inbox, "noor", 1)
        inbox.work(lambda _message: None)
        self.kept(inbox, "noor", 2)
        monkeypatch.setattr(recipe, "DAYS_KEPT", -1)

        inbox.forget()

        assert self.kept(inbox, "noor", 1)
        assert not self.kept(inbox, "noor", 2)


class TestVerified:
    @pytest.mark.parametrize("way", ["verified", "verified_by_hand"])
    def test_takes_what_one_of_the_secrets_signed_alone(self, way):
        verified = getattr(loaded(), way)
        old, new, other = (make_secret() for _number in range(3))
        message_id, body = uuid7(), '{"type":"ü"}'

        def headers(at=None):
            return signed_headers(
                body,
                message_id=message_id,
                secrets=[new, old],
                signed_at=at or timezone.now(),
            )

        sent = body.encode()
        assert verified(sent, headers(), [old])
        assert verified(sent, headers(), [other, new])
        assert not verified(sent, headers(), [other])
        assert not verified(sent + b" ", headers(), [new])
        assert not verified(sent, {**headers(), "webhook-id": "x"}, [new])
        assert not verified(sent, {}, [new])
        early = timezone.now() - timedelta(minutes=6)
        assert not verified(sent, headers(early), [new])
