"""Documents that come as files: taken in, looked at, kept beside their rows."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.candidates import files
from recruit.candidates.choices import DocumentKind
from recruit.candidates.inputs import DocumentInput
from recruit.candidates.media import check_content, stated_media_type, text_of
from recruit.candidates.models import Candidate, Document
from recruit.candidates.part_rows import add_row
from recruit.candidates.parts import DOCUMENTS
from recruit.common.fields import LINE_LENGTH, TEXT_LENGTH
from recruit.common.ids import uuid7


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came: nothing of it is believed yet."""

    chunks: Iterable[bytes]
    name: str
    media_type: str


@transaction.atomic
def add_document_file(
    *,
    candidate_id: UUID,
    sent: SentFile,
    stated: DocumentInput,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> tuple[Candidate, Document]:
    """Add a document with its file; plain text is read where no text is stated.

    Raise ValidationError for a file that is not taken, and what `add_row` raises.
    """
    document_id = uuid7()
    name = safe_name(sent.name)
    media_type = stated_media_type(sent.media_type, name)
    with ExitStack() as unless_added:
        unless_added.callback(files.remove, [document_id])
        stored = files.store(document_id, sent.chunks, name=name)
        path = files.path_of(document_id)
        check_content(path, media_type)
        added = add_row(
            candidate_id=candidate_id,
            part=DOCUMENTS,
            stated=replace(
                stated,
                title=stated.title or name or _in_words(stated.kind),
                text=stated.text or text_of(path, media_type, most=TEXT_LENGTH),
                media_type=media_type,
                file=stored,
                row_id=document_id,
            ),
            actor=actor,
            changed_at=changed_at,
            expected_version=expected_version,
        )
        unless_added.pop_all()
    return added


def _in_words(kind: str) -> str:
    """Return what a document is called that came without a name."""
    if kind == DocumentKind.OTHER:
        return _("Document")
    return str(DocumentKind(kind).label)


def safe_name(stated: str) -> str:
    """Return the last part of a name without what no name of a file needs."""
    last = PureWindowsPath(PurePosixPath(stated).name).name
    return "".join(one for one in last if one.isprintable())[-LINE_LENGTH:].strip()
