"""The page of a job: its candidates, ranked and explained."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from matching.listing.job_list import Asked, JobList, list_for_job
from matching.listing.positions import Sort
from matching.matches import JobHasTooLittleText, JobNotEmbedded
from matching.status import indexing_status
from matching.twins.queries import like_jobs
from matching.types import Order
from recruit.accounts.models import User
from recruit.applications.queries import earlier_contacts
from recruit.dashboard.criteria_panel import (
    CriteriaPanel,
    is_open,
    opened,
    state_of,
    stored_panel,
)
from recruit.dashboard.facet_panel import OF_JOB, panel_of, with_value
from recruit.dashboard.forms.screening import SIZES
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import is_prefetch, viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.finding.job_list_form import JobListForm
from recruit.jobs.models import Job
from recruit.talent.visits import visit_ranking

ASIDE = "job-aside"


@require_safe
@login_required
def job_matches(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people().with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    is_edited = is_open(request.GET) and viewer.is_recruiting
    criteria = stored_panel(request, job, viewer) if is_edited else None
    if request.htmx.target == ASIDE:  # type: ignore[attr-defined]
        context = _aside_context(request, job, viewer, criteria)
        answer = render(request, "dashboard/partials/_job_aside.html", context)
    else:
        answer = ranked_page(request, job, criteria=criteria)
        if not is_prefetch(request):
            visit_ranking(job=job, user=viewer, visited_at=timezone.now())
    # A browser must not show the part where it was left for the whole page.
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def ranked_page(
    request: HttpRequest,
    job: Job,
    *,
    criteria: CriteriaPanel | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the list that an address asks for, of a job loaded for its page."""
    viewer = viewer_of(request)
    form = JobListForm(request.GET)
    is_valid = form.is_valid()
    mistake = form.mistake()
    if mistake is not None:
        return bad_request(request, mistake)
    asked = form.asked(job, today=timezone.localdate())
    context: dict[str, Any] = {
        **job_context(job, viewer),
        **_aside_context(request, job, viewer, criteria),
        "order": asked.order,
        "orders": list(Order),
        "sort": asked.sort,
        "sorts": list(Sort),
    }
    try:
        found = list_for_job(job=job, viewer=viewer, asked=asked)
    except JobNotEmbedded:
        context["indexing"] = indexing_status()
        page = "dashboard/job_matches_pending.html"
        return render(request, page, context, status=status)
    except JobHasTooLittleText:
        page = "dashboard/job_matches_too_little.html"
        return render(request, page, context, status=status)
    is_blind = context["blindness"] is not None
    context |= _listed(request, form, asked, found, viewer, is_blind=is_blind)
    status = status if is_valid else 400
    return render(request, "dashboard/job_matches.html", context, status=status)


def _aside_context(
    request: HttpRequest, job: Job, viewer: User, criteria: CriteriaPanel | None
) -> dict[str, Any]:
    """Return what stands beside the list: the criteria, jobs alike, the text."""
    return {
        "job": job,
        "requirements": list(job.requirements.all()),
        "like_jobs": like_jobs(job, viewer),
        "may_recruit": viewer.is_recruiting,
        "criteria": criteria,
        "with_criteria": opened(state_of(request.GET)),
    }


def _listed(
    request: HttpRequest,
    form: JobListForm,
    asked: Asked,
    found: JobList,
    viewer: User,
    *,
    is_blind: bool,
) -> dict[str, Any]:
    """Return what the list itself shows."""
    names = {str(skill.pk): skill.name for skill in form.skills()}
    names |= {str(row.skill_id): row.skill.name for row in found.job.requirements.all()}
    people = [match.candidate.pk for match in found.matches]
    as_of = found.asked.cursor.as_of if found.asked.cursor else None
    # Who recommended somebody may tell who it is.
    shown = [one for one in OF_JOB if not (is_blind and one == "source")]
    contacts = earlier_contacts(people, viewer, other_than=found.job.pk)
    return {
        "found": found,
        "form": form,
        "contacts": contacts,
        "panel": panel_of(form, found.counted, names, request.GET, shown=shown),
        # Kept open while somebody is choosing in it.
        "is_panel_open": bool(asked.facets.chosen.gates or form.errors),
        "shown": request.GET.urlencode(),
        "most_screened": SIZES[-1],
        "first": with_value(request.GET),
        "earlier": with_value(request.GET, before=str(found.earlier)),
        "later": with_value(request.GET, after=str(found.later)),
        "changed_people": with_value(
            request.GET, since=as_of.isoformat() if as_of else ""
        ),
    }
