"""Bringing jobs and candidates over from CSV files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from recruit.dashboard.permissions import recruiting_only


@require_GET
@recruiting_only
def imports(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/imports.html", {})
