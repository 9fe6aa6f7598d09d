"""The page of a job: its candidates, ranked and explained."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from matching.matches import JobHasTooLittleText, JobNotEmbedded, matches_for_job
from matching.status import indexing_status
from matching.twins.queries import like_jobs
from matching.types import Order
from recruit.dashboard.job_context import job_context
from recruit.dashboard.limits import LIMITS, limit_advice, limit_asked
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.jobs.models import Job


@require_safe
@login_required
def job_matches(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people().with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    limit = limit_asked(request)
    if limit is None:
        return bad_request(request, limit_advice())
    order = order_named(request.GET.get("order", Order.SIMILARITY))
    if order is None:
        allowed = ", ".join(Order)
        return bad_request(request, _("“order” must be one of %s.") % allowed)
    context: dict[str, Any] = {
        **job_context(job, viewer),
        "requirements": list(job.requirements.all()),
        "like_jobs": like_jobs(job, viewer),
        "limit": limit,
        "limits": LIMITS,
        "order": order,
        "orders": list(Order),
    }
    try:
        found = matches_for_job(job=job, limit=limit, viewer=viewer, order=order)
    except JobNotEmbedded:
        context["indexing"] = indexing_status()
        return render(request, "dashboard/job_matches_pending.html", context)
    except JobHasTooLittleText:
        return render(request, "dashboard/job_matches_too_little.html", context)
    return render(request, "dashboard/job_matches.html", context | {"found": found})


def order_named(name: str) -> Order | None:
    """Return the order of this name, None where there is none."""
    return Order(name) if name in set(Order) else None
