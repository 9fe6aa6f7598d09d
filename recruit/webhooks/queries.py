"""Which messages somebody may hear of, and what stands in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from recruit.accounts.models import User
from recruit.applications.blind import Blindness, blindness_of_jobs
from recruit.applications.handles import handle_of
from recruit.applications.models import Application
from recruit.jobs.models import Job
from recruit.webhooks.catalogue import OF_JOBS, OF_TYPE
from recruit.webhooks.models import Message
from recruit.webhooks.querysets import MessageQuerySet

Pair = tuple[UUID, UUID]  # job and candidate


def messages_visible_to(user: User, *, sees_confidential: bool) -> MessageQuerySet:
    """Keep the messages about what a user may see now.

    A hiring manager reads of the own jobs, and of applications for them. Of a job that
    is no more and was confidential, those read who could see it.
    """
    jobs = Job.objects.visible_to(user)
    if not sees_confidential:
        jobs = jobs.filter(confidential=False)
    about_seen = Exists(jobs.filter(pk=OuterRef("job_id")))
    if not user.is_recruiting:
        return Message.objects.filter(about_seen, type__in=OF_JOBS)
    is_there = Exists(Job.objects.filter(pk=OuterRef("job_id")))
    could_see = Q(seen_by=None)
    if sees_confidential:
        could_see |= Q(seen_by__contains=[user.pk])
    about_none = Q(job_id=None)
    return Message.objects.filter(about_none | about_seen | (~is_there & could_see))


def about(messages: MessageQuerySet, subject_id: UUID) -> MessageQuerySet:
    """Keep the messages that name an object by its own id.

    Where a job hides who somebody is, its messages name them by another id, and asking
    for their own must not find them.
    """
    naming = messages.filter(ids__contains=[subject_id])
    theirs = naming.filter(candidate_id=subject_id).exclude(job_id=None)
    jobs = set(theirs.values_list("job_id", flat=True))
    unknown = [
        job_id
        for (job_id, _candidate), is_known in _known(
            {(job_id, subject_id) for job_id in jobs if job_id}
        ).items()
        if not is_known
    ]
    return naming.exclude(candidate_id=subject_id, job_id__in=unknown)


@dataclass(frozen=True, slots=True)
class Told:
    """A message as other systems read it: ids alone."""

    id: UUID
    type: str
    timestamp: datetime
    data: Mapping[str, str | None]

    def as_body(self) -> dict[str, Any]:
        """Return the body that is signed and sent."""
        moment = self.timestamp.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return {"type": self.type, "timestamp": moment, "data": dict(self.data)}


def told(messages: Sequence[Message]) -> list[Told]:
    """Return messages as they may be told now.

    On jobs that hide names a candidate is known by the id that stands for them there.
    """
    pairs = {
        (one.job_id, one.candidate_id)
        for one in messages
        if one.job_id is not None and one.candidate_id is not None
    }
    known = _known(pairs)
    return [
        Told(one.pk, one.type, one.happened_at, _data(one, known)) for one in messages
    ]


def _data(message: Message, known: Mapping[Pair, bool]) -> dict[str, str | None]:
    named = {name: message.named.get(name) for name in OF_TYPE[message.type].ids}
    job_id, candidate_id = message.job_id, message.candidate_id
    if job_id and candidate_id and not known[job_id, candidate_id]:
        named["candidate"] = str(handle_of(candidate_id, job_id=job_id))
    return named


def _known(pairs: Iterable[Pair]) -> dict[Pair, bool]:
    """Return of each candidate and job whether the job shows who they are.

    Of a job that is no more nobody can say so, and nobody is shown.
    """
    asked = list(pairs)
    job_ids = {job_id for job_id, _candidate in asked}
    if not asked:
        return {}
    there = set(Job.objects.filter(pk__in=job_ids).values_list("pk", flat=True))
    blind = blindness_of_jobs(there)
    standing = _standing([one for one in asked if one[0] in blind])
    return {
        one: one[0] in there and _shows(blind.get(one[0]), standing.get(one))
        for one in asked
    }


def _shows(blindness: Blindness | None, standing: tuple[str, str] | None) -> bool:
    if blindness is None:
        return True
    if standing is None:
        return False
    stage, outcome = standing
    return blindness.knows(stage=stage, outcome=outcome)


def _standing(pairs: Sequence[Pair]) -> dict[Pair, tuple[str, str]]:
    applications = Application.objects.filter(
        job_id__in={job_id for job_id, _candidate in pairs},
        candidate_id__in={candidate_id for _job, candidate_id in pairs},
    )
    rows = applications.values_list("job_id", "candidate_id", "stage", "outcome")
    return {(job, candidate): (stage, end) for job, candidate, stage, end in rows}
