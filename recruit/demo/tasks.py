"""When demo data is loaded: a task of the worker, which can be done again."""

import logging
from uuid import UUID

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from recruit.accounts.models import User
from recruit.common.task_queue import LONG
from recruit.demo.operations import LOAD, load_demo
from recruit.deployment.milestones import demo_is_loaded

logger = logging.getLogger(__name__)

RETRY = RetryStrategy(max_attempts=5, wait=10, retry_exceptions={OperationalError})


@app.task(name=LOAD, queue=LONG, retry=RETRY)
def load_demo_data(owner_id: str) -> None:
    """Load the demo data to its end, for whoever asked, and note that it is there."""
    owner = User.objects.active().filter(pk=UUID(owner_id)).first()
    load_demo(now=timezone.now(), owner=owner, report=logger.info)
    demo_is_loaded(loaded_at=timezone.now())
