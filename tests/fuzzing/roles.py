"""Who sends the requests, and the small world that they are about."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.accounts.operations import issue_token
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.applications.models import DispositionReason
from recruit.candidates.inputs import SkillInput
from recruit.jobs.operations import RequirementInput
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

Headers = dict[str, str]
FEW = (Scope.JOBS_READ, Scope.CANDIDATES_READ, Scope.APPLICATIONS_WRITE)
CSRF = "a" * 32
REASONS = (("not_a_fit", "rejected"), ("other_offer", "withdrawn"))


def _token(user: User, scopes: "list[str] | tuple[Scope, ...]") -> Headers:
    _row, secret = issue_token(
        user=user, name="fuzz", scopes=list(scopes), created_at=timezone.now()
    )
    return {"Authorization": f"Bearer {secret}"}


def _session(user: User) -> Headers:
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    return {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
    }


def _administrator() -> Headers:
    return _token(make_user(Role.ADMINISTRATOR), Scope.values)


def _recruiter() -> Headers:
    return _token(make_user(), Scope.values)


def _manager() -> Headers:
    user = make_user(Role.HIRING_MANAGER)
    make_application(make_job("Pruning", hiring_manager=user))
    return _token(user, Scope.values)


def _reader() -> Headers:
    return _token(make_user(), FEW)


ROLES: Mapping[str, Callable[[], Headers]] = {
    "administrator": _administrator,
    "recruiter": _recruiter,
    "hiring manager": _manager,
    "token of few scopes": _reader,
    "session": lambda: _session(make_user()),
}


def make_world() -> None:
    """Make some of everything, so that requests find something."""
    for code, outcome in REASONS:
        DispositionReason.objects.get_or_create(
            code=code, defaults={"label": code.replace("_", " "), "outcome": outcome}
        )
    needs = RequirementInput("Pruning", minimum_years=Decimal(2))
    blind = make_job("Pruning")
    hide_names(
        job_id=blind.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
    )
    for job in (make_job(needs, "Planting"), blind, make_job(confidential=True)):
        for _number in range(2):
            make_application(
                job, make_candidate(SkillInput("Pruning", years=Decimal(4)))
            )
