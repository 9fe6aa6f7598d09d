"""Why somebody stands where they stand: the evidence beside the profile."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.why import hold_against
from recruit.applications.queries import candidates_visible_to
from recruit.dashboard.marking import why_of
from recruit.dashboard.permissions import viewer_of
from recruit.jobs.models import Job


@require_safe
@login_required
def why(request: HttpRequest, code: str, candidate_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    people = candidates_visible_to(viewer).with_profile()
    candidate = get_object_or_404(people, pk=candidate_id)
    held = hold_against(job=job, candidate=candidate, today=timezone.localdate())
    context = {"job": job, "candidate": candidate, "why": why_of(candidate, held)}
    return render(request, "dashboard/why.html", context)
