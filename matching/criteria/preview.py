"""What other criteria would make of the top of a list, before they are saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matching.conf import encoder_identity
from matching.contents import job_content
from matching.evidence import profiles_of, requirement_of, requirements_of
from matching.free_text.vectors import ask_for_vector, kept_query
from matching.gates import held_exclusions, says_enough
from matching.listing.places import Cut, placed_people
from matching.matches import explained, job_vector, pool_of, veil_for
from matching.profile_text import JobContent, job_text
from matching.retrieval import Pool, Vector, census
from matching.types import Band, Requirement
from matching.veiled import behind_veil
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job, JobSkill
from recruit.skills.choices import Importance

TOP = 10
# So far down is looked for where somebody of the new top stands now.
DEPTH = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody at the top, now or then."""

    candidate: Candidate
    rank: int | None  # with the new criteria; None: not among the first DEPTH
    rank_now: int | None
    band: Band
    band_now: Band


@dataclass(frozen=True, slots=True)
class Preview:
    """The top of the list as it would be, and who would leave it."""

    top: tuple[Moved, ...]
    leaving: tuple[Moved, ...]
    is_being_read: bool  # the order is the present one until the text has been read
    excluded: int
    excluded_now: int


def preview_criteria(
    *,
    job: Job,
    rows: Sequence[JobSkill],
    viewer: User | None,
    asked_at: datetime,
    today: date,
) -> Preview:
    """Compare the top of a job's list (`with_requirements`) with that of other rows.

    The rows are not stored; their skills are. The worker reads the text that would be,
    and until it has, only gates and evidence are compared. Raise JobNotEmbedded.
    """
    encoder = encoder_identity()
    now = job_vector(job, encoder)
    then = _vector(job, rows, now, encoder, asked_at)
    asked_now = requirements_of(job)
    asked_then = tuple(map(requirement_of, rows))
    pools = [pool_of(job, asked, viewer) for asked in (asked_now, asked_then)]
    ranks_now = _ranks(now, encoder, pools[0])
    ranks_then = _ranks(then or now, encoder, pools[1])
    top = [one for one, rank in ranks_then.items() if rank <= TOP]
    leaving = [one for one, rank in ranks_now.items() if rank <= TOP and one not in top]
    loaded = candidates_visible_to(viewer).with_profile().in_bulk([*top, *leaving])
    people = [loaded[one] for one in (*top, *leaving) if one in loaded]
    bands_now = _bands(people, asked_now, encoder, today)
    bands_then = _bands(people, asked_then, encoder, today)
    moved = [
        Moved(
            one,
            ranks_then.get(one.pk),
            ranks_now.get(one.pk),
            bands_then[one.pk],
            bands_now[one.pk],
        )
        for one in people
        if says_enough(one)
    ]
    veil = veil_for(job, viewer)
    new_top = [
        one
        for one in moved
        if one.candidate.pk in top and not held_exclusions(one.candidate, asked_then)
    ]
    return Preview(
        top=behind_veil(new_top, veil),
        leaving=behind_veil(
            [one for one in moved if one.candidate.pk not in top], veil
        ),
        is_being_read=then is None,
        excluded=census(pool=pools[1]).excluded,
        excluded_now=census(pool=pools[0]).excluded,
    )


def _vector(
    job: Job,
    rows: Sequence[JobSkill],
    now: Vector,
    encoder: str,
    asked_at: datetime,
) -> Vector | None:
    """Return the query vector of the text that would be, None while nobody read it."""

    def skills(importance: Importance) -> tuple[str, ...]:
        return tuple(row.skill.name for row in rows if row.importance == importance)

    text = job_text(
        JobContent(
            title=job.title,
            required_skills=skills(Importance.REQUIRED),
            preferred_skills=skills(Importance.PREFERRED),
            description=job.description,
        )
    )
    if text == job_text(job_content(job)):
        return now
    kept = kept_query(text, encoder)
    if kept is None or kept.is_waiting:
        ask_for_vector(text, encoder, asked_at=asked_at)
        return None
    return None if kept.vector is None else list(kept.vector)


def _ranks(query: Vector, encoder: str, pool: Pool) -> dict[object, int]:
    placed = placed_people(query=query, encoder=encoder, pool=pool, cut=Cut(DEPTH))
    return {row.candidate_id: row.place for row in placed}


def _bands(
    people: Sequence[Candidate],
    asked: Sequence[Requirement],
    encoder: str,
    today: date,
) -> dict[object, Band]:
    profiles = profiles_of(people, asked, encoder=encoder, today=today)
    return {one.pk: explained(asked, profiles[one.pk]).band for one in people}
