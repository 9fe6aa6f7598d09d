"""Receivers, and webhooks that lead to them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.webhooks.networks import parse_networks
from recruit.webhooks.operations import WithSecret, create_webhook
from recruit.webhooks.sending import send_all
from tests.factories import ACTOR, make_user
from tests.webhooks.receiver import Receiver, receiving

Make = Callable[..., WithSecret]


@pytest.fixture(autouse=True)
def _this_machine_is_allowed(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = parse_networks(["127.0.0.0/8"])


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def administrator(db: Any) -> User:
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def make_webhook(db: Any, receiver: Receiver) -> Make:
    """Give a function that makes a webhook which leads to the receiver."""

    def make(owner: User | None = None, **stated: Any) -> WithSecret:
        return create_webhook(
            owner=owner or make_user(Role.ADMINISTRATOR),
            stated={"name": "Our system", "url": receiver.url, **stated},
            actor=ACTOR,
            created_at=timezone.now(),
        )

    return make


class Clock:
    """The time, which a test may move on."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def send(clock: Clock) -> Callable[[], None]:
    """Give a function that sends all that is due by the clock."""

    def send_now() -> None:
        clock.now = max(clock.now, timezone.now())
        send_all(clock=clock)

    return send_now
