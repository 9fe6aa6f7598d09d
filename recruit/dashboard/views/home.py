"""The page after sign-in: my jobs, what waits for me, what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.status import indexing_status
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.queries import stage_counts
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import StageOfJob, stages_of_jobs
from recruit.applications.veil import veiled
from recruit.dashboard.activity import recent_activities
from recruit.dashboard.first_steps import administrators_named, first_steps_of
from recruit.dashboard.news import new_for_jobs, new_in_searches
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.waiting import LONG_WITHOUT_MOVEMENT
from recruit.deployment.milestones import is_demo_awaited
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.notes.queries import mentions_of
from recruit.notes.querysets import MentionQuerySet
from recruit.notes.veiled import veiled_mentions
from recruit.organisation.queries import organisation
from recruit.reviews.choices import Answer
from recruit.reviews.models import Review

JOBS_SHOWN = 8
WAITING_SHOWN = 8
ACTIVITIES_SHOWN = 12
MENTIONS_SHOWN = 5
QUESTIONS_SHOWN = 5


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    jobs, is_named = _my_jobs(viewer)
    shown = list(jobs.with_requirements().newest_first()[:JOBS_SHOWN])
    news = new_for_jobs(shown, viewer)
    counts = stage_counts([job.pk for job in shown])
    stages = stages_of_jobs([job.pk for job in shown])
    standing = _long_without_movement(viewer, jobs)
    mentions = mentions_of(viewer).unread()
    questions = list(_questions(viewer, jobs)[:QUESTIONS_SHOWN])
    veiled(question.application for question in questions)
    context = {
        "mentions": veiled_mentions(_loaded(mentions)[:MENTIONS_SHOWN]),
        "mention_count": mentions.count(),
        "questions": questions,
        "is_named": is_named,
        "jobs": [
            (job, _counted(stages[job.pk], counts[job.pk]), news.get(job.pk))
            for job in shown
        ],
        "searches": new_in_searches(viewer),
        "job_count": jobs.count(),
        "waiting": veiled(standing[:WAITING_SHOWN]),
        "waiting_count": standing.count(),
        "indexing": indexing_status(),
        "activities": recent_activities(viewer, limit=ACTIVITIES_SHOWN),
    }
    context |= _first_steps(viewer)
    return render(request, "dashboard/home.html", context)


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """Show everybody who waits on the jobs of the home page, longest first."""
    viewer = viewer_of(request)
    page = page_of(_long_without_movement(viewer, _my_jobs(viewer)[0]), request)
    page.object_list = veiled(page.object_list)
    return render(request, "dashboard/waiting.html", {"page": page})


def _my_jobs(viewer: User) -> tuple[JobQuerySet, bool]:
    """Return the open jobs that name the viewer, and whether there are any.

    Who is named on none has all that they see.
    """
    open_jobs = Job.objects.open().visible_to(viewer)
    named = open_jobs.named_on(viewer)
    is_named = named.exists()
    return (named if is_named else open_jobs), is_named


def _first_steps(viewer: User) -> dict[str, Any]:
    """Return where a new installation stands; of no concern to hiring managers."""
    if not viewer.is_recruiting:
        return {}
    known = organisation()
    steps = first_steps_of(viewer, known)
    is_coming = steps.is_empty and is_demo_awaited()
    is_blank = steps.is_empty and (steps.is_shown or is_coming)
    return {
        "organisation": known,
        "steps": steps,
        "is_demo_coming": is_coming,
        "is_blank": is_blank,
        "administrators": administrators_named() if is_blank else [],
    }


def _counted(
    stages: Sequence[StageOfJob], counts: Mapping[str, int]
) -> list[tuple[StageOfJob, int]]:
    return [(stage, counts.get(stage.code, 0)) for stage in stages]


def _loaded(mentions: MentionQuerySet) -> MentionQuerySet:
    return mentions.with_notes().prefetch_related("note__mentions__user").newest_first()


def _questions(viewer: User, jobs: JobQuerySet) -> QuerySet[Review]:
    """Return what hiring managers ask of people still considered, newest first."""
    standing = Application.objects.visible_to(viewer).active().filter(job__in=jobs)
    asked = Review.objects.filter(answer=Answer.QUESTION, application__in=standing)
    people = asked.select_related("application__candidate", "application__job", "user")
    return people.exclude(user=viewer).order_by("-answered_at", "-id")


def _long_without_movement(viewer: User, jobs: JobQuerySet) -> ApplicationQuerySet:
    before = timezone.now() - LONG_WITHOUT_MOVEMENT
    standing = Application.objects.visible_to(viewer).active().filter(job__in=jobs)
    old = standing.filter(stage_changed_at__lt=before)
    return old.with_candidate().select_related("job").longest_waiting_first()
