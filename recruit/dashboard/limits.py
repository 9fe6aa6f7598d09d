"""How many rows of a ranking are shown: some, and more on request."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

LIMITS = (25, 50, 100, 200)


def limit_asked(request: HttpRequest) -> int | None:
    """Return the number of rows asked for, None where it is not one of ours."""
    sizes = {str(size): size for size in LIMITS}
    return sizes.get(request.GET.get("limit", str(LIMITS[0])))


def next_limit(limit: int) -> int | None:
    """Return the next larger number of rows."""
    return next((size for size in LIMITS if size > limit), None)


def limit_advice() -> str:
    """Say which numbers of rows there are."""
    allowed = ", ".join(str(size) for size in LIMITS)
    return _("“limit” must be one of %s.") % allowed
