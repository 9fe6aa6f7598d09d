"""Screenings with their decisions, and reviews of a shortlist."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.applications.models import Application, DispositionReason
from recruit.candidates.models import Candidate
from recruit.common.fields import no_null_characters
from recruit.common.ids import uuid7
from recruit.jobs.models import Job
from recruit.reviews.choices import Answer, Screened, Verdict
from recruit.reviews.querysets import (
    DecisionQuerySet,
    ReviewQuerySet,
    ScreeningQuerySet,
)

NOTE_LENGTH = 4000


class Screening(models.Model):
    """A list of people that one account goes through; who is on it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="screenings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="screenings")
    screened = models.CharField(_("who is screened"), max_length=10, choices=Screened)
    candidate_ids = ArrayField(models.UUIDField())
    # How many stood on the list behind them, and the address' state of the list.
    beyond = models.PositiveIntegerField(_("people behind them"), default=0)
    shown = models.TextField(_("list"), blank=True, default="")
    started_at = models.DateTimeField()

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        constraints = [
            models.CheckConstraint(
                condition=Q(screened__in=Screened.values),
                name="screenings_known_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["job", "user", "-started_at"], name="screenings_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job}, {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_of_a_list(self) -> bool:
        """True where there is a ranked list to go back to."""
        return self.screened == Screened.LISTED


class Decision(models.Model):
    """What was decided of one person; its id is made before it is sent.

    So a decision that is sent again because its answer was lost is made once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    screening = models.ForeignKey(
        Screening, on_delete=models.CASCADE, related_name="decisions"
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="screening_decisions"
    )
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.ForeignKey(
        DispositionReason, on_delete=models.PROTECT, null=True, related_name="+"
    )
    application = models.ForeignKey(
        Application, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_application = models.BooleanField()
    left_version = models.PositiveIntegerField()
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening decision")
        verbose_name_plural = _("screening decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "candidate"],
                condition=Q(undone_at=None),
                name="screening_decisions_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values),
                name="screening_decisions_known_verdict",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_verdict_display())


class Review(models.Model):
    """What a hiring manager says of one person of a job."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="reviews"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    note = models.TextField(
        _("note"),
        max_length=NOTE_LENGTH,
        blank=True,
        default="",
        validators=[no_null_characters],
    )
    answered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"], name="reviews_one_per_person_and_user"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="reviews_known_answer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_answer_display())
