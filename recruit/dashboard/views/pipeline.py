"""The pipeline of a job: who stands at which stage, and who has left it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recruit.accounts.models import User
from recruit.applications.choices import EndedBy
from recruit.applications.models import (
    Application,
    DispositionReason,
    JobTemplate,
    StageTemplate,
)
from recruit.applications.queries import StageCount, pipeline_counts
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import StageOfJob, stage_named, stages_of
from recruit.applications.veil import Veil, veil_of
from recruit.dashboard.job_context import job_context
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.dashboard.waiting import LONG_WITHOUT_MOVEMENT
from recruit.jobs.models import Job

CARDS_SHOWN = 30
ENDED_SHOWN = 20
NOBODY = StageCount(people=0, waiting_long=0)


@dataclass(frozen=True, slots=True)
class Column:
    """A stage and the first of those who stand at it."""

    stage: StageOfJob
    next_stage: StageOfJob | None
    people: list[Application]
    count: int
    waiting_long: int
    is_cut: bool  # more people stand here, after those shown

    @property
    def cursor(self) -> str:
        """Return what asks for the people after those shown."""
        last = self.people[-1]
        return f"{last.stage_changed_at.isoformat()}~{last.pk}"


@require_safe
@login_required
def pipeline(request: HttpRequest, code: str) -> HttpResponse:
    """Show the board, or the people as a plain list, or more cards of one column."""
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people()
    job = get_object_or_404(jobs, requisition_code=code)
    counts = pipeline_counts(job.pk, long_since=_long_since())
    own = stages_of(job)
    stages = (*own, *(stage_named(code) for code in _strays(own, counts)))
    stage = next((one for one in stages if one.code == request.GET.get("stage")), None)
    if stage and "after" in request.GET:
        return _more_cards(request, job, stage, own)
    context = {
        **job_context(job, viewer),
        **_board_context(request, own),
        **_template_context(job, viewer),
        "reject_reasons": _reasons(EndedBy.REJECTED),
        "stage": stage,
    }
    if stage or request.GET.get("view") == "list":
        context |= _listed(request, job, viewer, stage)
        context["stage_counts"] = [
            (one, counts.get(one.code, NOBODY)) for one in stages
        ]
        return render(request, "dashboard/pipeline_list.html", context)
    applications = Application.objects.visible_to(viewer).filter(job=job)
    ended = applications.ended().with_candidate().order_by("-ended_at", "-id")
    veil = veil_of(job)
    context |= {
        "columns": [
            _column(applications, one, own, counts.get(one.code, NOBODY), veil)
            for one in stages
        ],
        "ended": page_of(ended, request, size=ENDED_SHOWN, parameter="ended"),
    }
    for application in context["ended"]:
        veil.application(application)
    return render(request, "dashboard/pipeline.html", context)


def _strays(stages: tuple[StageOfJob, ...], counts: dict[str, StageCount]) -> list[str]:
    """Return where people stand although the job has no such stage."""
    return sorted(counts.keys() - {stage.code for stage in stages})


def _template_context(job: Job, viewer: User) -> dict[str, Any]:
    if not viewer.is_recruiting:
        return {"templates": ()}
    templates = list(StageTemplate.objects.order_by("name", "id"))
    chosen = JobTemplate.objects.filter(job=job).first()
    chosen_id = chosen.template_id if chosen else None
    return {
        "templates": templates if len(templates) > 1 else (),
        "template": next(
            (
                one
                for one in templates
                if (one.pk == chosen_id if chosen_id else one.is_default)
            ),
            None,
        ),
    }


def _board_context(
    request: HttpRequest, stages: tuple[StageOfJob, ...]
) -> dict[str, Any]:
    return {
        "stages": stages,
        "next_stages": _next_stages(stages),
        "days_long": LONG_WITHOUT_MOVEMENT.days,
        "shown_id": request.GET.get("shown", ""),
    }


def _more_cards(
    request: HttpRequest, job: Job, stage: StageOfJob, own: tuple[StageOfJob, ...]
) -> HttpResponse:
    cursor = _cursor(request.GET["after"])
    if cursor is None:
        return bad_request(request, _("“after” does not name a card."))
    viewer = viewer_of(request)
    applications = Application.objects.visible_to(viewer).filter(job=job)
    since, pk = cursor
    after = Q(stage_changed_at__gt=since) | Q(stage_changed_at=since, pk__gt=pk)
    following = applications.filter(after)
    column = _column(following, stage, own, NOBODY, veil_of(job))
    context = {
        "column": column,
        "job": job,
        "may_recruit": viewer.is_recruiting,
        **_board_context(request, own),
    }
    return render(request, "dashboard/partials/_cards.html", context)


def _cursor(text: str) -> tuple[datetime, UUID] | None:
    # A plus sign of an address that somebody typed is read as a space.
    moment, _tilde, pk = text.replace(" ", "+").partition("~")
    try:
        since = datetime.fromisoformat(moment)
        return (since, UUID(pk)) if since.tzinfo else None
    except ValueError:
        return None


def _listed(
    request: HttpRequest, job: Job, viewer: User, stage: StageOfJob | None
) -> dict[str, Any]:
    applications = Application.objects.visible_to(viewer).active().filter(job=job)
    if stage:
        applications = applications.filter(stage=stage.code)
    listed = applications.with_candidate().longest_waiting_first()
    page, veil = page_of(listed, request), veil_of(job)
    for application in page:
        veil.application(application)
    return {"page": page}


def _reasons(outcome: EndedBy) -> list[DispositionReason]:
    return list(DispositionReason.objects.offered().for_outcome(outcome))


def _long_since() -> datetime:
    return timezone.now() - LONG_WITHOUT_MOVEMENT


def _next_stages(stages: tuple[StageOfJob, ...]) -> dict[str, StageOfJob]:
    return {stage.code: next_stage for stage, next_stage in pairwise(stages)}


def _column(
    applications: ApplicationQuerySet,
    stage: StageOfJob,
    stages: tuple[StageOfJob, ...],
    count: StageCount,
    veil: Veil,
) -> Column:
    standing = applications.active().filter(stage=stage.code).with_candidate()
    # One more than is shown tells whether there are more.
    people = list(standing.longest_waiting_first()[: CARDS_SHOWN + 1])
    return Column(
        stage=stage,
        next_stage=_next_stages(stages).get(stage.code),
        people=[veil.application(one) for one in people[:CARDS_SHOWN]],
        count=count.people,
        waiting_long=count.waiting_long,
        is_cut=len(people) > CARDS_SHOWN,
    )
