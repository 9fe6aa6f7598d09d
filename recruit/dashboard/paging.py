"""Lists cut into pages."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50

M = TypeVar("M", bound=Model)


def page_of(
    rows: QuerySet[M],
    request: HttpRequest,
    *,
    size: int = PAGE_SIZE,
    parameter: str = "page",
) -> Page[M]:
    """Return the page asked for; the nearest one where there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get(parameter))
