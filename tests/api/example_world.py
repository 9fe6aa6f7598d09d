"""Rows for the ids of the schema's examples, so that its examples can be called."""

from collections.abc import Callable
from copy import copy
from typing import Any

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.api.schema.wording import words
from recruit.applications import operations
from recruit.applications.models import Application
from recruit.candidates.documents import SentFile, add_document_file
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
)
from recruit.imports.models import FileImport
from recruit.imports.operations import cancel
from recruit.jobs.operations import RequirementInput
from recruit.jobs.requirement_rows import add_requirement
from recruit.notes.models import Tag
from recruit.notes.operations import write_note
from recruit.notes.tagging import tag_candidates, tag_jobs
from recruit.skills.models import Skill
from recruit.talent.operations import create_pool
from recruit.talent.pool_searches import put_search_into_pool
from recruit.talent.searches import save_search
from recruit.webhooks.choices import DisabledFor
from recruit.webhooks.operations import create_webhook, disable_webhook
from tests.api.caller import Caller
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.imports.sent import work_on
from tests.matching.indexed import index_everything

WORK = "Cared for the rose garden, the fruit trees and the greenhouses of our parks."


class ExampleWorld:
    """One row of each kind that the examples name, and what stands for its id."""

    def __init__(self) -> None:
        self.user: User = make_user(Role.ADMINISTRATOR, email="kim@example.org")
        self.caller = Caller(self.user)
        work = ExperienceInput(title="Gardener", description=WORK)
        self.job = make_job("Pruning", description="Look after roses and fruit trees.")
        self.candidate = make_candidate(
            "Pruning",
            experience=[work],
            education=[EducationInput(qualification="Certificate")],
            languages=[LanguageInput(language="fr", level="b1")],
        )
        make_candidate("Pruning", "Planting", experience=[work])
        self.application = make_application()
        self.note = write_note(
            text="Knows roses.",
            actor=Actor.of(self.user),
            written_at=NOW,
            candidate_id=self.candidate.pk,
        )
        self.rows: dict[str, Any] = {
            "user": self.user,
            "job": self.job,
            "candidate": self.candidate,
            "application": self.application,
            "skill": Skill.objects.get(name="Pruning"),
            "disposition_reason": reason_for("rejected"),
            "note": self.note,
            "tag": self.tag_on_both("Roses"),
            "kept_tag": self.tag_on_both("Flowers"),
            **self.parts(),
            **self.pool_and_search(),
            **self.webhook_and_delivery(),
        }

    def copied(self) -> "ExampleWorld":
        """Return one of the same rows, that is prepared for a call of its own."""
        copied = copy(self)
        copied.rows = dict(self.rows)
        return copied

    def tag_on_both(self, name: str) -> Tag:
        given: dict[str, Any] = {"name": name, "actor": ACTOR, "tagged_at": NOW}
        tag_jobs(job_ids=[self.job.pk], **given)
        return tag_candidates(candidate_ids=[self.candidate.pk], **given).tag

    def parts(self) -> dict[str, Any]:
        add_requirement(
            job_id=self.job.pk,
            stated=RequirementInput("Roses"),
            actor=ACTOR,
            changed_at=NOW,
        )
        return {
            "candidate_skill": self.candidate.skills.get(),
            "experience": self.candidate.experience.get(),
            "education": self.candidate.education.get(),
            "language": self.candidate.languages.get(),
            "requirement": self.job.requirements.earliest("position"),
            "criteria_version": self.job.criteria_versions.latest("number"),
        }

    def pool_and_search(self) -> dict[str, Any]:
        search = save_search(
            owner=self.user,
            name="Gardeners near Ghent",
            query="q=gardener&skill=Pruning",
            is_shared=True,
            actor=ACTOR,
            saved_at=NOW,
        )
        pool = create_pool(
            owner=self.user,
            name="Rose gardeners",
            note="",
            is_shared=True,
            actor=ACTOR,
            created_at=NOW,
        )
        return {"saved_search": search, "talent_pool": pool}

    def webhook_and_delivery(self) -> dict[str, Any]:
        stated = {"name": "Ours", "url": "https://example.org/webhooks"}
        webhook = create_webhook(
            owner=self.user, stated=stated, actor=ACTOR, created_at=NOW
        ).webhook
        return {"webhook": webhook, "delivery": webhook.deliveries.get()}

    def real(self, text: str) -> str:
        """Return a text with the ids of these rows in place of the examples'."""
        for kind, row in self.rows.items():
            text = text.replace(words()["ids"][kind], str(row.pk))
        return text

    def prepare(self, operation_id: str) -> None:
        """Bring the rows to where a call makes sense."""
        for beginning, prepare in PREPARED.items():
            if operation_id.startswith(beginning):
                prepare(self)

    def move(self, to_stage: str) -> Application:
        return operations.advance(
            application_id=self.application.pk,
            to_stage=to_stage,
            actor=ACTOR,
            moved_at=LATER,
        )

    def send_rows(self, *, dry_run: bool = False) -> None:
        """Send a file of rows, which the worker does at once."""
        address = f"/imports?of=candidates&source=our-ats&dry_run={dry_run}"
        body = words()["bodies"]["imports_create"].encode()
        answer = self.caller.send(address, body, "application/x-ndjson")
        self.rows["import"] = FileImport.objects.get(pk=answer.json()["id"])


def _encoded(_world: ExampleWorld) -> None:
    index_everything()


def _withdrawable(world: ExampleWorld) -> None:
    world.rows["disposition_reason"] = reason_for("withdrawn")


def _resumable(world: ExampleWorld) -> None:
    cancel(import_id=world.rows["import"].pk)


def _checked(world: ExampleWorld) -> None:
    world.send_rows(dry_run=True)
    work_on(world.rows["import"].pk)


def _disabled(world: ExampleWorld) -> None:
    disable_webhook(
        webhook_id=world.rows["webhook"].pk,
        reason=DisabledFor.BY_HAND,
        actor=ACTOR,
        disabled_at=LATER,
    )


def _named_so(world: ExampleWorld) -> None:
    """Let rows have the source and external id of the examples."""
    named: dict[str, Any] = {"source": "our-ats", "external_id": "4711"}
    make_job(**named)
    make_candidate(**named)
    Application.objects.filter(pk=world.application.pk).update(**named)


def _searched_in_pool(world: ExampleWorld) -> None:
    put_search_into_pool(
        pool_id=world.rows["talent_pool"].pk,
        search_id=world.rows["saved_search"].pk,
        actor=ACTOR,
        added_at=NOW,
    )


def _document(world: ExampleWorld) -> None:
    _person, world.rows["document"] = add_document_file(
        candidate_id=world.candidate.pk,
        sent=SentFile([b"Looked after roses."], "cv.txt", "text/plain"),
        stated=DocumentInput("CV", ""),
        actor=ACTOR,
        changed_at=NOW,
    )


# By how the name of a call begins.
PREPARED: dict[str, Callable[[ExampleWorld], Any]] = {
    "applications_by_external_id_look_up": _named_so,
    "applications_hire": lambda world: world.move("offer"),
    "applications_undo": lambda world: world.move("interview"),
    "applications_withdraw": _withdrawable,
    "candidates_by_external_id_look_up": _named_so,
    "candidates_by_external_id_patch": _named_so,
    "candidates_jobs": _encoded,
    "candidates_similar": _encoded,
    "candidates_documents": _document,
    "imports_": lambda world: world.send_rows(),
    "imports_resume": _resumable,
    "imports_rows": lambda world: work_on(world.rows["import"].pk),
    "imports_start": _checked,
    "jobs_by_external_id_look_up": _named_so,
    "jobs_by_external_id_patch": _named_so,
    "jobs_matches": _encoded,
    "talent_pools_searches": _searched_in_pool,
    "webhooks_enable": _disabled,
}
