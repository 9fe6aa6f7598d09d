"""What `manage.py up` does before anything can serve: one phase after the other."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from recruit.deployment.administrator import FirstAccount, ensure_administrator
from recruit.deployment.failures import CannotStart
from recruit.deployment.locks import FileLock
from recruit.deployment.milestones import (
    demo_is_expected,
    is_demo_awaited,
    was_demo_removed,
)
from recruit.deployment.server_checks import checked_server

NAME_WIDTH = 16
RESULT_WIDTH = 36


@dataclass
class Phase:
    """One line of progress: its name at once, what came of it when it is done."""

    result: str = "ready"


@contextmanager
def phase(name: str, write: Callable[[str], None]) -> Iterator[Phase]:
    """Show that a phase runs, then its result and how long it took."""
    write(f"  {name:<{NAME_WIDTH}}")
    began = time.monotonic()
    running = Phase()
    try:
        yield running
    except BaseException:
        write("stopped\n")
        raise
    write(f"{running.result:<{RESULT_WIDTH}} {time.monotonic() - began:5.1f} s\n")


def hold_home() -> FileLock:
    """Take the home folder for this process; raise CannotStart if it is taken."""
    lock = FileLock(settings.HOME.run / "up.lock")
    address = settings.HOME.run / "up.address"
    if not lock.acquire_or_fail():
        where = f", at {address.read_text().strip()}" if address.exists() else ""
        raise CannotStart(
            f"Recruit already runs on {settings.HOME.path}{where}. Stop it first, or"
            " set RECRUIT_HOME and RECRUIT_PORT to run a second one beside it."
        )
    address.write_text(f"{settings.ADDRESS}\n")
    return lock


def check_settings() -> None:
    """Raise CannotStart for the first mistake that a system check finds."""
    errors = [message for message in run_checks() if message.is_serious()]
    if errors:
        hint = f" {errors[0].hint}" if errors[0].hint else ""
        raise CannotStart(f"{errors[0].msg}{hint}")


def prepare_database(running: Phase) -> None:
    """Start or reach the server and check its versions."""
    running.result = checked_server()


def migrate(running: Phase) -> None:
    """Bring the tables to this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _refuse_newer_database(executor)
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    # What follows migrations is missing where the last start was cut short there.
    call_command("install_audit", stdout=StringIO())
    running.result = f"{len(plan)} applied" if plan else "none to apply"


def load_vocabulary(running: Phase) -> None:
    """Load the skills that come with the platform."""
    if "load_vocabulary" not in get_commands():
        running.result = "none"
        return
    call_command("load_vocabulary", stdout=StringIO())


def make_administrator(running: Phase) -> FirstAccount:
    """Make the first account if there is none."""
    account = ensure_administrator(
        home=settings.HOME,
        email=settings.ADMIN_EMAIL,
        password=settings.ADMIN_PASSWORD,
    )
    running.result = account.email
    return account


def needs_demo() -> bool:
    """Tell whether the demo data is to be loaded: nothing there yet, or cut short."""
    if not settings.WANTS_DEMO or "load_demo" not in get_commands():
        return False
    if was_demo_removed():
        return False
    if not is_demo_awaited():
        if any(apps.get_model(name).objects.exists() for name in settings.DEMO_BEFORE):
            return False
        demo_is_expected()
    return True


def _refuse_newer_database(executor: MigrationExecutor) -> None:
    known = executor.loader.disk_migrations or {}
    ours = {app for app, _ in known}
    newer = [
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in ours and (app, name) not in known and not _is_replaced(executor, app)
    ]
    if newer:
        raise CannotStart(
            f"The database was made by a newer version (it has {sorted(newer)[0]})."
            " Start that version, or set RECRUIT_HOME to another folder."
        )


def _is_replaced(executor: MigrationExecutor, app: str) -> bool:
    return any(
        migration.replaces
        for (label, _), migration in executor.loader.disk_migrations.items()
        if label == app
    )
