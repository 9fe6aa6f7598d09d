"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from recruit.common.request_ids import HEADER, chosen_request_id, request_id_set


class NothingKeptMiddleware:
    """Let no browser or proxy keep an answer that does not say it may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class RequestIdMiddleware:
    """Give each request an id, the caller's where it is sane, and answer with it.

    Outermost, so that whatever fails inside is already an answer here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = chosen_request_id(request.headers.get(HEADER))
        request.request_id = request_id  # type: ignore[attr-defined]
        with request_id_set(request_id):
            response = self._get_response(request)
        response.headers[HEADER] = request_id
        return response
