"""The end of a screening, and going on with those nothing was decided of."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recruit.applications.queries import candidates_visible_to
from recruit.common.refusals import Refused
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.screening_answers import screening_of, summary_address
from recruit.dashboard.screening_progress import progress_of
from recruit.dashboard.screening_summary import summary_of
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening


@require_safe
@recruiting_only
def summary(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    """Show what came of a screening by now."""
    held, viewer = screening_of(request, code, screening_id), viewer_of(request)
    context = {
        **job_context(held.job, viewer),
        "screening": held,
        "summary": summary_of(held, viewer),
    }
    return render(request, "dashboard/screening_summary.html", context)


@require_POST
@recruiting_only
def screen_undecided(
    request: HttpRequest, code: str, screening_id: UUID
) -> HttpResponse:
    """Go through those who are left as a list of their own."""
    held, viewer = screening_of(request, code, screening_id), viewer_of(request)
    left = progress_of(held).undecided
    visible = candidates_visible_to(viewer, on_pages_of=held.job_id)
    there = set(visible.filter(pk__in=left).values_list("pk", flat=True))
    try:
        begun = start_screening(
            job_id=held.job_id,
            user=viewer,
            screened=Screened(held.screened),
            candidate_ids=[one for one in left if one in there],
            beyond=held.beyond,
            shown=held.shown,
            started_at=timezone.now(),
        )
    except Refused as refusal:
        messages.info(request, str(refusal))
        return redirect(summary_address(held))
    return redirect("dashboard:screening", code, begun.pk)
