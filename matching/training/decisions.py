"""A company's own decisions as training data: who went on, against who was rejected.

Exported only where there are enough of them, because few would teach the few people
that they are about. Texts are those that the encoder reads anyway: who somebody is has
been taken out (personal.py). Somebody's decisions carry their prejudice with them:
docs/training.md says what to look at before an encoder trained on them is used.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from uuid import UUID

from matching.contents import candidate_content, job_content
from matching.profile_text import candidate_text, job_text
from matching.training.sources import SourceInvalid
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.stage_names import stage_kind
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

DECISIONS_FILE = "decisions.jsonl"

# Fewer would be learnt by heart: a run passes every row, and the pairs of one job
# differ in the person alone.
FEWEST_DECISIONS = 200
FEWEST_JOBS = 20

SHORTLISTED = (Stage.INTERVIEW, Stage.OFFER)
REJECTED_EARLY = (Stage.APPLIED, Stage.SCREENING)


class TooFewDecisions(ValueError):
    """There are too few decisions to learn from; the message says how many."""


@dataclass(frozen=True, slots=True)
class Decision:
    """For one job, somebody who went on and somebody who was rejected before that."""

    job: str  # id, by which a split keeps the rows of a job together
    job_text: str
    chosen: str
    rejected: str


def export_decisions(path: Path) -> int:
    """Write the decisions, one JSON object a line; return how many.

    Raise TooFewDecisions, before anything is written.
    """
    paired = _paired()
    jobs = {job_id for job_id, _chosen, _rejected in paired}
    if len(paired) < FEWEST_DECISIONS or len(jobs) < FEWEST_JOBS:
        raise TooFewDecisions(
            f"There are {len(paired)} decisions about {len(jobs)} jobs; at least"
            f" {FEWEST_DECISIONS} about {FEWEST_JOBS} jobs are needed to learn from"
            " them. A decision is somebody hired or invited beside somebody rejected"
            " earlier for the same job."
        )
    with path.open("x", encoding="utf-8") as opened:
        for decision in _decisions(paired):
            opened.write(json.dumps(asdict(decision), ensure_ascii=False) + "\n")
    return len(paired)


def read_decisions(folder: Path) -> Iterator[Decision]:
    """Give the decisions of an exported file; raise SourceInvalid."""
    path = folder / DECISIONS_FILE
    try:
        with path.open(encoding="utf-8") as opened:
            for number, line in enumerate(opened, start=1):
                try:
                    yield Decision(**json.loads(line))
                except (TypeError, ValueError) as error:
                    raise SourceInvalid(
                        f"{path}, line {number}: not a decision."
                    ) from error
    except OSError as error:
        raise SourceInvalid(f"{path} cannot be read: {error.strerror}.") from error


Paired = tuple[UUID, UUID, UUID]  # job, who went on, who was rejected


def _paired() -> list[Paired]:
    """Return each who went on with one of those rejected for the job, in turn."""
    applications = (
        Application.objects.filter(candidate__erased_at=None)
        .order_by("job_id", "candidate_id")
        .values_list("job_id", "candidate_id", "stage", "outcome")
    )
    chosen: dict[UUID, list[UUID]] = {}
    rejected: dict[UUID, list[UUID]] = {}
    for job_id, candidate_id, stage, outcome in applications:
        if outcome == Outcome.HIRED or (
            stage_kind(stage) in SHORTLISTED and outcome != Outcome.REJECTED
        ):
            chosen.setdefault(job_id, []).append(candidate_id)
        elif outcome == Outcome.REJECTED and stage_kind(stage) in REJECTED_EARLY:
            rejected.setdefault(job_id, []).append(candidate_id)
    return [
        (job_id, one, other)
        for job_id, people in chosen.items()
        if job_id in rejected
        for one, other in zip(people, cycle(rejected[job_id]), strict=False)
    ]


def _decisions(paired: Sequence[Paired]) -> Iterator[Decision]:
    """Give the texts, a job at a time."""
    by_job: dict[UUID, list[Paired]] = {}
    for one in paired:
        by_job.setdefault(one[0], []).append(one)
    for job_id, rows in by_job.items():
        job = Job.objects.with_requirements().get(pk=job_id)
        people = {person for _job, *both in rows for person in both}
        told = {
            candidate.pk: candidate_text(candidate_content(candidate))
            for candidate in Candidate.objects.with_profile().filter(pk__in=people)
        }
        for _job, chosen, rejected in rows:
            yield Decision(
                job=str(job_id),
                job_text=job_text(job_content(job)),
                chosen=told[chosen],
                rejected=told[rejected],
            )
