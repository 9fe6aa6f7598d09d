"""The pipeline of a job: who stands at which stage, and who has left it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from recruit.applications.choices import EndedBy, Stage
from recruit.applications.models import Application, DispositionReason
from recruit.applications.queries import stage_counts
from recruit.applications.querysets import ApplicationQuerySet
from recruit.dashboard.job_context import job_context
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.jobs.models import Job

CARDS_SHOWN = 30
ENDED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A stage and who stands at it."""

    stage: Stage
    people: list[Application]
    count: int

    @property
    def hidden(self) -> int:
        return self.count - len(self.people)


@require_safe
@login_required
def pipeline(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people()
    job = get_object_or_404(jobs, requisition_code=code)
    applications = Application.objects.visible_to(viewer).filter(job=job)
    counts = stage_counts([job.pk])[job.pk]
    stage = request.GET.get("stage", "")
    context = {
        **job_context(job, viewer),
        "counts": counts,
        "reject_reasons": _reasons(EndedBy.REJECTED),
        "withdraw_reasons": _reasons(EndedBy.WITHDRAWN),
        "stages": list(Stage),
    }
    if stage in Stage.values:
        waiting = _standing_at(applications, Stage(stage))
        context |= {"stage": Stage(stage), "page": page_of(waiting, request)}
        return render(request, "dashboard/pipeline_stage.html", context)
    ended = applications.ended().with_candidate().order_by("-ended_at", "-id")
    context |= {
        "columns": [_column(applications, stage, counts) for stage in Stage],
        "ended": page_of(ended, request, size=ENDED_SHOWN, parameter="ended"),
    }
    return render(request, "dashboard/pipeline.html", context)


def _reasons(outcome: EndedBy) -> list[DispositionReason]:
    return list(DispositionReason.objects.offered().for_outcome(outcome))


def _standing_at(
    applications: ApplicationQuerySet, stage: Stage
) -> ApplicationQuerySet:
    standing = applications.active().filter(stage=stage)
    return standing.with_candidate().longest_waiting_first()


def _column(
    applications: ApplicationQuerySet, stage: Stage, counts: dict[str, int]
) -> Column:
    people = list(_standing_at(applications, stage)[:CARDS_SHOWN])
    return Column(stage=stage, people=people, count=counts.get(stage, 0))
