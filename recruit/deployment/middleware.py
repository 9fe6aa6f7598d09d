"""What a visitor sees while the database restarts."""

from collections.abc import Callable
from http import HTTPStatus

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from recruit.common.request_ids import current_request_id
from recruit.deployment.failures import DatabaseUnavailable

RETRY_AFTER_SECONDS = "5"
# Connection lost or refused, and a server that is starting or stopping.
OUTAGES = ("08", "57")


class DatabaseOutageMiddleware:
    """Answer 503 and when to try again, not 500, where the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Turn an outage into an answer; leave other mistakes alone."""
        if not is_outage(exception):
            return None
        sentence = _("The database is restarting. Please try again in a few seconds.")
        response = (
            _as_problem(request, sentence) if _is_api(request) else _as_page(sentence)
        )
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return response


def is_outage(exception: Exception) -> bool:
    """Tell a database that is away from a statement that failed."""
    if isinstance(exception, DatabaseUnavailable | InterfaceError):
        return True
    cause = exception.__cause__
    if not isinstance(exception, OperationalError):
        return False
    if not isinstance(cause, psycopg.OperationalError):
        return False
    return cause.sqlstate is None or cause.sqlstate.startswith(OUTAGES)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _as_problem(request: HttpRequest, sentence: str) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": sentence,
        "instance": request.path,
        "request_id": current_request_id(),
        "errors": [
            {"field": None, "message": sentence, "code": "database_unavailable"}
        ],
    }
    return JsonResponse(problem, status=status, content_type="application/problem+json")


def _as_page(sentence: str) -> HttpResponse:
    # Without the request: its context would ask the database who is signed in.
    page = render_to_string("503.html", {"sentence": sentence})
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
