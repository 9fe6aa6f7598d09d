"""Every write to stages, to templates of them, and to the template of a job.

Nobody is left at a stage that their job does not have: what would do that is refused.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.choices import Stage
from recruit.applications.models import (
    Application,
    JobTemplate,
    PipelineStage,
    StageTemplate,
    TemplateStage,
)
from recruit.applications.stage_names import forget_names, stage_label
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.models import Job


class StageIsStandard(Refused):
    """The standard stages are the same in every installation."""


class TemplateNameTaken(Refused):
    """Another template has this name."""


class TemplateIncomplete(Refused):
    """A template needs stages, each once, and one that leads to a hire."""


class StageOccupied(Refused):
    """Somebody stands at a stage that would be taken away from them."""


class DefaultTemplateNeeded(Refused):
    """There is always one default template."""


@transaction.atomic
def create_stage(
    *, label: str, kind: Stage, actor: Actor, created_at: datetime
) -> PipelineStage:
    """Add a stage for templates; raise ValidationError for what a field cannot hold."""
    pk = uuid7()
    # The end of the id keeps two stages of one name apart.
    code = f"{slugify(label)[:30].strip('-') or 'stage'}-{pk.hex[-8:]}"
    stage = PipelineStage(pk=pk, code=code, label=label, kind=kind)
    stage.clean_fields()
    stage.save(force_insert=True)
    _record(actor, created_at, stage=stage.label)
    return stage


@transaction.atomic
def rename_stage(
    *, stage_id: UUID, label: str, actor: Actor, changed_at: datetime
) -> PipelineStage:
    """Give a stage another name, everywhere; raise StageIsStandard."""
    stage = PipelineStage.objects.select_for_update().get(pk=stage_id)
    if stage.is_standard:
        raise StageIsStandard(
            _("A standard stage keeps its name. Add a stage of your own instead.")
        )
    if stage.label != label:
        stage.label = label
        stage.clean_fields()
        stage.save(update_fields=["label"])
        transaction.on_commit(forget_names)
        _record(actor, changed_at, stage=label)
    return stage


@transaction.atomic
def save_template(
    *,
    template_id: UUID | None,
    name: str,
    is_default: bool,
    stage_ids: Sequence[UUID],
    actor: Actor,
    saved_at: datetime,
) -> StageTemplate:
    """Make a template (None), or change it and with it the jobs that have it.

    Raise TemplateNameTaken, TemplateIncomplete, StageOccupied or
    DefaultTemplateNeeded.
    """
    stages = PipelineStage.objects.in_bulk(list(stage_ids))
    ordered = [stages[pk] for pk in stage_ids]
    _refuse_unless_complete(ordered)
    template = StageTemplate(name=name)
    if template_id is not None:
        template = StageTemplate.objects.select_for_update().get(pk=template_id)
        if template.is_default and not is_default:
            raise DefaultTemplateNeeded(
                _("Make another template the default instead of this one.")
            )
        _refuse_where_occupied(_jobs_with(template), [one.code for one in ordered])
    if is_default and not template.is_default:
        _keep_jobs_of_the_default()
    template.name, template.is_default = name, is_default
    template.clean_fields()
    _save(template)
    template.stages.all().delete()
    TemplateStage.objects.bulk_create(
        TemplateStage(template=template, stage=stage, position=position)
        for position, stage in enumerate(ordered, start=1)
    )
    _record(actor, saved_at, template=name)
    return template


@transaction.atomic
def choose_template(
    *, job_id: UUID, template_id: UUID, actor: Actor, chosen_at: datetime
) -> None:
    """Give a job the stages of a template; raise StageOccupied."""
    Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job_id)
    template = StageTemplate.objects.select_for_update().get(pk=template_id)
    codes = template.stages.values_list("stage__code", flat=True)
    _refuse_where_occupied(Q(job_id=job_id), list(codes))
    JobTemplate.objects.update_or_create(job_id=job_id, defaults={"template": template})
    _record(actor, chosen_at, [job_id], template=template.name)


def _refuse_unless_complete(ordered: Sequence[PipelineStage]) -> None:
    if len({one.pk for one in ordered}) < len(ordered):
        raise TemplateIncomplete(_("A template has each stage once."))
    if not any(one.kind == Stage.OFFER for one in ordered):
        raise TemplateIncomplete(
            _("A template needs a stage that counts as an offer: nobody is hired else.")
        )


def _jobs_with(template: StageTemplate) -> Q:
    chosen = Q(job__stage_template__template=template)
    return chosen | Q(job__stage_template=None) if template.is_default else chosen


def _refuse_where_occupied(jobs: Q, codes: Sequence[str]) -> None:
    standing = Application.objects.active().filter(jobs).exclude(stage__in=codes)
    occupied = sorted(set(standing.values_list("stage", flat=True)))
    if occupied:
        raise StageOccupied(
            _("People stand at %s. Move them to another stage first.")
            % ", ".join(f"“{stage_label(code)}”" for code in occupied)
        )


def _keep_jobs_of_the_default() -> None:
    """Let jobs that had the default template have it by choice from now on."""
    before = StageTemplate.objects.select_for_update().filter(is_default=True).first()
    if before is None:
        return
    JobTemplate.objects.bulk_create(
        JobTemplate(job=job, template=before)
        for job in Job.objects.filter(stage_template=None)
    )
    before.is_default = False
    before.save(update_fields=["is_default"])


def _save(template: StageTemplate) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        if "stage_templates_one_name" not in str(error):
            raise
        raise TemplateNameTaken(
            _("There is a template with the name “%s” already.") % template.name
        ) from error


def _record(
    actor: Actor, at: datetime, job_ids: Sequence[UUID] = (), **details: str
) -> None:
    record(
        Happened.STAGES_CHANGED,
        actor=actor,
        happened_at=at,
        job_ids=job_ids,
        details=details,
    )
