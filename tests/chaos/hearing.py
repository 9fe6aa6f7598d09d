"""A receiver of webhooks that fails half the time, and what it has heard."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.ledger import Ledger
from tests.deployment.processes import manage
from tests.webhooks.receiver import Answer, Received, Receiver, receiving

# A message is given up after seven tries; chance alone would bring some there.
MOST_FAILURES = 5
FAILED = 500
MAKE = """
from django.utils import timezone
from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.webhooks.operations import create_webhook
create_webhook(
    owner=User.objects.earliest("date_joined"), actor=Actor.system("chaos"),
    stated={"name": "chaos", "url": "URL"}, created_at=timezone.now(),
)
"""


class Hearing:
    """Calls of a receiver; those that it answered well count as delivered."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self._chance = random.Random(0)  # noqa: S311 - not a secret
        self._failures: Counter[str] = Counter()
        self._heard: set[tuple[str, str, str]] = set()  # message, type, object
        receiver.answer = self._answer

    def _answer(self, call: Received) -> Answer:
        gives_in = self._failures[call.id] >= MOST_FAILURES
        if not gives_in and self._chance.random() < 1 / 2:  # fails half the time
            self._failures[call.id] += 1
            return Answer(status=FAILED)
        data = call.message["data"]
        about = data.get("application") or data.get("candidate") or data.get("job")
        self._heard.add((call.id, call.type, str(about)))
        return Answer()

    def missing(self, ledger: Ledger) -> list[str]:
        """Return what should have been told and was not, once for each change."""
        told = Counter((kind, about) for _id, kind, about in set(self._heard))
        return [
            f"{kind} of {about}: told {told[kind, about]} times of {times}"
            for (kind, about), times in _expected(ledger).items()
            if told[kind, about] < times
        ]

    def told(self) -> dict[str, int]:
        return {
            "calls": len(self.receiver.calls),
            "refused calls": self._failures.total(),
            "messages delivered": len({one for one, _type, _about in self._heard}),
        }


def _expected(ledger: Ledger) -> Mapping[tuple[str, str], int]:
    wanted: Counter[tuple[str, str]] = Counter()
    for one in ledger.known:
        wanted[f"{one.kind}.created", one.id] += 1
        if one.kind == "application" and one.moves:
            wanted["application.stage_changed", one.id] += one.moves
        if one.kind == "candidate" and one.version > 1:
            wanted["candidate.changed", one.id] += one.version - 1
    return wanted


@contextmanager
def hearing(home: Path, environment: Mapping[str, str]) -> Iterator[Hearing]:
    """Listen, and let the platform of a home tell of everything."""
    with receiving() as receiver:
        heard = Hearing(receiver)
        script = MAKE.replace("URL", receiver.url)
        made = manage(home, "shell", "--no-imports", "-c", script, **environment)
        assert made.returncode == 0, made.stderr
        yield heard
