"""What the API does before an address is looked up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


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
