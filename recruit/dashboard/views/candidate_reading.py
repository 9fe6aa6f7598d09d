"""Reading about candidates: the list with its search, and one person's profile."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from matching.search import SearchRefused, search_candidates
from recruit.applications.queries import applications_of, candidates_visible_to
from recruit.candidates.querysets import CandidateQuerySet
from recruit.dashboard.activity import history_of
from recruit.dashboard.fitting import fitting_jobs
from recruit.dashboard.forms.candidates import CandidateFilter
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of

HISTORY_SHOWN = 30
JOBS_SHOWN = 5


@require_safe
@login_required
def candidates(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    visible = candidates_visible_to(viewer)
    form = CandidateFilter(request.GET)
    if not form.is_valid():
        return _refused(request, form, visible)
    words = form.cleaned_data["q"]
    try:
        found = search_candidates(words=words, viewer=viewer) if words else visible
    except SearchRefused as refused:
        form.add_error("q", refused.sentence)
        return _refused(request, form, visible)
    page = page_of(found.with_skills().newest_first(), request)
    context = {"form": form, "page": page, "words": words}
    return render(request, "dashboard/candidates.html", context)


def _refused(
    request: HttpRequest, form: CandidateFilter, visible: CandidateQuerySet
) -> HttpResponse:
    context = {"form": form, "page": page_of(visible.none(), request)}
    return render(request, "dashboard/candidates.html", context, status=400)


@require_safe
@login_required
def candidate(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    visible = candidates_visible_to(viewer).with_profile()
    person = get_object_or_404(visible, pk=candidate_id)
    context = {
        "candidate": person,
        "applications": applications_of(person, viewer),
        "history": history_of(person, viewer, limit=HISTORY_SHOWN),
        "fitting": fitting_jobs(person, viewer, limit=JOBS_SHOWN),
    }
    return render(request, "dashboard/candidate.html", context)
