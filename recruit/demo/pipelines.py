"""Who stands where in which pipeline: applications with their dated moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from recruit.applications.choices import Stage
from recruit.demo.content import Content, Field, JobContent, Level
from recruit.demo.people import DemoCandidate

# Days ago on which the jobs were made, in the order of their codes.
JOB_AGES = (92, 71, 64, 85, 58, 77, 49, 66, 54, 81, 46, 73, 60, 88, 52, 69, 57, 75)
OFFICE_HOURS = (8, 16)

REJECTED, WITHDRAWN, HIRED = "rejected", "withdrawn", "hired"

# A way through the pipeline: stages, then how it ended, if it has, with the reason.
WAYS: tuple[tuple[str, ...], ...] = (
    (Stage.SCREENING, Stage.INTERVIEW),
    (),
    (Stage.SCREENING, "rejected:requirements-not-met"),
    (Stage.SCREENING, Stage.INTERVIEW, Stage.OFFER),
    (Stage.SCREENING,),
    (Stage.SCREENING, Stage.INTERVIEW, "withdrawn:withdrew-other-offer"),
    ("rejected:experience-does-not-fit",),
    (Stage.SCREENING, Stage.INTERVIEW, Stage.OFFER, "hired:"),
    (Stage.SCREENING,),
    (Stage.SCREENING, Stage.INTERVIEW, "rejected:another-candidate-chosen"),
    (Stage.SCREENING, "withdrawn:withdrew-location"),
    (),
    (Stage.SCREENING, "rejected:salary-expectation"),
    (Stage.INTERVIEW,),
)
# A closed job was filled: one was hired, the others were told.
WAYS_OF_CLOSED: tuple[tuple[str, ...], ...] = (
    (Stage.SCREENING, Stage.INTERVIEW, Stage.OFFER, "hired:"),
    (Stage.SCREENING, Stage.INTERVIEW, "rejected:another-candidate-chosen"),
    (Stage.SCREENING, "rejected:another-candidate-chosen"),
    (Stage.SCREENING, Stage.INTERVIEW, "withdrawn:withdrew-salary"),
    ("rejected:no-answer",),
)
PER_JOB = 3
MOST_DAYS_BETWEEN = 8
DAYS_TO_FIRST = 3  # from a job's opening to its first application


@dataclass(frozen=True, slots=True)
class Move:
    """One step: to a stage, or to an outcome with its reason."""

    at: datetime
    stage: str = ""
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoApplication:
    job_code: str
    candidate: str  # external id
    applied_at: datetime
    moves: tuple[Move, ...]

    @property
    def external_id(self) -> str:
        return f"{self.job_code}/{self.candidate}"

    @property
    def last_at(self) -> datetime:
        return self.moves[-1].at if self.moves else self.applied_at


def job_ages(content: Content) -> dict[str, int]:
    """Return how many days ago each job was made, by code."""
    codes = sorted(job.code for job in content.jobs)
    return {code: JOB_AGES[number % len(JOB_AGES)] for number, code in enumerate(codes)}


def pipelines(
    content: Content, candidates: Sequence[DemoCandidate], now: datetime, seed: int
) -> list[DemoApplication]:
    """Return the applications on every job that ever took any."""
    chance = Random(f"{seed}/pipelines")  # noqa: S311 - not a secret
    ages = job_ages(content)
    ways = 0
    applications = []
    for field in content.fields:
        able = _able(field, candidates, chance)
        for job in field.jobs:
            if job.status == "draft":
                continue
            chosen = WAYS_OF_CLOSED
            if job.status != "closed":
                chosen = tuple(WAYS[(ways + one) % len(WAYS)] for one in range(PER_JOB))
                ways += PER_JOB
            for way in chosen:
                begun = now - timedelta(days=ages[job.code] - DAYS_TO_FIRST)
                room = max((now - _longest(way) - begun).days, 0)
                start = begun + timedelta(days=chance.randint(0, room))
                applications.append(_application(job, able.pop(), way, start, chance))
    return applications


def _able(
    field: Field, candidates: Sequence[DemoCandidate], chance: Random
) -> list[DemoCandidate]:
    """Return people who may plausibly have applied, in chance order."""
    found = [
        one
        for one in candidates
        if one.field == field.key
        and one.level != Level.LEAD
        and not one.external_id.endswith("-again")
        and (one.profile.experience or ())[0].ended_on is None
    ]
    chance.shuffle(found)
    return found


def _longest(way: tuple[str, ...]) -> timedelta:
    """Return how long before now a way must begin to be at its end."""
    return timedelta(days=(MOST_DAYS_BETWEEN + 1) * len(way) + 1)


def _application(
    job: JobContent,
    candidate: DemoCandidate,
    way: tuple[str, ...],
    start: datetime,
    chance: Random,
) -> DemoApplication:
    applied_at = at = _office_time(start, chance)
    moves = []
    for step in way:
        days = chance.randint(2, MOST_DAYS_BETWEEN)
        at = _office_time(at + timedelta(days=days), chance)
        outcome, colon, reason = step.partition(":")
        moves.append(
            Move(at, outcome=outcome, reason=reason) if colon else Move(at, stage=step)
        )
    return DemoApplication(job.code, candidate.external_id, applied_at, tuple(moves))


def _office_time(day: datetime, chance: Random) -> datetime:
    return day.replace(
        hour=chance.randint(*OFFICE_HOURS), minute=chance.randrange(0, 60, 5), second=0
    )
