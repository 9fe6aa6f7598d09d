"""What the API does around its views."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from recruit.api.rates import Rate


class SlashlessMiddleware:
    """Take an address of the API with a slash at its end for the one without.

    Half of all clients write the one, half the other; a redirect would lose the body
    of a POST in some of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/v1/") and request.path_info.endswith("/"):
            request.path_info = request.path_info[:-1]
        return self._get_response(request)


class AnswerMiddleware:
    """Tell what is left of the quota, in failures too; give a 204 no length.

    Where nothing was counted (no token, no such address), nothing is told.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        rate: Rate | None = getattr(request, "api_rate", None)
        if rate is not None:
            for name, value in rate.headers.items():
                response.headers[name] = value
        if response.status_code == HTTPStatus.NO_CONTENT:
            del response.headers["Content-Length"]  # RFC 9110, 8.6
        return response
