"""The likely pairs that pages show."""

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, When

from matching.conf import encoder_identity
from matching.models import JobTwin, SkillTwin
from recruit.accounts.models import User
from recruit.curation.models import KeptApart
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.skills.models import Skill

MOST_LIKE_JOBS = 3


def proposed_twins() -> QuerySet[SkillTwin]:
    """Return the pairs of skills to be decided on, with their names.

    Pairs that somebody keeps apart are not among them, nor skills that are gone.
    """
    first = Skill.objects.filter(pk=OuterRef("first_id"))
    second = Skill.objects.filter(pk=OuterRef("second_id"))
    return (
        SkillTwin.objects.of_encoder(encoder_identity())
        .filter(Exists(first), Exists(second))
        .exclude(KeptApart.objects.all().about_outer_pair())
        .annotate(
            first_name=Subquery(first.values("name")),
            second_name=Subquery(second.values("name")),
        )
    )


def like_jobs(job: Job, viewer: User | None) -> list[Job]:
    """Return the jobs a viewer may see that nearly say the same, the likest first.

    Closed jobs are not among them.
    """
    pairs = JobTwin.objects.of_encoder(encoder_identity()).of_any([job.pk])
    other = Case(When(first_id=job.pk, then="second_id"), default="first_id")
    ids = list(
        pairs.order_by("-similarity", "id")
        .annotate(other_id=other)
        .values_list("other_id", flat=True)
    )
    jobs = Job.objects.visible_to(viewer).exclude(status=JobStatus.CLOSED)
    found = jobs.in_bulk(ids)
    return [found[one] for one in ids if one in found][:MOST_LIKE_JOBS]
