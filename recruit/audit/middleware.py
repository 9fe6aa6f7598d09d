"""Who writes in a request: whoever is signed in when the first write comes."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from recruit.accounts.actors import Actor
from recruit.accounts.addresses import client_address
from recruit.accounts.models import User
from recruit.audit.context import doer_of
from recruit.common.doing import SYSTEM, Doer, Doing, doing

NOBODY = Doer(SYSTEM, "nobody signed in")


class AuditMiddleware:
    """Let every write of a request be told of as its user's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        what = Doing(_way(request), lambda: _who(request), client_address(request))
        with doing(what):
            return self._get_response(request)


def _way(request: HttpRequest) -> str:
    if request.path_info.startswith("/api/"):
        return "api"
    return "admin" if request.path_info.startswith("/admin/") else "page"


def _who(request: HttpRequest) -> Doer:
    # Asked without a session this would read one, from within a write.
    if SESSION_KEY not in request.session or not isinstance(request.user, User):
        return NOBODY
    return doer_of(Actor.of(request.user))
