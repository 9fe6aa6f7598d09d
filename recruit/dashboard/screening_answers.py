"""What is answered while somebody screens: to the script of the page, or to a form."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from recruit.common.refusals import Refused
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.dashboard.screening_progress import progress_of
from recruit.reviews.models import Screening

JSON = "application/json"


def screening_of(request: HttpRequest, code: str, screening_id: UUID) -> Screening:
    """Return a screening of the viewer's own, of a job that they still see."""
    mine = Screening.objects.of(viewer_of(request)).select_related("job")
    return get_object_or_404(mine, pk=screening_id, job__requisition_code=code)


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON


def badly_sent(request: HttpRequest, form: BaseForm) -> HttpResponse:
    if not is_script(request):
        return bad_form(request, form)
    told = next(iter(form.errors.values()))[0]
    return JsonResponse({"refused": str(told)}, status=400)


def refused(
    request: HttpRequest, held: Screening, refusal: Refused, at: int | None
) -> HttpResponse:
    if is_script(request):
        return refused_to_script(held, str(refusal), status=409)
    messages.error(request, str(refusal))
    return redirect(address_of(held, at or 1))


def refused_to_script(held: Screening, sentence: str, *, status: int) -> JsonResponse:
    """Say why nothing was written, and how far the screening has come by now."""
    state = progress_of(held).told()
    return JsonResponse({"refused": sentence, "state": state}, status=status)


def done(
    request: HttpRequest,
    held: Screening,
    sentence: str,
    at: int | None,
    *,
    step: int,
    warnings: Sequence[str] = (),
) -> HttpResponse:
    """Say what was done, and lead to the next person."""
    if is_script(request):
        said = {"done": str(sentence), "warnings": list(warnings)}
        return JsonResponse({**said, "state": progress_of(held).told()})
    messages.success(request, f"{at or ''}: {sentence}".removeprefix(": "))
    for warning in warnings:
        messages.warning(request, warning)
    is_last = bool(step) and at == len(held.candidate_ids)
    place = (at or 0) + step
    return redirect(summary_address(held) if is_last else address_of(held, place))


def address_of(held: Screening, place: int) -> str:
    """Return where a place of the list is shown, the nearest one that there is."""
    address = reverse("dashboard:screening", args=[held.job.requisition_code, held.pk])
    return f"{address}?at={min(max(place, 1), len(held.candidate_ids))}"


def summary_address(held: Screening) -> str:
    """Return where it is told what came of the screening."""
    code = held.job.requisition_code
    return reverse("dashboard:screening_summary", args=[code, held.pk])
