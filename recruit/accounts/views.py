"""Pages of the sign-in package that this platform does not offer."""

from django.http import Http404, HttpRequest, HttpResponse


def email_addresses(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Raise Http404: an account has one address, which administrators change.

    Else anybody could sign in by a new address, or hold that of somebody else.
    """
    raise Http404
