"""A large amount of demo data as plain values, the same for the same seed and moment.

People, jobs and ways through pipelines are those of the small demo data, many times:
people with other names and careers, jobs in other places, pipelines from nobody to
hundreds of people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Final

from recruit.candidates.inputs import CandidateFields
from recruit.demo.contacts import email_of
from recruit.demo.content import Content, JobContent, read_content
from recruit.demo.people import DemoCandidate, people
from recruit.demo.pipelines import WAYS, Move

SOURCE: Final = "large demo"
FIRST_SEED = 1000
OLDEST_JOB = 700  # days
SOURCES = ("careers page", "job board", "referral", "agency", "")
STATUSES = ("open",) * 13 + ("closed",) * 4 + ("on_hold",) * 2 + ("draft",)
MOST_DAYS_BETWEEN = 12
TAKEN_BACK = 0.03  # of the moves, by mistake
# How often each way of the small demo data is gone: few are hired.
WEIGHTS = tuple(
    1 if way and way[-1].startswith("hired") else 40 // (len(way) + 1) for way in WAYS
)


@dataclass(frozen=True, slots=True)
class LargeJob:
    """A job of the small demo data, somewhere else and some time ago."""

    code: str
    field: str
    content: JobContent
    place: str
    region: str
    country: str
    status: str
    created_at: datetime
    applications: int


@dataclass(frozen=True, slots=True)
class LargeMove:
    """One step, and whether it was taken back an hour later."""

    move: Move
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class LargeApplication:
    candidate: int  # place in the list of people
    source: str
    applied_at: datetime
    moves: tuple[LargeMove, ...]


def many_people(number: int, now: datetime) -> Iterator[DemoCandidate]:
    """Yield people with external ids of their own, in batches of one seed each."""
    content = read_content()
    everybody = (
        one
        for turn in count()
        for one in _renamed(people(content, now, FIRST_SEED + turn), turn)
    )
    return islice(everybody, number)


def _renamed(batch: Sequence[DemoCandidate], turn: int) -> Iterator[DemoCandidate]:
    """Yield people with the family name of somebody else, another in each turn."""
    families = [one.profile.fields["family_name"] for one in batch]
    for number, one in enumerate(batch):
        external_id = f"{FIRST_SEED + turn}/{one.external_id}"
        fields = CandidateFields(**one.profile.fields)
        fields["external_id"], fields["source"] = external_id, SOURCE
        family = families[(number + 7 * turn) % len(families)]
        fields["family_name"] = family
        if fields.get("emails"):
            chance = Random(external_id)  # noqa: S311 - not a secret
            address = email_of(fields["given_name"], family, external_id, chance)
            fields["emails"] = [address]
        profile = replace(one.profile, fields=fields)
        yield replace(one, external_id=external_id, profile=profile)


def many_jobs(number: int, applications: int, now: datetime) -> list[LargeJob]:
    """Return jobs whose pipelines hold so many applications in all."""
    content = read_content()
    chance = Random(f"{FIRST_SEED}/jobs")  # noqa: S311 - not a secret
    kinds = [(field.key, job) for field in content.fields for job in field.jobs]
    made = [
        _job(content, kinds[place % len(kinds)], place, now, chance)
        for place in range(number)
    ]
    return [
        replace(job, applications=share)
        for job, share in zip(made, _shares(made, applications), strict=True)
    ]


def _job(
    content: Content,
    kind: tuple[str, JobContent],
    place: int,
    now: datetime,
    chance: Random,
) -> LargeJob:
    country = content.places[chance.choice(sorted(content.places))]
    town, region = chance.choice(country.towns).split("|")
    age = timedelta(days=chance.randint(30, OLDEST_JOB), hours=chance.randint(0, 9))
    return LargeJob(
        code=f"LRG-{place + 1:04}",
        field=kind[0],
        content=kind[1],
        place=town,
        region=region,
        country=country.country,
        status=STATUSES[place % len(STATUSES)],
        created_at=now - age,
        applications=0,
    )


def _shares(jobs: Sequence[LargeJob], applications: int) -> list[int]:
    """Divide applications over jobs, unevenly; drafts have none."""
    weights = [
        0.0 if job.status == "draft" else (place + 1) ** -0.5
        for place, job in enumerate(jobs)
    ]
    whole = sum(weights)
    shares = [int(applications * weight / whole) for weight in weights]
    shares[0] += applications - sum(shares)
    return shares


def many_applications(
    job: LargeJob, same_field: Sequence[int], others: int, now: datetime
) -> list[LargeApplication]:
    """Return the ways of people (by their places) through one pipeline.

    Those of the field come first, then anybody of all the `others`.
    """
    chance = Random(f"{FIRST_SEED}/{job.code}")  # noqa: S311 - not a secret
    wanted = min(job.applications, others)
    chosen = chance.sample(same_field, min(wanted, len(same_field)))
    if len(chosen) < wanted:
        rest = sorted(set(range(others)) - set(chosen))
        chosen += chance.sample(rest, wanted - len(chosen))
    return [_application(candidate, job, now, chance) for candidate in chosen]


def _application(
    candidate: int, job: LargeJob, now: datetime, chance: Random
) -> LargeApplication:
    way = chance.choices(WAYS, WEIGHTS)[0]
    longest = timedelta(days=MOST_DAYS_BETWEEN * len(way) + 1)
    room = max((now - longest - job.created_at) / timedelta(hours=1), 0.0)
    applied_at = at = job.created_at + timedelta(hours=chance.uniform(0, room))
    moves = []
    for step in way:
        at += timedelta(hours=chance.uniform(20, MOST_DAYS_BETWEEN * 24))
        outcome, colon, reason = step.partition(":")
        move = (
            Move(at, outcome=outcome, reason=reason) if colon else Move(at, stage=step)
        )
        moves.append(LargeMove(move))
        if chance.random() < TAKEN_BACK:
            moves[-1] = LargeMove(move, is_taken_back=True)
            break
    source = chance.choice(SOURCES)
    return LargeApplication(candidate, source, applied_at, tuple(moves))
