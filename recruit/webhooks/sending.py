"""Sending everything that is due, many calls at once."""

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from recruit.webhooks.calling import Call, Outcome, make_call
from recruit.webhooks.delivering import AT_ONCE, settle, take_due
from recruit.webhooks.publishing import publish_some

# While calls are under way, what happens meanwhile is looked for so often.
LOOK_SECONDS = 0.1

Clock = Callable[[], datetime]


def send_all(*, clock: Clock, linger_seconds: float = 0.0) -> None:
    """Publish and send until nothing is due, and look about for a while longer.

    The threads only call: this one alone reads and writes the database. Whoever is
    killed leaves leases behind, and what they held is sent again.
    """
    under_way: dict[Future[Outcome], Call] = {}
    leaves_at = time.monotonic() + linger_seconds
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook") as threads:
        while True:
            published = publish_some(now=clock())
            busy = Counter(call.webhook_id for call in under_way.values())
            for call in take_due(now=clock(), busy=busy):
                under_way[threads.submit(_make, call, clock)] = call
            if published or under_way:
                leaves_at = time.monotonic() + linger_seconds
            elif time.monotonic() >= leaves_at:
                return
            else:
                time.sleep(LOOK_SECONDS)
                continue
            pause = 0 if published else LOOK_SECONDS
            ended, _others = wait(under_way, pause, return_when=FIRST_COMPLETED)
            for one in ended:
                settle(
                    call=under_way.pop(one),
                    outcome=one.result(),
                    now=clock(),
                    jitter=random.random(),  # noqa: S311 - spreads calls, hides nothing
                )


def _make(call: Call, clock: Clock) -> Outcome:
    if not call.secrets:
        told = _("The secret cannot be read: SECRET_KEY changed. Rotate the secret.")
        return Outcome(clock(), 0, error=told)
    return make_call(call, allowed=settings.WEBHOOK_NETWORKS, started_at=clock())
