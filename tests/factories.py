"""Rows for tests, made through the operations that the product uses."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.accounts.operations import create_user
from recruit.applications.models import Application, DispositionReason
from recruit.applications.operations import apply
from recruit.candidates.inputs import ProfileInput, SkillInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import create_candidate
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import JobFields, RequirementInput, create_job

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 5, 5, 10, 0, tzinfo=UTC)
ACTOR = Actor.system("tests")
PASSWORD = "a long pass phrase for tests"

_numbers = count(1)


def make_user(role: Role = Role.RECRUITER, **fields: Any) -> User:
    number = next(_numbers)
    fields.setdefault("email", f"user{number}@example.org")
    fields.setdefault("name", f"User {number}")
    fields.setdefault("password", PASSWORD)
    return create_user(role=role, **fields)


def make_job(
    *requirements: str | RequirementInput,
    created_at: datetime = NOW,
    **fields: Any,
) -> Job:
    """Make an open job; a requirement given as words is a required skill."""
    number = next(_numbers)
    stated = JobFields(
        requisition_code=f"REQ-{number}", title="Gardener", status=JobStatus.OPEN
    )
    stated.update(fields)  # type: ignore[typeddict-item]
    return create_job(
        fields=stated,
        requirements=[
            one if isinstance(one, RequirementInput) else RequirementInput(one)
            for one in requirements
        ],
        actor=ACTOR,
        created_at=created_at,
    )


def make_candidate(
    *skills: str | SkillInput, created_at: datetime = NOW, **said: Any
) -> Candidate:
    """Make a person; parts (experience, ...) by name, other names are fields."""
    number = next(_numbers)
    parts = {
        part: said.pop(part)
        for part in ("experience", "education", "languages", "documents")
        if part in said
    }
    said.setdefault("given_name", "Kim")
    said.setdefault("family_name", f"Number{number}")
    held = [one if isinstance(one, SkillInput) else SkillInput(one) for one in skills]
    profile = ProfileInput(fields=said, skills=held, **parts)  # type: ignore[arg-type]
    return create_candidate(profile=profile, actor=ACTOR, created_at=created_at)


def make_application(
    job: Job | None = None, candidate: Candidate | None = None
) -> Application:
    return apply(
        job_id=(job or make_job()).pk,
        candidate_id=(candidate or make_candidate()).pk,
        actor=ACTOR,
        applied_at=NOW,
    )


def reason_for(outcome: str) -> DispositionReason:
    reason = DispositionReason.objects.offered().for_outcome(outcome).first()
    assert reason is not None
    return reason
