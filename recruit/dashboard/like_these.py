"""Addresses of people like several: one in the path, the others beside it."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from recruit.candidates.models import Candidate

MOST_LIKED = 5


def also_asked(request: HttpRequest) -> list[UUID]:
    """Return the others that an address names; what is no id is passed over."""
    asked = []
    for value in request.GET.getlist("also")[: MOST_LIKED - 1]:
        try:
            asked.append(UUID(value))
        except ValueError:
            continue
    return asked


def like_query(also: Sequence[Candidate], limit: int) -> str:
    """Return the query of a longer list."""
    return f"?{urlencode([*(('also', one.pk) for one in also), ('limit', limit)])}"


def like_address(people: Sequence[UUID]) -> str:
    """Return the address of people like these; at most MOST_LIKED are named."""
    first, *others = people[:MOST_LIKED]
    address = reverse("dashboard:candidate_similar", args=[first])
    return f"{address}?{urlencode([('also', one) for one in others])}".rstrip("?")
