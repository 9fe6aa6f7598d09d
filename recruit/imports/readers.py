"""What understands one JSON object as the body that the API takes for its kind.

The bodies are the API's, which this app does not know: it names its readers when the
apps start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from recruit.accounts.choices import Scope
from recruit.accounts.models import ApiToken, User
from recruit.applications.choices import Outcome
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.inputs import ProfileInput
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.imports.types import ImportKind, RowError
from recruit.jobs.models import Job
from recruit.jobs.operations import JobFields, RequirementInput
from recruit.jobs.querysets import JobQuerySet


class RowRefused(Exception):
    """The row cannot be what it says; the errors name the fields."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__(str(errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose rights decide what a row may name: an account, narrowed by a token."""

    user: User
    token: ApiToken | None = None

    @property
    def accounts(self) -> set[User]:
        """Return whose rights count: where the token names another user, both."""
        return {self.user, self.token.user if self.token else self.user}

    @property
    def may_import(self) -> bool:
        return all(one.is_active and one.is_recruiting for one in self.accounts)

    @property
    def on_behalf_of(self) -> User | None:
        is_own = self.token is None or self.token.user_id == self.user.pk
        return None if is_own else self.user

    def has_scope(self, scope: Scope) -> bool:
        return self.token is None or scope in self.token.scopes

    def jobs(self) -> JobQuerySet:
        """Return the jobs that rows may speak of."""
        jobs = Job.objects.visible_to(self.user)
        for account in self.accounts - {self.user}:
            seen = Job.objects.visible_to(account)
            jobs = jobs.filter(pk__in=seen.values("pk"))
        if self.has_scope(Scope.CONFIDENTIAL):
            return jobs
        return jobs.filter(confidential=False)

    def candidates(self) -> CandidateQuerySet:
        """Return the people whom rows may speak of."""
        people = candidates_visible_to(self.user)
        for account in self.accounts - {self.user}:
            seen = candidates_visible_to(account)
            people = people.filter(pk__in=seen.values("pk"))
        return people


@dataclass(frozen=True, slots=True)
class CandidateStated:
    profile: ProfileInput
    # What it says of somebody who is there already, if that is something else: texts
    # that the sender reads in part stay whole where they come back.
    about: Callable[[Candidate], ProfileInput] | None = None


@dataclass(frozen=True, slots=True)
class JobStated:
    fields: JobFields
    requirements: Sequence[RequirementInput] | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A job or person as a row names them: by one of these."""

    id: UUID | None = None
    source: str = ""  # with the external id; blank for that of the file
    external_id: str = ""
    code: str = ""  # the requisition code of a job

    @property
    def is_blank(self) -> bool:
        return self.id is None and not (self.external_id or self.code)


@dataclass(frozen=True, slots=True)
class ApplicationStated:
    job: Reference
    candidate: Reference
    source: str = ""
    external_id: str = ""
    applied_at: datetime | None = None
    stage: str = ""  # by its code or name
    outcome: Outcome | None = None
    reason: str = ""  # by its id, code or name


Stated = CandidateStated | JobStated | ApplicationStated
# Takes a line. Raises RowRefused.
ReadLine = Callable[[str], Stated]

_makers: dict[str, Callable[[Sender], ReadLine]] = {}


def read_lines_with(kind: ImportKind, make: Callable[[Sender], ReadLine]) -> None:
    """Name what makes a reader of the lines of a kind for one sender."""
    _makers[kind] = make


def reader_for(kind: ImportKind, sender: Sender) -> ReadLine:
    """Return what reads the lines of a kind."""
    return _makers[kind](sender)
