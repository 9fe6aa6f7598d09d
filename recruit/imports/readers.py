"""What understands one JSON object as the body that the API takes for its kind.

The bodies are the API's, which this app does not know: it names its readers when the
apps start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recruit.accounts.models import ApiToken, User
from recruit.candidates.inputs import ProfileInput
from recruit.imports.types import ImportKind, RowError
from recruit.jobs.operations import JobFields, RequirementInput


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


@dataclass(frozen=True, slots=True)
class CandidateStated:
    profile: ProfileInput


@dataclass(frozen=True, slots=True)
class JobStated:
    fields: JobFields
    requirements: Sequence[RequirementInput] | None


Stated = CandidateStated | JobStated
# Takes a line. Raises RowRefused.
ReadLine = Callable[[str], Stated]

_makers: dict[str, Callable[[Sender], ReadLine]] = {}


def read_lines_with(kind: ImportKind, make: Callable[[Sender], ReadLine]) -> None:
    """Name what makes a reader of the lines of a kind for one sender."""
    _makers[kind] = make


def reader_for(kind: ImportKind, sender: Sender) -> ReadLine:
    """Return what reads the lines of a kind."""
    return _makers[kind](sender)
