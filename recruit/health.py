"""Two addresses for whoever watches the platform: alive, and ready."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recruit.deployment.readiness import problems


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process lives, without asking the database."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when every part is well, else 503 and which is not."""
    found = problems(now=timezone.now())
    status = HTTPStatus.SERVICE_UNAVAILABLE if found else HTTPStatus.OK
    return JsonResponse({"ready": not found, "problems": found}, status=status)
