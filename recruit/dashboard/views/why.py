"""Why somebody stands where they stand: the evidence beside the profile."""

from dataclasses import replace
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.veiled import About, behind_veil
from matching.why import hold_against
from recruit.applications.queries import candidates_visible_to
from recruit.applications.veil import veil_of
from recruit.dashboard.marking import why_of
from recruit.dashboard.permissions import viewer_of
from recruit.jobs.models import Job


@require_safe
@login_required
def why(request: HttpRequest, code: str, candidate_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    veil = veil_of(job)
    meant = veil.one_behind(candidate_id)
    if meant is None:
        raise Http404
    people = candidates_visible_to(viewer, on_pages_of=job.pk).with_profile()
    candidate = get_object_or_404(people, pk=meant)
    held = hold_against(job=job, candidate=candidate, today=timezone.localdate())
    (shown,) = behind_veil([About(candidate, held.explanation)], veil)
    held = replace(held, explanation=shown.explanation)
    person = shown.candidate
    context = {"job": job, "candidate": person, "why": why_of(person, held)}
    return render(request, "dashboard/why.html", context)
