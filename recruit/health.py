"""Two addresses for whoever watches the platform: alive, and ready."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.adapters import EncoderFolderInvalid
from matching.status import indexing_status
from recruit.deployment.readiness import problems


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process lives, without asking the database."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when every part is well, else 503 and which is not.

    Which encoder works and how many profiles wait for it is told, not judged.
    """
    now = timezone.now()
    found = problems(now=now)
    status = HTTPStatus.SERVICE_UNAVAILABLE if found else HTTPStatus.OK
    can_ask = not {"database", "migrations"} & set(found)
    return JsonResponse(
        {
            "ready": not found,
            "problems": found,
            "indexing": _indexing(now) if can_ask else None,
        },
        status=status,
    )


def _indexing(now: datetime) -> dict[str, str | int]:
    try:
        indexing = indexing_status(now=now)
    except EncoderFolderInvalid as invalid:
        return {"problem": invalid.message}
    return {
        "encoder": indexing.encoder,
        "waiting_candidates": indexing.waiting_candidates,
        "waiting_jobs": indexing.waiting_jobs,
        "parked": indexing.parked,
    }
