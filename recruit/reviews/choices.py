"""Enumerations of screening and of reviews."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Screened(TextChoices):
    """Whom somebody goes through, one by one."""

    RANKED = "ranked", _("Ranked, not yet in the pipeline")
    APPLIED = "applied", _("In the pipeline, at the first stage")
    LISTED = "listed", _("The ranked list as it was narrowed and sorted")


class Verdict(TextChoices):
    """What is decided of a person who is screened."""

    SHORTLISTED = "shortlisted", _("Shortlisted")
    REJECTED = "rejected", _("Rejected")


class Answer(TextChoices):
    """What a hiring manager says of a person on the shortlist."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    QUESTION = "question", _("Question")
