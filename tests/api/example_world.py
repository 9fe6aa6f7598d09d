"""Rows for the ids of the schema's examples, so that its examples can be called."""

from collections.abc import Callable
from typing import Any

from recruit.accounts.models import User
from recruit.api.schema.wording import words
from recruit.applications import operations
from recruit.applications.models import Application
from recruit.candidates.inputs import ExperienceInput
from recruit.skills.models import Skill
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.matching.indexed import index_everything

WORK = "Cared for the rose garden, the fruit trees and the greenhouses of our parks."


class ExampleWorld:
    """One row of each kind that the examples name, and what stands for its id."""

    def __init__(self) -> None:
        self.user: User = make_user(email="kim@example.org")
        work = ExperienceInput(title="Gardener", description=WORK)
        self.job = make_job("Pruning", description="Look after roses and fruit trees.")
        self.candidate = make_candidate("Pruning", experience=[work])
        make_candidate("Pruning", "Planting", experience=[work])
        self.application = make_application()
        self.rows: dict[str, Any] = {
            "user": self.user,
            "job": self.job,
            "candidate": self.candidate,
            "application": self.application,
            "skill": Skill.objects.get(name="Pruning"),
            "disposition_reason": reason_for("rejected"),
        }

    def real(self, text: str) -> str:
        """Return a text with the ids of these rows in place of the examples'."""
        for kind, row in self.rows.items():
            text = text.replace(words()["ids"][kind], str(row.pk))
        return text

    def prepare(self, operation_id: str) -> None:
        """Bring the rows to where a call makes sense."""
        if operation_id in PREPARED:
            PREPARED[operation_id](self)

    def move(self, to_stage: str) -> Application:
        return operations.advance(
            application_id=self.application.pk,
            to_stage=to_stage,
            actor=ACTOR,
            moved_at=LATER,
        )


def _encoded(_world: ExampleWorld) -> None:
    index_everything()


def _withdrawable(world: ExampleWorld) -> None:
    world.rows["disposition_reason"] = reason_for("withdrawn")


PREPARED: dict[str, Callable[[ExampleWorld], Any]] = {
    "applications_hire": lambda world: world.move("offer"),
    "applications_undo": lambda world: world.move("interview"),
    "applications_withdraw": _withdrawable,
    "candidates_jobs": _encoded,
    "candidates_similar": _encoded,
    "jobs_matches": _encoded,
}
