"""/notes"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_204_NO_CONTENT

from recruit.accounts.choices import Scope
from recruit.api.pagination import SyncedPagination
from recruit.api.permissions import TokenHoldsScope
from recruit.api.preconditions import expected_version
from recruit.api.serializers.notes import (
    NewNoteSerializer,
    NoteListQuery,
    NoteRowQuery,
    NoteRowSerializer,
    NoteSerializer,
    NoteTextSerializer,
)
from recruit.api.sync import TOLD_BY_LISTS
from recruit.api.views.base import Resource
from recruit.applications.veil import veil_of
from recruit.candidates.personal import without_contacts
from recruit.changes.choices import Kind
from recruit.notes.models import Note
from recruit.notes.operations import delete_note, edit_note, write_note
from recruit.notes.querysets import NoteQuerySet
from recruit.notes.veiled import notes_as_shown


class Notes(Resource[Note]):
    """What colleagues wrote about people and jobs."""

    kind = Kind.NOTE
    pagination_class = SyncedPagination
    told = {"list": TOLD_BY_LISTS}
    read_scope = Scope.NOTES_READ
    write_scope = Scope.NOTES_WRITE
    # Hiring managers write notes for their own jobs, as on the pages.
    permission_classes = (IsAuthenticated, TokenHoldsScope)
    query_classes = {"list": NoteListQuery, "retrieve": NoteRowQuery}
    row_class = NoteSerializer
    list_class = NoteRowSerializer
    body_classes = {
        "create": NewNoteSerializer,
        "partial_update": NoteTextSerializer,
    }

    def visible(self) -> NoteQuerySet:
        return _whole(self.access.notes())

    def as_shown(self, rows: Sequence[Note]) -> Sequence[Note]:
        shown = notes_as_shown(rows)
        for note in shown:
            person = note.candidate
            vars(note)["shown_candidate_id"] = person.pk if person else None
        return shown

    def list(self, request: Request) -> Response:
        """List the notes the caller may read, newest first.

        A note that names a job is read by those who see the job, one on a person alone
        by recruiters and administrators. Where a job hides who applied, names are taken
        out of the text. Deleted notes say nothing any more and are not listed.
        """
        notes, asked = self.access.notes(), self.query
        if "candidate" in asked:
            notes = self._about(notes, asked["candidate"], asked.get("job"))
        for name in ("job", "author"):
            if name in asked:
                notes = notes.filter(**{name: asked[name]})
        if "updated_since" in asked:
            since = asked["updated_since"]
            notes = notes.filter(Q(written_at__gte=since) | Q(edited_at__gte=since))
        loaded = notes.with_subjects().prefetch_related("mentions")
        return self.answer_page(loaded.prefetch_related("candidate__education"))

    def _about(
        self, notes: NoteQuerySet, candidate_id: UUID, job_id: UUID | None
    ) -> NoteQuerySet:
        """Keep the notes on a person, as the pages of a job know them if it is named.

        Where the person is named, others would tell who it is.
        """
        if job_id is None:
            return notes.about_candidate(candidate_id).that_name_people()
        job = self.access.jobs().filter(pk=job_id).first()
        meant = veil_of(job).one_behind(candidate_id) if job else None
        return notes.about_candidate(meant) if meant else notes.none()

    def create(self, request: Request) -> Response:
        """Write a note about a candidate, a job, or a candidate for a job.

        Whoever the text mentions is told, if they may read the note; else it is
        refused. A note of a token alone has no author who could edit it: name a user
        with `On-Behalf-Of`.
        """
        stated = self.checked_body().validated_data
        candidate, job = stated.get("candidate"), stated.get("job")
        note = write_note(
            text=stated["text"],
            actor=self.access.actor,
            written_at=timezone.now(),
            candidate_id=candidate.pk if candidate else None,
            job_id=job.pk if job else None,
        )
        return self._answer(note.pk, is_new=True)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one note with what it said before."""
        return self.answer_row(self.get_object())

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Edit a note; only its author may. What it said before is kept."""
        note, stated = self.get_object(), self.checked_body().validated_data
        edit_note(
            note_id=note.pk,
            text=self._whole_text(note, stated.get("text", note.text)),
            actor=self.access.actor,
            edited_at=timezone.now(),
            expected_version=expected_version(request, note),
        )
        return self._answer(note.pk)

    def _whole_text(self, note: Note, stated: str) -> str:
        """Return what is stated; what came back without contacts, as it stands."""
        is_as_shown = stated == without_contacts(note.text).strip()
        return note.text if is_as_shown and not self.access.sees_protected else stated

    def destroy(self, request: Request, pk: UUID) -> Response:
        """Delete a note: its author may, and administrators."""
        note = self.get_object()
        delete_note(
            note_id=note.pk,
            actor=self.access.actor,
            deleted_at=timezone.now(),
            expected_version=expected_version(request, note),
        )
        return Response(status=HTTP_204_NO_CONTENT)

    def _answer(self, note_id: UUID, *, is_new: bool = False) -> Response:
        return self.answer_row(
            _whole(Note.objects.all()).get(pk=note_id), is_new=is_new
        )


def _whole(notes: NoteQuerySet) -> NoteQuerySet:
    loaded = notes.with_subjects().prefetch_related("mentions", "versions")
    return loaded.prefetch_related("candidate__education")
