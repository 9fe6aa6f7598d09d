"""What of the audit log a caller may read: nothing of confidential jobs not theirs.

The admin site shows administrators all of it; pages and API keep confidential jobs to
those who are named on them, whatever their role.
"""

from django.db.models import CharField, Model, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from recruit.api.access import Access
from recruit.applications.models import Application
from recruit.audit.models import Entry
from recruit.audit.querysets import EntryQuerySet
from recruit.audit.triggers import label
from recruit.jobs.models import Job
from recruit.notes.models import Note
from recruit.reviews.models import Screening

# What hangs on a job and is no part of it; their parts stand with them.
OF_JOBS: tuple[type[Model], ...] = (Application, Note, Screening)


def entries_for(access: Access) -> EntryQuerySet:
    """Return the entries that a caller may read."""
    hidden = _hidden_jobs(access)
    if not hidden:
        return Entry.objects.all()
    about = Q(object_type=label(Job), object_id__in=hidden)
    about |= Q(job_before__in=hidden) | Q(job_after__in=hidden)
    for model in OF_JOBS:
        rows = model._default_manager.filter(job__in=hidden)
        about |= Q(object_type=label(model), object_id__in=_as_text(rows))
    # A row of no job says nothing of one: null is neither among these nor not.
    return Entry.objects.annotate(
        job_before=_text_or_empty("before__job_id"),
        job_after=_text_or_empty("after__job_id"),
    ).exclude(about)


def _text_or_empty(path: str) -> Coalesce:
    return Coalesce(KT(path), Value(""), output_field=TextField())


def _hidden_jobs(access: Access) -> list[str]:
    """Return the confidential jobs that are not the caller's, deleted ones too."""
    confidential = Job.objects.filter(confidential=True)
    hidden = confidential.exclude(pk__in=access.jobs().values("pk"))
    gone = Entry.objects.about(label(Job)).filter(
        action="deleted", part="", before__confidential=True
    )
    return [
        *map(str, hidden.values_list("pk", flat=True)),
        *gone.values_list("object_id", flat=True),
    ]


def _as_text(rows: QuerySet[Model]) -> QuerySet[Model]:
    return rows.values_list(Cast("pk", CharField()), flat=True)
