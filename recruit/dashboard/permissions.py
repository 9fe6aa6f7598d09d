"""Who may open which page. What you may not see does not exist for you."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from recruit.accounts.models import User

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]


def viewer_of(request: HttpRequest) -> User:
    """Return the signed-in user of a page that asks for sign-in."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required came first
    return request.user


def is_prefetch(request: HttpRequest) -> bool:
    """Say whether a browser asks in advance, so that nobody has looked yet."""
    return request.headers.get("Sec-Purpose", "").startswith("prefetch")


def recruiting_only(view: View[P, R]) -> View[P, HttpResponseBase]:
    """Let recruiters and administrators in; for others the page does not exist."""
    return _guarded(view, lambda viewer: viewer.is_recruiting)


def administering_only(view: View[P, R]) -> View[P, HttpResponseBase]:
    """Let administrators in; for others the page does not exist."""
    return _guarded(view, lambda viewer: viewer.is_administrator)


def _guarded(
    view: View[P, R], is_let_in: Callable[[User], bool]
) -> View[P, HttpResponseBase]:
    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not is_let_in(viewer_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)
