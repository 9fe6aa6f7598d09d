"""Whether all parts are well: database, migrations, worker, demo data."""

import logging
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateWorker

from recruit.deployment.embedded_database.base import embedded_server
from recruit.deployment.milestones import is_demo_awaited

logger = logging.getLogger(__name__)

# Four heartbeats missed.
SILENT_WORKER = timedelta(seconds=20)


def problems(*, now: datetime) -> dict[str, str]:
    """Return what is not well, by part; nothing where all is."""
    home = settings.DATABASES["default"].get("RECRUIT_HOME")
    if home is not None and embedded_server(home).postmaster is None:
        return {"database": "The embedded database does not run."}
    try:
        return _problems_in_database(now)
    except DatabaseError as error:
        logger.warning("Not ready: %s", error)
        return {"database": "The database does not answer."}


def _problems_in_database(now: datetime) -> dict[str, str]:
    if migrations := _migrations_problem():
        return {"migrations": migrations}
    found = {"worker": _worker_problem(now), "demo_data": _demo_problem()}
    return {part: problem for part, problem in found.items() if problem}


def _migrations_problem() -> str:
    missing = _last_migrations() - set(
        MigrationRecorder(connection).applied_migrations()
    )
    return f"{len(missing)} apps have migrations to apply." if missing else ""


@cache
def _last_migrations() -> frozenset[tuple[str, str]]:
    """Return the last migration of each app: files, which do not change in a run."""
    loader = MigrationLoader(None)
    return frozenset((app, name) for app, name in loader.graph.leaf_nodes())


def _worker_problem(now: datetime) -> str:
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    if last is None:
        return "No worker runs."
    if now - last > SILENT_WORKER:
        return f"The worker has been silent since {last.isoformat()}."
    return ""


def _demo_problem() -> str:
    return "The demo data is being loaded." if is_demo_awaited() else ""
