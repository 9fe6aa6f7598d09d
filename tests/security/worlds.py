"""What the addresses are asked about: rows that an actor may see, and others."""

from dataclasses import dataclass, field
from uuid import UUID

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.applications.models import DispositionReason
from recruit.applications.operations import apply
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.common.ids import uuid7
from recruit.imports.operations import keep_file
from recruit.imports.types import ImportKind
from recruit.jobs.models import Job
from recruit.jobs.operations import delete_job
from recruit.notes.operations import write_note
from recruit.notes.tagging import tag_candidates, tag_jobs
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening
from recruit.skills.models import Skill
from recruit.talent.operations import create_pool
from recruit.talent.searches import save_search
from recruit.webhooks.models import Delivery
from recruit.webhooks.operations import create_webhook
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user

CSV = b"external_id,name\n1,Somebody\n"


@dataclass(frozen=True, slots=True)
class World:
    """One set of ids to put into addresses and bodies, and who may see what of it."""

    name: str
    code: str
    job_id: UUID
    candidate_id: UUID
    application_id: UUID
    upload_id: UUID
    screening_id: UUID
    pool_id: UUID
    search_id: UUID
    skill_id: UUID
    reason_id: UUID
    note_id: UUID
    tag_id: UUID
    user_id: UUID
    job: Job | None = None  # what the application is on
    has_job: bool = False
    has_candidate: bool = False
    upload_owner: User | None = None
    screening_owner: User | None = None
    exists: bool = True
    job_words: tuple[str, ...] = ()  # that stand where the job is shown
    person_words: tuple[str, ...] = ()
    webhook_id: UUID = field(default_factory=uuid7)
    delivery_id: UUID = field(default_factory=uuid7)
    has_webhook: bool = False

    def values(self) -> dict[str, str]:
        """Return what stands for each parameter of the pages' addresses."""
        return {
            "code": self.code,
            "application_id": str(self.application_id),
            "candidate_id": str(self.candidate_id),
            "upload_id": str(self.upload_id),
            "screening_id": str(self.screening_id),
            "pool_id": str(self.pool_id),
            "search_id": str(self.search_id),
            "note_id": str(self.note_id),
            "token_id": str(self.search_id),  # of no token
            "webhook_id": str(self.webhook_id),
            "delivery_id": str(self.delivery_id),
            "tag_id": str(self.tag_id),
        }


def _reason_and_skill() -> tuple[UUID, UUID]:
    reason = DispositionReason.objects.for_outcome("rejected").earliest("position")
    return reason.pk, Skill.objects.earliest("created_at").pk


def _upload(owner: User) -> UUID:
    kept = keep_file(
        [CSV],
        owner=owner,
        file_name="people.csv",
        kind=ImportKind.CANDIDATES,
        source="matrix",
        kept_at=NOW,
    )
    return kept.pk


def _screening(job: Job, candidate: Candidate, user: User) -> UUID:
    screening = start_screening(
        job_id=job.pk,
        user=user,
        screened=Screened.APPLIED,
        candidate_ids=[candidate.pk],
        started_at=NOW,
    )
    return screening.pk


def _pool(owner: User, word: str) -> UUID:
    return create_pool(
        owner=owner, name=f"{word} pool", is_shared=False, actor=ACTOR, created_at=NOW
    ).pk


def _search(owner: User, word: str) -> UUID:
    return save_search(
        owner=owner,
        name=f"{word} search",
        query="q=matrix",
        is_shared=False,
        actor=ACTOR,
        saved_at=NOW,
    ).pk


def _ping() -> Delivery:
    made = create_webhook(
        owner=make_user(Role.ADMINISTRATOR),
        stated={"name": "Matrix", "url": "https://hooks.example.org/"},
        actor=ACTOR,
        created_at=NOW,
    )
    return made.webhook.deliveries.get()


def _tag(job: Job, candidate: Candidate, name: str) -> UUID:
    """Give both of them a tag."""
    given = tag_candidates(
        name=f"Tag {name}", candidate_ids=[candidate.pk], actor=ACTOR, tagged_at=NOW
    )
    tag_jobs(tag_id=given.tag.pk, job_ids=[job.pk], actor=ACTOR, tagged_at=NOW)
    return given.tag.pk


def make_world(
    name: str, *, manager: User, recruiters: list[User], owner: User, confidential: bool
) -> World:
    """Make a job with one application, and an upload."""
    word = f"Zq{name}marker"
    colleague = make_user()  # who recruits for this job alone
    job = make_job(
        "Matrix skill",
        title=f"{word} job",
        requisition_code=f"{word}-1",
        hiring_manager=manager,
        recruiters=[*recruiters, colleague],
        confidential=confidential,
    )
    candidate = make_candidate("Matrix skill", "Other", family_name=f"{word} person")
    application = apply(
        job_id=job.pk, candidate_id=candidate.pk, actor=ACTOR, applied_at=NOW
    )
    note = write_note(
        text="Words about the person for the job.",
        actor=ACTOR,
        written_at=NOW,
        candidate_id=candidate.pk,
        job_id=job.pk,
    )
    reason_id, skill_id = _reason_and_skill()
    ping = _ping()
    return World(
        name=name,
        code=job.requisition_code,
        job_id=job.pk,
        candidate_id=candidate.pk,
        application_id=application.pk,
        upload_id=_upload(owner),
        screening_id=_screening(job, candidate, recruiters[0]),
        pool_id=_pool(owner, word),
        search_id=_search(owner, word),
        skill_id=skill_id,
        reason_id=reason_id,
        note_id=note.pk,
        tag_id=_tag(job, candidate, name),
        user_id=colleague.pk,
        job=job,
        has_job=True,
        has_candidate=True,
        upload_owner=owner,
        screening_owner=recruiters[0],
        job_words=(f"{word} job", f"{word}-1"),
        person_words=(f"{word} person",),
        webhook_id=ping.webhook_id,
        delivery_id=ping.pk,
        has_webhook=True,
    )


def make_gone_world(opened: World) -> World:
    """Make a job that was deleted and a person who was erased from an open job."""
    assert opened.job is not None
    deleted = make_job(title="Gone")
    candidate: Candidate = make_candidate(family_name="Zqgonemarker person")
    application = apply(
        job_id=opened.job.pk, candidate_id=candidate.pk, actor=ACTOR, applied_at=NOW
    )
    erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)
    delete_job(job_id=deleted.pk, actor=ACTOR, deleted_at=LATER)
    return World(
        name="gone",
        code=deleted.requisition_code,
        job_id=deleted.pk,
        candidate_id=candidate.pk,
        application_id=application.pk,
        upload_id=uuid7(),
        screening_id=uuid7(),
        pool_id=uuid7(),
        search_id=uuid7(),
        skill_id=opened.skill_id,
        reason_id=opened.reason_id,
        note_id=uuid7(),
        tag_id=uuid7(),
        user_id=uuid7(),
        job=opened.job,
        person_words=("Zqgonemarker person",),
    )


def make_random_world() -> World:
    """Make ids that nothing has."""
    return World(
        name="random",
        code=f"NONE-{uuid7()}",
        job_id=uuid7(),
        candidate_id=uuid7(),
        application_id=uuid7(),
        upload_id=uuid7(),
        screening_id=uuid7(),
        pool_id=uuid7(),
        search_id=uuid7(),
        skill_id=uuid7(),
        reason_id=uuid7(),
        note_id=uuid7(),
        tag_id=uuid7(),
        user_id=uuid7(),
        exists=False,
    )
