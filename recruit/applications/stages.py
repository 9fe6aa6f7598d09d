"""The stages of a job, in their order."""

from dataclasses import dataclass

from recruit.applications.choices import Stage
from recruit.jobs.models import Job


@dataclass(frozen=True, slots=True)
class StageOfJob:
    """A stage that people of a job can stand at."""

    code: str
    label: str
    kind: Stage  # what it counts as: reports and hires know these four

    @property
    def leads_to_hire(self) -> bool:
        return self.kind == Stage.OFFER


def stages_of(job: Job) -> tuple[StageOfJob, ...]:  # noqa: ARG001
    """Return the stages of a job, first to last; never none."""
    return tuple(StageOfJob(one.value, str(one.label), one) for one in Stage)
