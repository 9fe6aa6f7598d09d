"""What a hiring manager says of the people on a shortlist."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.common.refusals import Refused
from recruit.common.text import with_plain_line_ends
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.reviews.choices import Answer
from recruit.reviews.models import Review


class NotTheHiringManager(Refused):
    """Only the hiring manager of the job answers."""


@transaction.atomic
def answer(
    *,
    application_id: UUID,
    user: User,
    answer: Answer,
    note: str = "",
    answered_at: datetime,
) -> Review:
    """Keep the hiring manager's answer in place of an earlier one.

    The same answer again changes nothing. Raise NotTheHiringManager.
    """
    held = Application.objects.select_for_update(of=("self",)).select_related("job")
    application = held.get(pk=application_id)
    if application.job.hiring_manager_id != user.pk:
        raise NotTheHiringManager(
            _("Only the hiring manager of this job answers here.")
        )
    said = with_plain_line_ends(note).strip()
    review = Review.objects.filter(application=application, user=user).first()
    if review is None:
        review = Review(application=application, user=user, version=0)
    elif (review.answer, review.note) == (answer, said):
        return review
    review.answer, review.note, review.answered_at = answer, said, answered_at
    review.version += 1
    review.save()
    record(
        Happened.REVIEWED,
        actor=Actor.of(user),
        happened_at=answered_at,
        job_ids=[application.job_id],
        candidate_ids=[application.candidate_id],
        application_id=application.pk,
        details={"answer": answer},
    )
    return review


def forget_candidate(candidate_id: UUID) -> None:
    """Empty the notes about a person; that there was an answer stays."""
    Review.objects.filter(application__candidate=candidate_id).update(note="")
