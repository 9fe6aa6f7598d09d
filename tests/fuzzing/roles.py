"""Who sends the requests, and the small world that they are about."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.accounts.operations import issue_token
from recruit.api.authentication import ON_BEHALF_OF
from recruit.api.schema.wording import words
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.applications.models import DispositionReason
from recruit.candidates.inputs import ExperienceInput, SkillInput
from recruit.jobs.operations import RequirementInput
from recruit.skills.models import Skill
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

Headers = dict[str, str]
Ids = Mapping[str, str]  # of the examples -> of rows
WORK = "Cared for the rose garden, the fruit trees and the greenhouses of our parks."
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
        "X-Fuzz-Session": f"sessionid={session}; csrftoken={CSRF}",
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


def _on_behalf_of() -> Headers:
    named = make_user(Role.HIRING_MANAGER)
    make_application(make_job("Pruning", hiring_manager=named))
    return {**_recruiter(), ON_BEHALF_OF: named.email}


def _reader() -> Headers:
    return _token(make_user(), FEW)


ROLES: Mapping[str, Callable[[], Headers]] = {
    "administrator": _administrator,
    "recruiter": _recruiter,
    "hiring manager": _manager,
    "token of few scopes": _reader,
    "on behalf of a manager": _on_behalf_of,
    "session": lambda: _session(make_user()),
}


def make_world() -> Ids:
    """Make some of everything; return a row for each kind that the examples name."""
    for code, outcome in REASONS:
        DispositionReason.objects.get_or_create(
            code=code, defaults={"label": code.replace("_", " "), "outcome": outcome}
        )
    work = ExperienceInput(title="Gardener", description=WORK)
    held = SkillInput("Pruning", years=Decimal(4))
    candidate = make_candidate(held, experience=[work])
    needs = RequirementInput("Pruning", minimum_years=Decimal(2))
    job = make_job(needs, "Planting", description=WORK)
    blind = make_job("Pruning", description=WORK)
    hide_names(
        job_id=blind.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
    )
    for one in (job, blind, make_job(confidential=True)):
        for _number in range(2):
            make_application(one, make_candidate(held, experience=[work]))
    index_everything()
    rows = {
        "job": job,
        "candidate": candidate,
        "application": make_application(job, candidate),
        "skill": Skill.objects.get(name="Pruning"),
        "disposition_reason": DispositionReason.objects.get(code=REASONS[0][0]),
        "user": make_user(),
    }
    return {words()["ids"][kind]: str(row.pk) for kind, row in rows.items()}
