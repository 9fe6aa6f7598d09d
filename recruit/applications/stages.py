"""The stages of a job, in their order.

A job has the stages of the template chosen for it, else those of the default template.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from recruit.applications.choices import Stage
from recruit.applications.models import JobTemplate, PipelineStage, TemplateStage
from recruit.applications.stage_names import stage_kind, stage_label
from recruit.common.refusals import Refused
from recruit.jobs.models import Job


class NotAStageOfThisJob(Refused):
    """The job has no such stage."""


@dataclass(frozen=True, slots=True)
class StageOfJob:
    """A stage that people of a job can stand at."""

    code: str
    label: str
    kind: Stage  # what it counts as: reports and hires know these four

    @property
    def leads_to_hire(self) -> bool:
        return self.kind == Stage.OFFER


def stage_named(code: str) -> StageOfJob:
    """Return a stage by the code that an application or a transition carries."""
    return StageOfJob(code, stage_label(code), stage_kind(code))


def standard_stages() -> tuple[StageOfJob, ...]:
    """Return the stages of an installation that nobody has changed."""
    return tuple(stage_named(code) for code in Stage.values)


def unknown_stages(codes: Iterable[str]) -> list[str]:
    """Return those of these codes that no stage has, of whatever pipeline."""
    others = [code for code in codes if code not in Stage.values]
    if not others:
        return []
    rows = PipelineStage.objects.filter(code__in=others)
    known = set(rows.values_list("code", flat=True))
    return [code for code in others if code not in known]


def stages_of(job: Job) -> tuple[StageOfJob, ...]:
    """Return the stages of a job, first to last; never none."""
    return stages_of_jobs([job.pk])[job.pk]


def stage_of(job_id: UUID, code: str) -> StageOfJob:
    """Return a stage of a job by its code, or raise NotAStageOfThisJob."""
    stages = stages_of_jobs([job_id])[job_id]
    refuse_other_stages(stages, code)
    return next(stage for stage in stages if stage.code == code)


def refuse_other_stages(stages: Sequence[StageOfJob], code: str) -> None:
    """Raise NotAStageOfThisJob for a code that none of a job's stages has."""
    known = [stage.code for stage in stages]
    if code not in known:
        raise NotAStageOfThisJob(
            _("“%(code)s” is not a stage of this job; its stages are %(known)s.")
            % {"code": code, "known": ", ".join(known)}
        )


def stages_of_jobs(job_ids: Iterable[UUID]) -> dict[UUID, tuple[StageOfJob, ...]]:
    """Return the stages of each job, first to last; two queries for any number."""
    ids = list(job_ids)
    named = JobTemplate.objects.filter(job_id__in=ids)
    chosen = dict(named.values_list("job_id", "template_id"))
    rows = (
        TemplateStage.objects.filter(
            Q(template__is_default=True) | Q(template_id__in=set(chosen.values()))
        )
        .order_by("position", "id")
        .values_list(
            "template_id",
            "template__is_default",
            "stage__code",
            "stage__label",
            "stage__kind",
        )
    )
    templates: dict[UUID | None, list[StageOfJob]] = {}
    for template_id, is_default, code, label, kind in rows:
        # The standard stages are named in the language of the reader.
        known = code in Stage.values
        stage = stage_named(code) if known else StageOfJob(code, label, Stage(kind))
        templates.setdefault(template_id, []).append(stage)
        if is_default:
            templates.setdefault(None, []).append(stage)
    default = tuple(templates.get(None, standard_stages()))
    return {
        one: tuple(templates.get(chosen.get(one), default)) or default for one in ids
    }
