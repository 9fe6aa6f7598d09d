"""Who writes at the moment, and from where: what the audit log is told of it."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from recruit.common.request_ids import current_request_id

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Doer:
    """A user, a token or the system."""

    kind: str
    name: str
    doer_id: UUID | None = None
    on_behalf_of_id: UUID | None = None


@dataclass(slots=True)
class Doing:
    """One request, task or command."""

    via: str
    who: Callable[[], Doer]
    address: str | None = None

    def told(self) -> str:
        """Return all of it as JSON, for the database."""
        doer = self.who()
        said = {
            "via": self.via,
            "kind": doer.kind,
            "id": _plain(doer.doer_id),
            "name": doer.name,
            "on_behalf_of": _plain(doer.on_behalf_of_id),
            "address": self.address,
            "request": current_request_id(),
        }
        known = {name: value for name, value in said.items() if value is not None}
        # No half characters and no nulls: the database takes neither.
        text = json.dumps(known).encode("utf-8", "replace").decode()
        return text.replace("\\u0000", "")


def _plain(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _command() -> str:
    """Return what this process was started as: the command, or its program."""
    program = Path(sys.argv[0]).name
    is_manage = program == "manage.py" and len(sys.argv) > 1
    return sys.argv[1] if is_manage else program


def by_command() -> Doing:
    """Return the present process: a command of the command line."""
    return Doing("command", lambda: Doer(SYSTEM, _command()))


_present: ContextVar[Doing | None] = ContextVar("doing", default=None)


def present() -> Doing:
    """Return what is being done; outside of requests and tasks that is a command."""
    return _present.get() or by_command()


@contextmanager
def doing(what: Doing) -> Iterator[Doing]:
    """Let every write inside be told of as done so."""
    token = _present.set(what)
    try:
        yield what
    finally:
        _present.reset(token)
