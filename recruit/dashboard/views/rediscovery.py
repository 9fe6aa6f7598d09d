"""The page of a job with the people met before."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from matching.matches import JobHasTooLittleText, JobNotEmbedded
from matching.rediscovery import JobHidesNames, people_met_before
from matching.status import indexing_status
from recruit.dashboard.gathering import gathering
from recruit.dashboard.job_context import job_context
from recruit.dashboard.limits import limit_advice, limit_asked, next_limit
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.jobs.models import Job


@require_safe
@login_required
def met_before(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people().with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    limit = limit_asked(request)
    if limit is None:
        return bad_request(request, limit_advice())
    context: dict[str, Any] = {
        **job_context(job, viewer),
        "gathering": gathering(viewer, request.get_full_path(), first=job),
    }
    try:
        found = people_met_before(job=job, limit=limit, viewer=viewer)
    except JobNotEmbedded:
        context["indexing"] = indexing_status()
    except JobHasTooLittleText:
        context["says_too_little"] = True
    except JobHidesNames:
        context["hides_names"] = True
    else:
        more = next_limit(limit) if found.has_more else None
        context |= {"found": found, "more": f"?limit={more}" if more else ""}
    return render(request, "dashboard/met_before.html", context)
