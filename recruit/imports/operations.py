"""Every write to files that are imported, but for what the worker does."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.common.refusals import Refused
from recruit.common.task_queue import LONG, defer, task
from recruit.imports.choices import ImportState
from recruit.imports.columns import assigned, header_key, refuse_unknown_field
from recruit.imports.look import look_at
from recruit.imports.models import KEPT, FileImport, RememberedColumn
from recruit.imports.types import ImportKind

RUN = "recruit.imports.tasks.run_file_import"
# No request takes as long: what is older and unknown belongs to none any more.
LEFT_BEHIND_AFTER = timedelta(days=1)
WAITING_OR_RUNNING = ("todo", "doing")


class WrongMoment(Refused):
    """The file stands where this cannot be done to it."""


def keep_file(
    chunks: Iterable[bytes],
    *,
    owner: User,
    file_name: str,
    kind: ImportKind,
    source: str,
    kept_at: datetime,
) -> FileImport:
    """Keep a file that was sent and say what its columns may mean.

    Raise UnusableFile, and keep nothing, where nothing of it can be imported.
    """
    kept = FileImport(
        owner=owner,
        kind=kind,
        source=source,
        file_name=file_name[:200],
        created_at=kept_at,
    )
    with folder_of(kept):
        write_file(chunks, kept)
        _understand(kept)
        kept.save()
    return kept


@contextmanager
def folder_of(kept: FileImport) -> Iterator[None]:
    """Make the folder of a file that is sent; where it comes to nothing, remove it."""
    kept.folder.mkdir(parents=True, mode=0o700)
    is_kept = False
    try:
        yield
        is_kept = True
    finally:
        if not is_kept:
            shutil.rmtree(kept.folder, ignore_errors=True)


def write_file(chunks: Iterable[bytes], kept: FileImport) -> None:
    """Write what was sent, so that a power failure does not lose it."""
    with kept.file.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        kept.size = file.tell()
        file.flush()
        os.fsync(file.fileno())


def _understand(kept: FileImport) -> None:
    kind = ImportKind(kept.kind)
    look = look_at(kept.file, kind=kind, known=remembered(kind, kept.source))
    kept.encoding, kept.sheet = look.encoding, look.sheet[:200]
    kept.header_row = look.header_row
    kept.headers = [column.header for column in look.columns]
    kept.fields = [column.field or "" for column in look.columns]
    kept.first_rows = [shown(row) for row in look.first_rows]


def shown(row: Sequence[str]) -> list[str]:
    """Return cells for looking at, without what cannot be stored."""
    return [
        cell.replace("\x00", "").encode("utf-8", "replace").decode() for cell in row
    ]


def remembered(kind: ImportKind, source: str) -> dict[str, str]:
    """Return what the columns of a source were last said to mean."""
    known = RememberedColumn.objects.filter(kind=kind, source=source)
    return dict(known.values_list("header_key", "field"))


@transaction.atomic
def choose_columns(*, import_id: UUID, fields: Sequence[str]) -> FileImport:
    """Say what each column means, and remember it for the source.

    Raise UnusableFile where the choice cannot be, WrongMoment while it runs.
    """
    chosen = _locked(import_id)
    is_moment = chosen.state in {ImportState.MAPPING, ImportState.CHECKED}
    if not is_moment or not chosen.has_columns:
        raise WrongMoment(_("The columns of this file cannot be changed any more."))
    kind = ImportKind(chosen.kind)
    for name in fields:
        refuse_unknown_field(kind, name)
    assigned(kind, chosen.headers, [name or None for name in fields])
    chosen.fields = list(fields)
    chosen.state = ImportState.MAPPING
    chosen.save(update_fields=["fields", "state"])
    _remember(chosen)
    return chosen


def _remember(chosen: FileImport) -> None:
    pairs = zip(chosen.headers, chosen.fields, strict=True)
    by_key = {header_key(header): name for header, name in pairs}
    by_key.pop("", None)
    RememberedColumn.objects.bulk_create(
        [
            RememberedColumn(
                kind=chosen.kind, source=chosen.source, header_key=key, field=name
            )
            for key, name in by_key.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "source", "header_key"],
        update_fields=["field"],
    )


@transaction.atomic
def start_check(*, import_id: UUID) -> FileImport:
    """Have the worker try every row and write none. Raise WrongMoment."""
    started = _locked(import_id)
    if started.state not in {ImportState.MAPPING, ImportState.CHECKED}:
        raise WrongMoment(_("This file is being imported already, or was."))
    return start(started, ImportState.CHECKING, None)


@transaction.atomic
def start_import(*, import_id: UUID, begun_at: datetime) -> FileImport:
    """Have the worker import the file. Raise WrongMoment, also for a second time."""
    started = _locked(import_id)
    if started.state not in {ImportState.MAPPING, ImportState.CHECKED}:
        raise WrongMoment(_("This file is being imported already, or was."))
    if started.has_columns:
        # Raises where the guesses that nobody has looked at leave out what is needed.
        assigned(
            ImportKind(started.kind),
            started.headers,
            [name or None for name in started.fields],
        )
    return start(started, ImportState.IMPORTING, begun_at)


def start(
    started: FileImport, state: ImportState, begun_at: datetime | None
) -> FileImport:
    """Queue a run of a locked or new import from its first row on."""
    started.state, started.begun_at, started.failure = state, begun_at, ""
    started.checks_only = state == ImportState.CHECKING
    forget_progress(started)
    started.save()
    _queue(started)
    return started


def forget_progress(one: FileImport) -> None:
    """Set the figures of an import back, for a run from the first row on."""
    one.rejected_rows.all().delete()
    one.rows.all().delete()
    one.rows_done = one.bytes_read = 0
    one.created = one.changed = one.unchanged = one.rejected = 0
    for claims in one.folder.glob(f"{one.claims.name}*"):
        claims.unlink()


@transaction.atomic
def cancel(*, import_id: UUID, asks_again: bool = False) -> FileImport:
    """Stop the worker before its next batch; what has landed stays.

    A check of a table that is asked for again goes back to what the columns mean.
    Raise WrongMoment where nothing runs.
    """
    stopped = _locked(import_id)
    if not stopped.is_running:
        raise WrongMoment(_("There is nothing to stop any more."))
    was_check = stopped.state == ImportState.CHECKING
    names_columns = asks_again and was_check and stopped.has_columns
    stopped.state = ImportState.MAPPING if names_columns else ImportState.CANCELLED
    stopped.save(update_fields=["state"])
    return stopped


@transaction.atomic
def resume(*, import_id: UUID) -> FileImport:
    """Go on after the last row that landed. Raise WrongMoment where it runs."""
    resumed = _locked(import_id)
    if resumed.is_running and is_queued(resumed):
        raise WrongMoment(_("This file is being imported already, or was."))
    if not resumed.is_running:
        if resumed.state not in {ImportState.CANCELLED, ImportState.FAILED}:
            raise WrongMoment(_("There is nothing to go on with."))
        is_check = resumed.checks_only
        resumed.state = ImportState.CHECKING if is_check else ImportState.IMPORTING
    resumed.failure = ""
    resumed.save(update_fields=["state", "failure"])
    _queue(resumed)
    return resumed


def is_queued(one: FileImport) -> bool:
    """Tell whether a task of this import waits or runs."""
    tasks = ProcrastinateJob.objects.filter(task_name=RUN, lock=one.task_lock)
    return tasks.filter(status__in=WAITING_OR_RUNNING).exists()


def _queue(one: FileImport) -> None:
    arguments = {"import_id": str(one.pk)}
    defer([task(RUN, queue=LONG, lock=one.task_lock, arguments=arguments)])


@transaction.atomic
def discard(*, import_id: UUID) -> None:
    """Remove a file and its rejected rows. Raise WrongMoment while it runs."""
    discarded = _locked(import_id)
    if discarded.is_running:
        raise WrongMoment(_("Stop the import before you remove its file."))
    _remove([discarded])


@transaction.atomic
def remove_old(*, now: datetime) -> None:
    """Remove files and rejected rows that nobody will come back to."""
    _remove(FileImport.objects.left_alone_since(now - KEPT))
    remove_left_behind(now=now)


def remove_left_behind(*, now: datetime) -> None:
    """Remove what processes that were killed have left of files nobody knows of."""
    known = {str(key) for key in FileImport.objects.values_list("pk", flat=True)}
    uploads = Path(settings.MEDIA_ROOT)
    folders = [one for one in uploads.glob("imports/*") if one.name not in known]
    for left in (*folders, *uploads.glob("incoming/*")):
        if left.stat().st_mtime < (now - LEFT_BEHIND_AFTER).timestamp():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _remove(files: Iterable[FileImport]) -> None:
    for one in files:
        remove_folder = partial(shutil.rmtree, one.folder, ignore_errors=True)
        one.delete()
        transaction.on_commit(remove_folder)


def _locked(import_id: UUID) -> FileImport:
    return FileImport.objects.select_for_update(of=("self",)).get(pk=import_id)


def importing_actor(one: FileImport) -> Actor:
    """Return who the rows of a file are written by."""
    if one.token is None:
        return Actor.of(one.owner)
    return Actor.of_token(one.token, one.sender.on_behalf_of)
