"""Which jobs hide who their people are, and from which stage on they are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, UUIDField, Value

from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, BlindPolicy, BlindReview
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import StageOfJob, stages_of_jobs
from recruit.jobs.models import Job

KINDS = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Blindness:
    """The stages of one job at which people are known; at all others they are not."""

    job_id: UUID
    known_at: tuple[StageOfJob, ...]  # never none, in their order
    is_enforced: bool

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(stage.code for stage in self.known_at)

    @property
    def known_from(self) -> StageOfJob:
        return self.known_at[0]

    def knows(self, *, stage: str, outcome: str) -> bool:
        """True for an application that came far enough to show who applied."""
        return outcome == Outcome.HIRED or stage in self.codes


def blindness_of(job: Job) -> Blindness | None:
    """Return what a job hides, None where it hides nothing."""
    return blindness_of_jobs([job.pk]).get(job.pk)


def blindness_of_jobs(job_ids: Iterable[UUID] | None = None) -> dict[UUID, Blindness]:
    """Return the jobs that hide names, of those given or of all.

    One query where no job does; three or four for any number of jobs that do.
    """
    reviews, jobs = BlindReview.objects.all(), Job.objects.all()
    if job_ids is not None:
        wanted = list(job_ids)
        reviews, jobs = reviews.filter(job_id__in=wanted), jobs.filter(pk__in=wanted)
    enforced = BlindPolicy.objects.filter(is_enforced=True)
    nothing = Value(None, output_field=UUIDField())
    said: dict[UUID | None, str] = dict(
        reviews.values_list("job_id", "reveal_stage").union(
            enforced.values_list(nothing, "reveal_kind"), all=True
        )
    )
    policy = said.pop(None, None)
    chosen = {pk: stage for pk, stage in said.items() if pk is not None}
    hiding = set(chosen)
    if policy is not None:
        hiding |= set(jobs.values_list("pk", flat=True))
    if not hiding:
        return {}
    stages = stages_of_jobs(hiding)
    return {
        pk: Blindness(
            job_id=pk,
            known_at=stages[pk][_first_known(stages[pk], chosen.get(pk), policy) :],
            is_enforced=policy is not None,
        )
        for pk in hiding
    }


def _first_known(
    stages: Sequence[StageOfJob], chosen: str | None, policy: str | None
) -> int:
    """Return the place of the first stage at which both choice and rule show names."""
    places = [0]
    if chosen is not None:
        places.append(_place([stage.code == chosen for stage in stages]))
    if policy is not None:
        places.append(first_of_kind(stages, Stage(policy)))
    return max(places)


def first_of_kind(stages: Sequence[StageOfJob], kind: Stage) -> int:
    """Return the place of the first stage that counts as a kind or as a later one."""
    least = KINDS.index(kind)
    return _place([KINDS.index(stage.kind) >= least for stage in stages])


def _place(fits: Sequence[bool]) -> int:
    # Where no stage fits, people are hidden for as long as there is a stage.
    return fits.index(True) if True in fits else len(fits) - 1


def known_by_name(
    applications: ApplicationQuerySet, *, besides: UUID | None = None
) -> ApplicationQuerySet:
    """Leave out applications whose jobs hide who applied.

    What identifies somebody must never stand beside them. `besides` is a job whose own
    pages are shown, where they stand without a name.
    """
    same: dict[tuple[str, ...], list[UUID]] = {}
    for one in blindness_of_jobs().values():
        if one.job_id != besides:
            same.setdefault(one.codes, []).append(one.job_id)
    hidden = Q()
    for codes, job_ids in same.items():
        hidden |= Q(job_id__in=job_ids) & ~Q(stage__in=codes)
    if not same:
        return applications
    return applications.exclude(hidden & ~Q(outcome=Outcome.HIRED))


def jobs_hiding(candidate_id: UUID) -> list[UUID]:
    """Return the jobs that hide that this person applied."""
    mine = Application.objects.filter(candidate_id=candidate_id)
    standing = {one.job_id: one for one in mine}
    return [
        job_id
        for job_id, blindness in blindness_of_jobs(standing).items()
        if not blindness.knows(
            stage=standing[job_id].stage, outcome=standing[job_id].outcome
        )
    ]
