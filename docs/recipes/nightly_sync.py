"""Keep jobs and people in step with another system, every night, both ways.

    RECRUIT_URL=... RECRUIT_TOKEN=... python nightly_sync.py EXPORT-FOLDER mirror.sqlite

First it pushes what the other system wrote: `jobs.csv` and `candidates.csv` in the
folder, with the columns of COLUMNS below. A row is found again by its id there, so that
a second run changes nothing.

Then it pulls what changed here into a small database: everything the first time, later
only what changed, and what is gone.

Each import has an Idempotency-Key of its own. It is written into that database, with
its rows, before they are sent, and crossed out when they are done. A run that was cut
off is simply run again: what it may have sent is settled first, by the same key.

Exit code 1: some rows were rejected; they are printed with the reason.

Scopes: imports:read, imports:write, jobs:read, jobs:write, candidates:read,
candidates:write, and candidates:protected for the e-mail addresses.
"""

import csv
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from calling import Refused, connected, settled
from recruit_client import AuthenticatedClient
from recruit_client.api.candidates import candidates_list
from recruit_client.api.imports import (
    imports_create,
    imports_retrieve,
    imports_rows_list,
)
from recruit_client.api.jobs import jobs_list
from recruit_client.models import (
    Import,
    ImportKind,
    ImportRowStatus,
    ImportState,
    PaginatedImportRowList,
)
from recruit_client.types import UNSET, File, Response

SOURCE = "our-ats"  # the name of the other system; with its ids it finds rows again
COLUMNS = {  # theirs -> ours
    ImportKind.JOBS: {
        "id": "external_id",
        "code": "requisition_code",
        "title": "title",
        "status": "status",
        "text": "description",
        "skills": "requirements",
    },
    ImportKind.CANDIDATES: {
        "id": "external_id",
        "first": "given_name",
        "last": "family_name",
        "mail": "emails",
        "does": "headline",
        "skills": "skills",
    },
}
LISTS: dict[ImportKind, Callable[..., Response[Any]]] = {
    ImportKind.JOBS: jobs_list.sync_detailed,
    ImportKind.CANDIDATES: candidates_list.sync_detailed,
}
RUNNING = {ImportState.CHECKING, ImportState.IMPORTING}
# Answers that say nothing of what an earlier call with the same key has done; nor does
# any that tells of a failure of the server.
STILL_OPEN = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
}


def push(
    client: AuthenticatedClient,
    kind: ImportKind,
    file: Path,
    mirror: sqlite3.Connection,
) -> bool:
    """Send the rows of a file as one import; return whether all of them landed.

    Also where the run before was cut off while it sent the same rows: what they change
    may have been changed again since.
    """
    key, rows = str(uuid4()), as_lines(kind, file)
    with mirror:  # before the call: whoever is killed now finds it again
        mirror.execute("INSERT INTO sending VALUES (?, ?, ?)", [kind, key, rows])
    done = import_once(client, kind, key, rows, mirror)
    tell(client, kind, done)
    return done.state == ImportState.FINISHED and not done.rejected


def finish_cut_off(
    client: AuthenticatedClient, kind: ImportKind, mirror: sqlite3.Connection
) -> None:
    """Settle what a run that was cut off may or may not have sent."""
    asked = "SELECT key, rows FROM sending WHERE kind = ?"
    begun = mirror.execute(asked, [kind]).fetchone()
    if begun is None:
        return
    key, rows = begun
    print(f"{kind}: an earlier run was cut off; what it sent is settled first")
    try:
        tell(client, kind, import_once(client, kind, key, rows, mirror))
    except Refused as refused:
        if leaves_open(refused):
            raise
        print(f"  nothing to settle: {refused}", file=sys.stderr)


def import_once(
    client: AuthenticatedClient,
    kind: ImportKind,
    key: str,
    rows: bytes,
    mirror: sqlite3.Connection,
) -> Import:
    """Send rows under a key, wait until they are done, and cross the key out."""
    try:
        done = imported(client, kind, key, rows)
    except Refused as refused:
        if not leaves_open(refused):
            cross_out(mirror, key)
        raise
    cross_out(mirror, key)
    return done


def imported(
    client: AuthenticatedClient, kind: ImportKind, key: str, rows: bytes
) -> Import:
    """Return the import with this key, made now or before, when it is done."""
    sent: Import = settled(
        lambda: imports_create.sync_detailed(
            client=client,
            of=kind,
            source=SOURCE,
            body=File(BytesIO(rows)),
            idempotency_key=key,
        )
    )
    done: Import = settled(imports_retrieve.sync_detailed, id=sent.id, client=client)
    while done.state in RUNNING:
        time.sleep(1)
        done = settled(imports_retrieve.sync_detailed, id=sent.id, client=client)
    return done


def leaves_open(refused: Refused) -> bool:
    """Tell whether an earlier call with the same key may have been done."""
    is_their_failure = refused.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return is_their_failure or refused.status in STILL_OPEN


def cross_out(mirror: sqlite3.Connection, key: str) -> None:
    """Forget a key whose import is done or was refused."""
    with mirror:
        mirror.execute("DELETE FROM sending WHERE key = ?", [key])


def tell(client: AuthenticatedClient, kind: ImportKind, done: Import) -> None:
    """Print what became of the rows, and the reasons of those that were rejected."""
    print(
        f"{kind} sent: {done.created} new, {done.updated} changed,"
        f" {done.unchanged} as they were, {done.rejected} rejected"
    )
    if done.rejected:
        tell_rejected(client, done)


def as_lines(kind: ImportKind, file: Path) -> bytes:
    """Return the rows of a CSV as NDJSON, each the body that a POST would take."""
    with file.open(newline="", encoding="utf-8") as table:
        rows = [as_body(kind, row) for row in csv.DictReader(table)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def as_body(kind: ImportKind, row: dict[str, str]) -> dict[str, Any]:
    """Return one row in the words of the platform."""
    body: dict[str, Any] = {"source": SOURCE}
    for theirs, ours in COLUMNS[kind].items():
        value = (row.get(theirs) or "").strip()
        if ours == "emails":
            body[ours] = [value] if value else []
        elif ours in {"skills", "requirements"}:
            named = [one.strip() for one in value.split(";")]
            body[ours] = [{"skill": one} for one in named if one]
        elif value:
            body[ours] = value
    return body


def tell_rejected(client: AuthenticatedClient, done: Import) -> None:
    """Print the first rows that were rejected, each with the reasons."""
    found: PaginatedImportRowList = settled(
        imports_rows_list.sync_detailed,
        id=done.id,
        client=client,
        status=ImportRowStatus.REJECTED,
    )
    for row in found.items:
        reasons = "; ".join(f"{one.field}: {one.message}" for one in row.errors)
        print(f"  row {row.row}: {reasons}", file=sys.stderr)


def pull(
    client: AuthenticatedClient, kind: ImportKind, mirror: sqlite3.Connection
) -> None:
    """Bring the mirror up to date, all of it or, where that fails, nothing."""
    asked = "SELECT token FROM sync WHERE kind = ?"
    (token,) = mirror.execute(asked, [kind]).fetchone() or (None,)
    try:
        with mirror:
            kept, gone = take_in(client, kind, mirror, token)
    except Refused as refused:
        if refused.status != HTTPStatus.GONE or token is None:
            raise
        with mirror:  # too old: from the beginning
            kept, gone = take_in(client, kind, mirror, None)
    print(f"{kind} taken in: {kept} new or changed, {gone} gone")


def take_in(
    client: AuthenticatedClient,
    kind: ImportKind,
    mirror: sqlite3.Connection,
    token: str | None,
) -> tuple[int, int]:
    """Take in what changed since a token, or everything; return how many."""
    kept = gone = 0
    if token is None:
        mirror.execute("DELETE FROM row WHERE kind = ?", [kind])
    for page in pages(client, kind, token):
        rows = [(kind, str(row.id), json.dumps(row.to_dict())) for row in page.items]
        mirror.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?)", rows)
        dead = [(kind, str(one.id)) for one in page.deleted]
        mirror.executemany("DELETE FROM row WHERE kind = ? AND id = ?", dead)
        kept, gone = kept + len(rows), gone + len(dead)
        if page.sync_token:  # on the last page
            stands = [kind, page.sync_token]
            mirror.execute("INSERT OR REPLACE INTO sync VALUES (?, ?)", stands)
    return kept, gone


def pages(
    client: AuthenticatedClient, kind: ImportKind, token: str | None
) -> Iterator[Any]:
    """Yield every page of a list, or of what changed in it since a token."""
    cursor: Any = UNSET
    while True:
        page: Any = settled(
            LISTS[kind],
            client=client,
            per_page=500,
            cursor=cursor,
            sync_token=token or UNSET,
        )
        yield page
        if page.next_ is None:
            return
        (cursor,) = parse_qs(urlsplit(page.next_).query)["cursor"]


def opened(file: str) -> sqlite3.Connection:
    """Return the mirror, made if it is not there yet."""
    mirror = sqlite3.connect(file)
    mirror.execute("CREATE TABLE IF NOT EXISTS sync (kind PRIMARY KEY, token)")
    mirror.execute(
        "CREATE TABLE IF NOT EXISTS row (kind, id, body, PRIMARY KEY (kind, id))"
    )
    mirror.execute("CREATE TABLE IF NOT EXISTS sending (kind PRIMARY KEY, key, rows)")
    return mirror


def main(folder: Path, file: str) -> int:
    """Push, then pull; return the exit code."""
    client, mirror = connected(), opened(file)
    all_landed = True
    for kind in COLUMNS:
        finish_cut_off(client, kind, mirror)
        export = folder / f"{kind}.csv"
        if export.exists():
            all_landed &= push(client, kind, export, mirror)
    for kind in LISTS:
        pull(client, kind, mirror)
    mirror.close()
    return 0 if all_landed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
