"""Taking the demo data away again, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.choices import ActorKind
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.common.refusals import Refused
from recruit.demo.operations import ACTOR, HIRING_MANAGER, RECRUITER
from recruit.demo.people import SOURCE
from recruit.deployment.milestones import demo_is_removed
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.events.operations import record
from recruit.jobs.models import Job


class Added(Enum):
    """What is to become of demo rows that people have worked on."""

    KEEP = "keep"
    REMOVE = "remove"


class PeopleAdded(Refused):
    """People have worked on demo rows, and it is not said what becomes of them."""


@dataclass(frozen=True, slots=True)
class DemoRows:
    """The demo rows, and those of them that people have worked on."""

    jobs: frozenset[UUID]
    candidates: frozenset[UUID]
    touched_jobs: frozenset[UUID]
    touched_candidates: frozenset[UUID]

    @property
    def touched(self) -> int:
        return len(self.touched_jobs) + len(self.touched_candidates)


def demo_rows() -> DemoRows:
    """Return what there is of the demo data, as the event log tells of it."""
    jobs = frozenset(Job.objects.filter(source=SOURCE).values_list("pk", flat=True))
    people = Candidate.objects.filter(source=SOURCE)
    candidates = frozenset(people.values_list("pk", flat=True))
    about = Q(job_ids__overlap=list(jobs)) | Q(candidate_ids__overlap=list(candidates))
    by_people = (
        Event.objects.filter(about)
        .exclude(_BY_DEMO)
        .exclude(kind=Happened.INDEXING_REQUESTED)
    )
    told = list(by_people.values_list("job_ids", "candidate_ids"))
    touched_jobs = {one for job_ids, _people in told for one in job_ids}
    touched_people = {one for _jobs, candidate_ids in told for one in candidate_ids}
    return DemoRows(jobs, candidates, jobs & touched_jobs, candidates & touched_people)


_BY_DEMO = Q(actor_kind=ActorKind.SYSTEM, actor_name=ACTOR.name)


@transaction.atomic
def remove_demo(
    *, actor: Actor, removed_at: datetime, added: Added | None = None
) -> DemoRows:
    """Remove the demo rows, and return them.

    Raise PeopleAdded where people have worked on some and nobody says whether those
    are kept. Rows that are no demo rows stay; an application goes with its job or
    candidate.
    """
    rows = demo_rows()
    if rows.touched and added is None:
        raise PeopleAdded(_("People have worked on some of the demo data."))
    keeps = added is Added.KEEP
    jobs = rows.jobs - rows.touched_jobs if keeps else rows.jobs
    people = rows.candidates - rows.touched_candidates if keeps else rows.candidates
    _remove_rows(jobs, people)
    _remove_accounts()
    kept_jobs, kept_people = list(rows.jobs - jobs), list(rows.candidates - people)
    about_kept = Q(job_ids__overlap=kept_jobs) | Q(candidate_ids__overlap=kept_people)
    Event.objects.filter(_BY_DEMO).exclude(about_kept).delete()
    _record_removal(jobs, people, actor, removed_at)
    demo_is_removed(removed_at=removed_at)
    return rows


def _remove_rows(jobs: Collection[UUID], people: Collection[UUID]) -> None:
    gone = Q(job__in=jobs) | Q(candidate__in=people)
    Application.objects.filter(gone).delete()
    Job.objects.filter(pk__in=jobs).delete()
    Candidate.objects.filter(pk__in=people).delete()


def _remove_accounts() -> None:
    """Remove the accounts of the demo that nobody uses."""
    for email, _name, _role in (RECRUITER, HIRING_MANAGER):
        for user in User.objects.filter(email=email):
            named = Q(hiring_manager=user) | Q(recruiters=user)
            is_used = user.has_usable_password() or user.last_login is not None
            if not is_used and not Job.objects.filter(named).exists():
                user.delete()


def _record_removal(
    jobs: Collection[UUID], people: Collection[UUID], actor: Actor, at: datetime
) -> None:
    """Tell indexing, which deletes the vectors of what is gone."""
    details = {"requisition_code": SOURCE}
    record(
        Happened.JOB_DELETED,
        actor=actor,
        happened_at=at,
        job_ids=list(jobs),
        details=details,
    )
    record(
        Happened.CANDIDATE_ERASED,
        actor=actor,
        happened_at=at,
        candidate_ids=list(people),
    )
