"""What lists add to their rows where the caller asks for it with `include`.

Each is read for all rows of a page at once, with the caller's rights: nothing that the
caller could not read at its own address, and nobody whom a job hides.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from recruit.accounts.choices import Scope
from recruit.api.access import Access
from recruit.api.protected import shown
from recruit.api.serializers.applications import ApplicationSerializer
from recruit.api.serializers.candidates import CandidateHeadSerializer
from recruit.api.serializers.jobs import JobSerializer
from recruit.applications.blind import known_by_name
from recruit.applications.models import Application
from recruit.applications.queries import stage_counts
from recruit.applications.veil import veils_of
from recruit.candidates.models import Candidate, Document
from recruit.jobs.models import Job

Found = Mapping[UUID, Any]  # by the row that it is related to
Reader = Callable[[Sequence[Any], Access], Found]


def _applications(rows: Sequence[Candidate], access: Access) -> Found:
    found: dict[UUID, list[Any]] = {row.pk: [] for row in rows}
    known = known_by_name(access.applications()).filter(candidate__in=list(found))
    writer = ApplicationSerializer()
    loaded = known.prefetch_related("transitions").order_by("-applied_at", "-id")
    for one in loaded:
        found[one.candidate_id].append(writer.to_representation(one))
    return found


def _document_texts(rows: Sequence[Candidate], access: Access) -> Found:
    found: dict[UUID, list[Any]] = {row.pk: [] for row in rows}
    texts = Document.objects.filter(candidate__in=list(found)).order_by(
        "added_at", "id"
    )
    for one in texts.only("id", "text", "candidate_id"):
        said = {"id": str(one.pk), "text": one.text}
        found[one.candidate_id].append(shown(said, access))
    return found


def _application_counts(rows: Sequence[Job], _access: Access) -> Found:
    return stage_counts([row.pk for row in rows])


def _job(rows: Sequence[Application], access: Access) -> Found:
    jobs = access.jobs().with_requirements().with_people()
    writer = JobSerializer(context={"access": access})
    found = {
        job.pk: writer.to_representation(job)
        for job in jobs.filter(pk__in={row.job_id for row in rows})
    }
    return {row.pk: found.get(row.job_id) for row in rows}


def _candidate(rows: Sequence[Application], access: Access) -> Found:
    veils = veils_of(row.job for row in rows)
    known = [row for row in rows if not veils[row.job_id].hides(row)]
    people = (
        access.candidates()
        .with_skills()
        .prefetch_related("experience", "education", "languages", "documents")
    )
    writer = CandidateHeadSerializer(context={"access": access})
    found = {
        one.pk: writer.to_representation(one)
        for one in people.filter(pk__in={row.candidate_id for row in known})
    }
    there = {row.pk: found.get(row.candidate_id) for row in known}
    return {row.pk: there.get(row.pk) for row in rows}


READERS: Mapping[tuple[type, str], tuple[Scope, Reader]] = {
    (Candidate, "applications"): (Scope.APPLICATIONS_READ, _applications),
    (Candidate, "document_texts"): (Scope.DOCUMENTS_READ, _document_texts),
    (Job, "application_counts"): (Scope.APPLICATIONS_READ, _application_counts),
    (Application, "job"): (Scope.JOBS_READ, _job),
    (Application, "candidate"): (Scope.CANDIDATES_READ, _candidate),
}


def add_related(
    model: type, rows: Sequence[Any], names: Sequence[str], access: Access
) -> None:
    """Put what is asked for into `related` of each row. Raise PermissionDenied."""
    for name in names:
        scope, _reader = READERS[model, name]
        if not access.has_scope(scope):
            lacking = _("The token lacks the scope %s.") % scope.value
            raise PermissionDenied(lacking, code="missing_scope")
    for row in rows:
        row.related = {}
    for name in names:
        _scope, read = READERS[model, name]
        found = read(rows, access) if rows else {}
        for row in rows:
            row.related[name] = found[row.pk]
