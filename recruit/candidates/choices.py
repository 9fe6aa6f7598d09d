"""Enumerations of candidates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkPermit(TextChoices):
    UNKNOWN = "unknown", _("Not known")
    HAS_PERMIT = "has_permit", _("May work here")
    NEEDS_PERMIT = "needs_permit", _("Needs a permit")


class SkillOrigin(TextChoices):
    """Where a candidate's skill comes from."""

    STATED = "stated", _("Stated by the candidate")
    RECRUITER = "recruiter", _("Entered by a recruiter")
    IMPORTED = "imported", _("Imported")
    DOCUMENT = "document", _("Found in a document")


class LanguageLevel(TextChoices):
    """The levels of the Common European Framework of Reference, and native."""

    A1 = "a1", "A1"
    A2 = "a2", "A2"
    B1 = "b1", "B1"
    B2 = "b2", "B2"
    C1 = "c1", "C1"
    C2 = "c2", "C2"
    NATIVE = "native", _("Native")


class DocumentKind(TextChoices):
    CV = "cv", _("CV")
    COVER_LETTER = "cover_letter", _("Cover letter")
    CERTIFICATE = "certificate", _("Certificate")
    OTHER = "other", _("Other")
