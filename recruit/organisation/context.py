"""What every page shows of the organisation."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from recruit.organisation.queries import organisation as stored


def organisation(_request: HttpRequest) -> dict[str, object]:
    """Give templates the organisation; it is read once, where a page shows it."""
    return {"organisation": SimpleLazyObject(stored)}
