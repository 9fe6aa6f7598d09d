"""Applications: one candidate considered for one job."""

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import ActorKind
from recruit.applications.choices import EndedBy, Outcome, Stage
from recruit.applications.querysets import (
    ApplicationQuerySet,
    DispositionReasonQuerySet,
)
from recruit.applications.stage_names import stage_kind, stage_label
from recruit.candidates.models import Candidate
from recruit.common.fields import line, no_null_characters
from recruit.common.ids import uuid7
from recruit.jobs.models import Job

ENDED_WITHOUT_HIRE = [Outcome.REJECTED, Outcome.WITHDRAWN]


class DispositionReason(models.Model):
    """Why an application ended without a hire."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=50)
    label = models.CharField(max_length=120, validators=[no_null_characters])
    outcome = models.CharField(max_length=10, choices=EndedBy)
    is_active = models.BooleanField(
        _("may be given"),
        default=True,
        help_text=_("A reason is never deleted, only no longer given."),
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = DispositionReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposition reason")
        verbose_name_plural = _("disposition reasons")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="disposition_reasons_one_per_code"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=EndedBy.values),
                name="disposition_reasons_known_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PipelineStage(models.Model):
    """A stage that templates are made of; applications carry its code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(_("code"), max_length=40, editable=False)
    label = models.CharField(_("name"), max_length=60, validators=[no_null_characters])
    kind = models.CharField(
        _("counts as"),
        max_length=12,
        choices=Stage,
        help_text=_("What reports count it as. Only an offer leads to a hire."),
    )

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="pipeline_stages_one_per_code"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Stage.values), name="pipeline_stages_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return str(Stage(self.code).label) if self.is_standard else self.label

    @property
    def is_standard(self) -> bool:
        """True for the stages that every installation has, in every language."""
        return self.code in Stage.values


class StageTemplate(models.Model):
    """Stages in their order, to be chosen for jobs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=80, validators=[no_null_characters])
    is_default = models.BooleanField(
        _("default"),
        default=False,
        help_text=_("Used for every job for which no other template was chosen."),
    )

    class Meta:
        verbose_name = _("stage template")
        verbose_name_plural = _("stage templates")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="stage_templates_one_name"),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="stage_templates_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateStage(models.Model):
    """One stage of a template, at its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.ForeignKey(
        StageTemplate, on_delete=models.CASCADE, related_name="stages"
    )
    stage = models.ForeignKey(
        PipelineStage, on_delete=models.PROTECT, related_name="in_templates"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("stage of a template")
        verbose_name_plural = _("stages of a template")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "stage"], name="template_stages_each_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.stage)


class JobTemplate(models.Model):
    """The template chosen for a job; a job without one has the default."""

    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, primary_key=True, related_name="stage_template"
    )
    template = models.ForeignKey(
        StageTemplate, on_delete=models.PROTECT, related_name="jobs"
    )

    class Meta:
        verbose_name = _("stage template of a job")
        verbose_name_plural = _("stage templates of jobs")

    def __str__(self) -> str:
        return f"{self.job}: {self.template}"


class BlindReview(models.Model):
    """A job whose people stay unnamed until they reach a stage."""

    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, primary_key=True, related_name="blind_review"
    )
    # The code of a stage; one that the job has lost counts as its last.
    reveal_stage = models.CharField(_("names from"), max_length=40)

    class Meta:
        verbose_name = _("blind review of a job")
        verbose_name_plural = _("blind reviews of jobs")

    def __str__(self) -> str:
        return f"{self.job}: {stage_label(self.reveal_stage)}"


class BlindPolicy(models.Model):
    """Whether every job hides names, and what a stage must count as to show them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    is_enforced = models.BooleanField(
        _("every job hides names"),
        default=False,
        help_text=_("Recruiters may show names later than this, never earlier."),
    )
    reveal_kind = models.CharField(
        _("names from"),
        max_length=12,
        choices=Stage,
        default=Stage.INTERVIEW,
        help_text=_("Names are shown from the first stage that counts as this."),
    )

    class Meta:
        verbose_name = _("rule for blind review")
        verbose_name_plural = _("rules for blind review")
        constraints = [
            # One row at most: of an expression that is the same in every row.
            models.UniqueConstraint(Value(1), name="blind_policies_only_one"),
            models.CheckConstraint(
                condition=Q(reveal_kind__in=Stage.values),
                name="blind_policies_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reveal_kind_display())


class Application(models.Model):
    """One candidate considered for one job."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="applications"
    )
    stage = models.CharField(max_length=40, default=Stage.APPLIED)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.ACTIVE)
    disposition_reason = models.ForeignKey(
        DispositionReason,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
    )
    source = line(max_length=100)
    external_id = line()
    version = models.PositiveIntegerField(default=1, editable=False)
    applied_at = models.DateTimeField()
    stage_changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["job", "candidate"],
                name="applications_one_per_job_and_candidate",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="applications_one_per_source_and_external_id",
            ),
            models.CheckConstraint(
                condition=Q(stage__regex=r"^[a-z0-9_-]+$"),
                name="applications_stage_is_a_code",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="applications_known_outcome",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=ENDED_WITHOUT_HIRE, disposition_reason__isnull=False
                )
                | Q(
                    outcome__in=[Outcome.ACTIVE, Outcome.HIRED],
                    disposition_reason__isnull=True,
                ),
                name="applications_reason_where_ended_without_hire",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACTIVE, ended_at__isnull=True)
                | (~Q(outcome=Outcome.ACTIVE) & Q(ended_at__isnull=False)),
                name="applications_ended_at_where_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["job", "outcome", "stage"], name="applications_by_pipeline"
            ),
            models.Index(fields=["applied_at", "id"], name="applications_by_arrival"),
            models.Index(fields=["updated_at", "id"], name="applications_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} – {self.job}"

    @property
    def is_active(self) -> bool:
        return self.outcome == Outcome.ACTIVE

    @property
    def can_be_hired(self) -> bool:
        """True at the offer, the only stage that leads to a hire."""
        return self.is_active and stage_kind(self.stage) == Stage.OFFER

    def get_stage_display(self) -> str:
        """Return the name of the stage."""
        return stage_label(self.stage)

    @property
    def standing(self) -> str:
        """Return the stage of an active application, else how it ended."""
        if self.is_active:
            return self.get_stage_display()
        return self.get_outcome_display()


class StageTransition(models.Model):
    """A dated move of an application, with who made it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="transitions"
    )
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40)
    from_outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    to_outcome = models.CharField(max_length=10, choices=Outcome)
    disposition_reason = models.ForeignKey(
        DispositionReason, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, related_name="undone_by"
    )
    # The moves of one bulk operation, which are taken back together.
    batch_id = models.UUIDField(null=True)
    sequence = models.PositiveIntegerField()
    left_stage_entered_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of_id = models.UUIDField(_("on behalf of"), null=True, blank=True)

    class Meta:
        verbose_name = _("stage transition")
        verbose_name_plural = _("stage transitions")
        ordering = ["application", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "sequence"],
                name="stage_transitions_one_per_sequence",
            )
        ]
        indexes = [
            models.Index(
                fields=["batch_id"],
                condition=Q(batch_id__isnull=False),
                name="stage_transitions_by_batch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage} ({self.to_outcome})"
