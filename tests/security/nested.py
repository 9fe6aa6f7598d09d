"""Addresses of rows below rows: what stands in them, and who asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import resolve

from recruit.accounts.choices import Scope
from recruit.candidates.documents import SentFile, add_document_file
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
)
from recruit.candidates.models import Candidate
from recruit.candidates.part import Part
from recruit.candidates.part_rows import add_row
from recruit.candidates.parts import EDUCATION, EXPERIENCE, LANGUAGES
from recruit.jobs.operations import RequirementInput
from recruit.jobs.requirement_rows import add_requirement
from recruit.talent.pool_searches import put_search_into_pool
from tests.api.caller import Caller
from tests.factories import ACTOR, NOW
from tests.security.actors import Staff
from tests.security.addresses import Address, all_addresses
from tests.security.worlds import World

UNKNOWN = UUID("01890000-0000-7000-8000-00000000dead")


@dataclass(frozen=True, slots=True)
class Nested:
    """An address of the API that names a row below another."""

    address: Address
    collection: str  # of the row above
    part: str

    @property
    def kind(self) -> str:
        return f"{self.collection}/{self.part}"

    def path(self, parent: UUID, part: UUID) -> str:
        """Return the path below /api/v1."""
        above, below = self.address.parameters
        filled = self.address.filled({above: str(parent), below: str(part)})
        return filled.removeprefix("/api/v1")

    @property
    def methods(self) -> list[str]:
        """Return the methods of the view; HEAD is its GET."""
        view: Any = resolve(f"/api/v1{self.path(UNKNOWN, UNKNOWN)}").func
        return [method.upper() for method in view.actions]


def nested_addresses() -> Iterator[Nested]:
    """Yield what the URL resolver knows, whoever added it."""
    for address in all_addresses():
        if address.pattern.startswith("api/") and len(address.parameters) > 1:
            _api, _version, collection, _pk, part, *_rest = address.pattern.split("/")
            yield Nested(address, collection, part)


def _of_candidate(part: "Part[Any, Any]", stated: Any) -> Callable[[World], UUID]:
    def added(world: World) -> UUID:
        _person, row = add_row(
            candidate_id=world.candidate_id,
            part=part,
            stated=stated,
            actor=ACTOR,
            changed_at=NOW,
        )
        found: UUID = row.pk
        return found

    return added


def _skill(world: World) -> UUID:
    person = Candidate.objects.get(pk=world.candidate_id)
    return person.skills.earliest("position").pk


def _document(world: World) -> UUID:
    _person, row = add_document_file(
        candidate_id=world.candidate_id,
        sent=SentFile([b"Roses"], "cv.txt", "text/plain"),
        stated=DocumentInput("", ""),
        actor=ACTOR,
        changed_at=NOW,
    )
    return row.pk


def _requirement(world: World) -> UUID:
    assert world.job is not None
    return world.job.requirements.earliest("position").pk


def _criteria_version(world: World) -> UUID:
    job, _row = add_requirement(
        job_id=world.job_id,
        stated=RequirementInput("Digging"),
        actor=ACTOR,
        changed_at=NOW,
    )
    return job.criteria_versions.latest("number").pk


def _search(world: World) -> UUID:
    put_search_into_pool(
        pool_id=world.pool_id, search_id=world.search_id, actor=ACTOR, added_at=NOW
    )
    return world.search_id


# How a row comes to stand below that of a world: an address that is not here fails.
MAKERS: Mapping[str, Callable[[World], UUID]] = {
    "candidates/skills": _skill,
    "candidates/experience": _of_candidate(EXPERIENCE, ExperienceInput("Gardener")),
    "candidates/education": _of_candidate(EDUCATION, EducationInput("Certificate")),
    "candidates/languages": _of_candidate(LANGUAGES, LanguageInput("fr")),
    "candidates/documents": _document,
    "candidates/tags": lambda world: world.tag_id,
    "jobs/requirements": _requirement,
    "jobs/criteria_versions": _criteria_version,
    "jobs/tags": lambda world: world.tag_id,
    "talent_pools/searches": _search,
    "webhooks/deliveries": lambda world: world.delivery_id,
}
# What a writing request may say. Tags are given and deliveries sent again without.
BODIES: Mapping[str, Mapping[str, Any]] = {
    "candidates/skills": {"skill": "Pruning"},
    "candidates/experience": {"title": "Changed"},
    "candidates/education": {"qualification": "Changed"},
    "candidates/languages": {"language": "nl"},
    "candidates/documents": {"title": "Changed"},
    "jobs/requirements": {"skill": "Pruning"},
}
# Of one vocabulary: who may give any tag may give that of another person or job.
GIVEN = {("PUT", "candidates/tags"), ("PUT", "jobs/tags")}


@dataclass(frozen=True, slots=True)
class Asker:
    """A token, and the headers that it sends with every request."""

    name: str
    caller: Caller
    headers: Mapping[str, str]
    seen: dict[UUID, bool] = field(default_factory=dict)  # as far as it was asked

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.caller.call(method, path, body, **headers, **self.headers)

    @property
    def may_write(self) -> bool:
        return self.caller.user.is_recruiting

    def sees(self, collection: str, parent: UUID) -> bool:
        if parent not in self.seen:
            answer = self.ask("GET", f"/{collection}/{parent}")
            self.seen[parent] = answer.status_code == 200
        return self.seen[parent]


def row_above(collection: str, world: World) -> UUID:
    """Return the id of a world's row of a collection."""
    rows = {
        "candidates": world.candidate_id,
        "jobs": world.job_id,
        "talent_pools": world.pool_id,
        "webhooks": world.webhook_id,
    }
    return rows[collection]


def make_askers(staff: Staff) -> dict[str, list[Asker]]:
    """Return who asks about the rows of which collection.

    The recruiter, the manager and the administrator are of the first world alone; the
    outsider of the second, but without the scope or in the recruiter's name.
    """
    narrow = sorted(set(Scope.values) - {Scope.CONFIDENTIAL})
    named = {"on_behalf_of": staff.recruiter.email}
    recruiter = Asker("recruiter", Caller(staff.recruiter), {})
    manager = Asker("manager", Caller(staff.manager), {})
    administrator = Asker("administrator", Caller(staff.administrator), {})
    without_scope = Asker("without the scope", Caller(staff.outsider, narrow), {})
    on_behalf = Asker("on behalf", Caller(staff.outsider), named)
    return {
        "jobs": [recruiter, manager, without_scope, on_behalf],
        "candidates": [recruiter, manager],
        "talent_pools": [recruiter, administrator, on_behalf],
        "webhooks": [administrator, recruiter],
    }
