"""Candidates: people who may be considered, and what is known of their work."""

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recruit.candidates.choices import (
    DocumentKind,
    LanguageLevel,
    SkillOrigin,
    WorkPermit,
)
from recruit.candidates.dates import validate_career_date
from recruit.candidates.querysets import CandidateQuerySet
from recruit.common.fields import (
    country,
    currency,
    emails,
    language_form,
    line,
    links,
    phones,
    text,
    year,
)
from recruit.common.ids import uuid7
from recruit.common.text import in_one_line, shows
from recruit.skills.choices import Proficiency
from recruit.skills.models import Skill

MOST_YEARS = 60


class Candidate(models.Model):
    """A person who may be considered for jobs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    given_name = line(max_length=200)
    family_name = line(max_length=200)
    emails = emails()
    phones = phones()
    place = line()
    region = line()
    country = country()
    open_to_remote = models.BooleanField(default=False)
    headline = line()
    summary = text()
    years_of_experience = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_YEARS)],
    )
    links = links()
    source = line(max_length=100)
    external_id = line()
    salary_expectation = models.DecimalField(
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    salary_currency = currency()
    available_from = models.DateField(
        null=True, blank=True, validators=[validate_career_date]
    )
    work_permit = models.CharField(
        max_length=15, choices=WorkPermit, default=WorkPermit.UNKNOWN
    )
    last_contact_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    profile_changed_at = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    # Of a copy that hides who this is: the requisition code of the job it is made for.
    veiled_for = ""

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="candidates_one_per_source_and_external_id",
                violation_error_message=_(
                    "A candidate with this source and external id exists."
                ),
            ),
        ]
        indexes = [
            # Kept in order at once: a list of pending entries, which an import makes
            # long, would be read through at each look-up.
            GinIndex(fields=["emails"], name="candidates_by_email", fastupdate=False),
            models.Index(fields=["-created_at", "-id"], name="candidates_newest_first"),
            models.Index(fields=["profile_changed_at"], name="candidates_by_change"),
            models.Index(fields=["updated_at", "id"], name="candidates_by_update"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (shows(self.given_name + self.family_name) or self.erased_at):
            raise ValidationError({"family_name": _("A candidate needs a name.")})
        if self.salary_expectation is not None and not self.salary_currency:
            raise ValidationError({"salary_currency": _("A salary needs a currency.")})

    @property
    def name(self) -> str:
        """Return the full name; of an erased person nothing is left to show."""
        if self.erased_at:
            return str(_("Erased person"))
        return " ".join(filter(None, [self.given_name, self.family_name]))

    @property
    def location(self) -> str:
        """Return place, region and country as one line."""
        return in_one_line(self.place, self.region, self.country)


class CandidateSkill(models.Model):
    """A skill that a candidate holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # The unique constraint begins with the candidate and serves as the index.
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="skills", db_index=False
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    proficiency = models.CharField(
        max_length=10, choices=Proficiency, blank=True, default=""
    )
    years = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_YEARS)],
    )
    last_used = year()
    origin = models.CharField(
        max_length=10, choices=SkillOrigin, default=SkillOrigin.STATED
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("candidate skill")
        verbose_name_plural = _("candidate skills")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "skill"],
                name="candidate_skills_one_per_candidate_and_skill",
            )
        ]

    def __str__(self) -> str:
        return self.skill.name


class Experience(models.Model):
    """Work that a candidate did; without an end it goes on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="experience"
    )
    title = line(blank=False)
    organisation = line()
    started_on = models.DateField(
        null=True, blank=True, validators=[validate_career_date]
    )
    ended_on = models.DateField(
        null=True, blank=True, validators=[validate_career_date]
    )
    description = text(max_length=100_000)
    position = models.PositiveSmallIntegerField(default=0)
    # Of a copy without dates: how long the work lasted, in words.
    lasted = ""

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experience")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None)
                | Q(ended_on=None)
                | Q(started_on__lte=F("ended_on")),
                name="experience_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        start, end = self.started_on, self.ended_on
        if start is not None and end is not None and end < start:
            raise ValidationError({"ended_on": _("The end is before the start.")})


class Education(models.Model):
    """A qualification, and where and when it was taken."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="education"
    )
    qualification = line(blank=False)
    field_of_study = line()
    institution = line()
    started_in = year()
    ended_in = year()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("education")
        verbose_name_plural = _("education")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.qualification

    def clean(self) -> None:
        start, end = self.started_in, self.ended_in
        if start is not None and end is not None and end < start:
            raise ValidationError({"ended_in": _("The end is before the start.")})


class CandidateLanguage(models.Model):
    """A language that a candidate speaks."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="languages"
    )
    # An ISO 639 code, lower case
    language = models.CharField(max_length=3, validators=[language_form])
    level = models.CharField(
        max_length=6, choices=LanguageLevel, blank=True, default=""
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "language"],
                name="candidate_languages_one_per_language",
            )
        ]

    def __str__(self) -> str:
        return self.language


class Document(models.Model):
    """A text about a candidate, such as a CV, with where it came from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="documents"
    )
    kind = models.CharField(
        max_length=15, choices=DocumentKind, default=DocumentKind.CV
    )
    title = line(blank=False)
    media_type = line(max_length=100)
    text = text()
    # Of the file, where the document came as one: as its sender called it, its bytes
    # and their SHA-256. It lies under the id of the document.
    file_name = line()
    size = models.PositiveBigIntegerField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def has_file(self) -> bool:
        return self.size is not None

    @property
    def saved_as(self) -> str:
        """Return the name under which the file is handed out."""
        return self.file_name or self.title
