"""Answers to requests that cannot be followed."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, advice: str) -> HttpResponse:
    """Answer 400 with a page that says what is wrong."""
    return render(request, "400.html", {"advice": advice}, status=400)


def bad_form(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """Answer 400 with the first mistake of a form that pages send by themselves."""
    for name, texts in form.errors.items():
        return bad_request(request, f"{form[name].label}: {texts[0]}")
    return bad_request(request, "")
