"""Pages that show a secret: once, and what is said to whoever loads them again."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from recruit.common.refusals import Refused


@dataclass(frozen=True, slots=True)
class Way:
    """Where one can go on, in words."""

    address: str
    words: str


def shown_already(
    request: HttpRequest, refused: Refused, *, to: Way, otherwise: Way
) -> HttpResponse:
    """Say that a form was sent before, so that this time nothing was made."""
    context = {"refused": refused, "to": to, "otherwise": otherwise}
    return render(request, "dashboard/secret_shown_already.html", context, status=409)
