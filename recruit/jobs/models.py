"""Jobs (requisitions) and what they require."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import ActorKind
from recruit.accounts.models import User
from recruit.common.fields import (
    country,
    currency,
    line,
    no_null_characters,
    text,
)
from recruit.common.ids import uuid7
from recruit.common.text import in_one_line, shows
from recruit.jobs.choices import (
    ALLOWED_STATUS_CHANGES,
    EmploymentType,
    JobFamily,
    JobStatus,
    RemotePolicy,
)
from recruit.jobs.querysets import JobQuerySet
from recruit.skills.choices import Importance, Proficiency
from recruit.skills.models import Skill

CODE_LENGTH = 64
MOST_OPENINGS = 10_000
MOST_YEARS = 60
LARGEST_SALARY = Decimal("999999999.99")

# The code stands in addresses (/jobs/REQ-7/), so nothing that ends a path segment.
requisition_code_form = RegexValidator(
    r"^(?!\.+$)(?!new$)[^\s/?#%\\\x00-\x1f](?:[^/?#%\\\x00-\x1f]*[^\s/?#%\\\x00-\x1f])?$",
    _("A requisition code must not hold / ? # %% or \\ and must not be “new”."),
)


class Job(models.Model):
    """An approved opening to fill."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    requisition_code = models.CharField(
        _("requisition code"),
        max_length=CODE_LENGTH,
        validators=[no_null_characters, requisition_code_form],
    )
    title = models.CharField(
        _("title"), max_length=200, validators=[no_null_characters]
    )
    description = text()
    department = line()
    family = models.CharField(
        _("family"), max_length=40, choices=JobFamily, blank=True, default=""
    )
    place = line()
    region = line()
    country = country()
    remote_policy = models.CharField(
        _("remote policy"),
        max_length=10,
        choices=RemotePolicy,
        default=RemotePolicy.ON_SITE,
    )
    employment_type = models.CharField(
        _("employment type"),
        max_length=12,
        choices=EmploymentType,
        default=EmploymentType.FULL_TIME,
    )
    salary_min = models.DecimalField(
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    salary_max = models.DecimalField(
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    salary_currency = currency()
    openings = models.PositiveIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_OPENINGS)],
    )
    status = models.CharField(
        _("status"), max_length=10, choices=JobStatus, default=JobStatus.DRAFT
    )
    hiring_manager = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs_as_hiring_manager",
    )
    recruiters = models.ManyToManyField(
        User, blank=True, related_name="jobs_as_recruiter"
    )
    confidential = models.BooleanField(
        default=False, help_text=_("Only the people named on the job see it.")
    )
    source = line(max_length=100)
    external_id = line()
    version = models.PositiveIntegerField(default=1, editable=False)
    profile_changed_at = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["requisition_code"],
                name="jobs_one_per_requisition_code",
                violation_error_message=_("A job with this requisition code exists."),
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="jobs_one_per_source_and_external_id",
            ),
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="jobs_known_status"
            ),
            models.CheckConstraint(
                condition=Q(salary_min=None)
                | Q(salary_max=None)
                | Q(salary_min__lte=F("salary_max")),
                name="jobs_salary_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(openings__gte=1), name="jobs_at_least_one_opening"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="jobs_newest_first"),
            models.Index(fields=["status"], name="jobs_by_status"),
            models.Index(fields=["updated_at", "id"], name="jobs_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.requisition_code} {self.title}"

    def clean(self) -> None:
        if self.title and not shows(self.title):
            raise ValidationError({"title": _("Nothing of the title can be seen.")})
        low, high = self.salary_min, self.salary_max
        if low is not None and high is not None and low > high:
            raise ValidationError(
                {"salary_max": _("The upper salary is below the lower one.")}
            )
        if (low is not None or high is not None) and not self.salary_currency:
            raise ValidationError({"salary_currency": _("A salary needs a currency.")})

    @property
    def is_closed(self) -> bool:
        return self.status == JobStatus.CLOSED

    @property
    def allowed_statuses(self) -> tuple[JobStatus, ...]:
        """Return the statuses that may follow the present one."""
        return ALLOWED_STATUS_CHANGES[JobStatus(self.status)]

    @property
    def location(self) -> str:
        """Return place, region and country as one line."""
        return in_one_line(self.place, self.region, self.country)


class JobSkill(models.Model):
    """A requirement: one skill a job names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="requirements")
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, related_name="job_requirements"
    )
    importance = models.CharField(
        max_length=10, choices=Importance, default=Importance.REQUIRED
    )
    minimum_proficiency = models.CharField(
        max_length=10, choices=Proficiency, blank=True, default=""
    )
    minimum_years = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_YEARS)],
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        # Not a view's business: a requirement list is always read in its own order.
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "skill"], name="job_skills_one_per_job_and_skill"
            ),
            models.CheckConstraint(
                condition=Q(importance__in=Importance.values),
                name="job_skills_known_importance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill.name} ({self.get_importance_display()})"


class CriteriaVersion(models.Model):
    """What a job required from one change of its requirements to the next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(
        Job,
        on_delete=models.CASCADE,
        related_name="criteria_versions",
        db_index=False,  # the unique constraint begins with the job
    )
    number = models.PositiveIntegerField()
    # One object per requirement: skill, importance, minimum_proficiency, minimum_years
    requirements = models.JSONField()
    made_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("version of criteria")
        verbose_name_plural = _("versions of criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["job", "number"], name="criteria_versions_one_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
