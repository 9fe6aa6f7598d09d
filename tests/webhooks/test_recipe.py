"""The receiver of docs/recipes, run as it stands there."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import ModuleType

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
            send()
            for one in Delivery.objects.all():
                operations.redeliver(delivery_id=one.pk, asked_at=timezone.now())
            send()
            process.terminate()
            assert process.stdout is not None
            printed = process.stdout.read().splitlines()

        ids = json.dumps({"candidate": str(candidate.pk)})
        assert sorted(printed) == [
            f"candidate.created {ids}",
            f'webhook.ping {{"webhook": "{made.webhook.pk}"}}',
        ]
        assert set(Attempt.objects.values_list("status", flat=True)) == {204}
        assert Attempt.objects.count() == 4


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
