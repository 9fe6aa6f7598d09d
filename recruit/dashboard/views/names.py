"""Whether the pages of a job name its people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recruit.accounts.actors import Actor
from recruit.applications.blind import blindness_of
from recruit.applications.blinding import hide_names, show_names
from recruit.applications.stages import stages_of
from recruit.common.refusals import Refused
from recruit.dashboard.forms.names import NamesForm
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.jobs.models import Job


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def names(request: HttpRequest, code: str) -> HttpResponse:
    """Let a recruiter choose from which stage on people are named."""
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people()
    job = get_object_or_404(jobs, requisition_code=code)
    blindness = blindness_of(job)
    form = NamesForm(
        request.POST or None,
        stages=stages_of(job),
        initial={"known_from": blindness.known_from.code if blindness else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _changed(request, job, form.cleaned_data["known_from"])
        except Refused as refused:
            form.add_error("known_from", str(refused))
    context = {**job_context(job, viewer), "form": form}
    status = 422 if form.errors else 200
    return render(request, "dashboard/job_names.html", context, status=status)


def _changed(request: HttpRequest, job: Job, known_from: str) -> HttpResponse:
    actor, now = Actor.of(viewer_of(request)), timezone.now()
    if known_from:
        hide_names(job_id=job.pk, reveal_stage=known_from, actor=actor, changed_at=now)
        messages.success(request, _("The pages of this job hide names now."))
    else:
        show_names(job_id=job.pk, actor=actor, changed_at=now)
        messages.success(request, _("The pages of this job show names."))
    return redirect("dashboard:job", job.requisition_code)
