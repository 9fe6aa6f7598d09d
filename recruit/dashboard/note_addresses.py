"""Where notes lead to."""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from recruit.notes.models import Note


def suggest_address(*, candidate_id: UUID | None, job_id: UUID | None) -> str:
    """Return where the colleagues are asked for who may read a note about these."""
    about = {"candidate": candidate_id, "job": job_id}
    query = urlencode({name: str(pk) for name, pk in about.items() if pk})
    return f"{reverse('dashboard:colleague_suggest')}?{query}"


def about_address(note: Note) -> str:
    """Return the timeline of the person a note names, else of the job."""
    person = note.candidate
    if person is not None and not person.veiled_for:
        return reverse("dashboard:candidate_activity", args=[person.pk])
    assert note.job is not None  # noqa: S101 - a constraint of the table
    return reverse("dashboard:job_activity", args=[note.job.requisition_code])
