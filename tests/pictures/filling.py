"""Some work on the demo data, for pages that are empty or not there without it."""

from uuid import UUID

from django.utils import timezone

from matching.conf import encoder_identity
from matching.groups.pool import group_pool
from matching.matches import matches_for_job
from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import DispositionReason
from recruit.common.ids import uuid7
from recruit.imports.operations import keep_file, start_check
from recruit.imports.types import ImportKind
from recruit.jobs.models import Job
from recruit.notes.operations import write_note
from recruit.notes.tagging import tag_candidates
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Screening
from recruit.reviews.operations import decide, start_screening
from recruit.talent.operations import add_to_pool, create_pool
from recruit.talent.pool_searches import put_search_into_pool
from recruit.talent.searches import save_search

PEOPLE = 12
COMPARED = 3
FILE = "name,email,skills\nKim Ek,kim@example.org,Python\nLee Os,no address,Django\n"


def fill(email: str) -> list[str]:
    """Work as somebody would, the first time; return pages that no link leads to."""
    user = User.objects.get(email=email)
    job = Job.objects.open().with_requirements().order_by("requisition_code")[0]
    screening = Screening.objects.filter(user=user).order_by("started_at").first()
    if screening is None:
        screening = _work(user, job)
    code, ids = screening.job.requisition_code, screening.candidate_ids
    people = "&".join(f"people={one}" for one in ids[:COMPARED])
    return [
        f"jobs/{code}/compare/?{people}",
        f"jobs/{code}/screening/{screening.pk}/?at={COMPARED + 1}",
        f"jobs/{code}/screening/{screening.pk}/summary/",
        f"jobs/{code}/?criteria=open",
    ]


def _work(user: User, job: Job) -> Screening:
    now, actor = timezone.now(), Actor.of(user)
    found = matches_for_job(job=job, limit=PEOPLE, viewer=user)
    ids = [one.candidate.pk for one in found.matches]
    _find_again(user, ids)
    write_note(
        text="Led the migration; ask about the night shifts.",
        actor=actor,
        written_at=now,
        candidate_id=ids[0],
        job_id=job.pk,
    )
    tag_candidates(
        name="silver medallist", candidate_ids=ids[:2], actor=actor, tagged_at=now
    )
    group_pool(encoder=encoder_identity(), count=None, made_at=now)
    kept = keep_file(
        [FILE.encode()],
        owner=user,
        file_name="people.csv",
        kind=ImportKind.CANDIDATES,
        source="old-ats",
        kept_at=now,
    )
    start_check(import_id=kept.pk)
    return _screen(user, job, ids)


def _find_again(user: User, ids: list[UUID]) -> None:
    now, actor = timezone.now(), Actor.of(user)
    pool = create_pool(
        owner=user,
        name="Come back in spring",
        note="Asked to be called again.",
        is_shared=True,
        actor=actor,
        created_at=now,
    )
    add_to_pool(pool_id=pool.pk, candidate_ids=ids[:5], actor=actor, added_at=now)
    search = save_search(
        owner=user,
        name="Backend, open to remote",
        query="q=backend+developer&remote=on",
        is_shared=True,
        actor=actor,
        saved_at=now,
    )
    put_search_into_pool(
        pool_id=pool.pk, search_id=search.pk, actor=actor, added_at=now
    )


def _screen(user: User, job: Job, ids: list[UUID]) -> Screening:
    now, actor = timezone.now(), Actor.of(user)
    screening = start_screening(
        job_id=job.pk,
        user=user,
        screened=Screened.RANKED,
        candidate_ids=ids,
        started_at=now,
    )
    reason = DispositionReason.objects.offered().for_outcome(Outcome.REJECTED)[0]
    for candidate_id, verdict in (
        (ids[0], Verdict.SHORTLISTED),
        (ids[1], Verdict.SHORTLISTED),
        (ids[2], Verdict.REJECTED),
    ):
        decide(
            screening_id=screening.pk,
            decision_id=uuid7(),
            candidate_id=candidate_id,
            verdict=verdict,
            reason=reason if verdict == Verdict.REJECTED else None,
            seen_version=0,
            actor=actor,
            decided_at=now,
        )
    return screening
