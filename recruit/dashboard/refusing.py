"""Answers to requests that cannot be followed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, advice: str) -> HttpResponse:
    """Answer 400 with a page that says what is wrong."""
    return render(request, "400.html", {"advice": advice}, status=400)


def first_error(errors: dict[str, list[str]]) -> str:
    """Return the first message of a form's errors."""
    return next((text for texts in errors.values() for text in texts), "")
