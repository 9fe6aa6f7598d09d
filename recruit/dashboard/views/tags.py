"""Giving tags to a person or a job and taking them away."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recruit.accounts.actors import Actor
from recruit.applications.queries import candidates_visible_to
from recruit.common.refusals import Refused
from recruit.common.text import fold
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.notes import TagForm, UntagForm
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.jobs.models import Job
from recruit.notes.models import TAG_LENGTH, Tag
from recruit.notes.tagging import (
    Tagged,
    tag_candidates,
    tag_jobs,
    untag_candidates,
    untag_jobs,
)

SUGGESTED = 10

Change = Callable[..., Tagged]


@require_POST
@recruiting_only
def of_candidate(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    person = get_object_or_404(candidates_visible_to(viewer), pk=candidate_id)
    actor, now, ids = Actor.of(viewer), timezone.now(), [person.pk]
    return _changed(
        request,
        give=partial(tag_candidates, candidate_ids=ids, actor=actor, tagged_at=now),
        take=partial(untag_candidates, candidate_ids=ids, actor=actor, untagged_at=now),
        back=redirect("dashboard:candidate", person.pk),
    )


@require_POST
@recruiting_only
def of_job(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    job = get_object_or_404(Job.objects.visible_to(viewer), requisition_code=code)
    actor, now, ids = Actor.of(viewer), timezone.now(), [job.pk]
    return _changed(
        request,
        give=partial(tag_jobs, job_ids=ids, actor=actor, tagged_at=now),
        take=partial(untag_jobs, job_ids=ids, actor=actor, untagged_at=now),
        back=redirect("dashboard:job_activity", job.requisition_code),
    )


def _changed(
    request: HttpRequest, *, give: Change, take: Change, back: HttpResponse
) -> HttpResponse:
    """Give or take away the tag that a form names, and go back."""
    if "remove" in request.POST:
        return _taken(request, take, back)
    form = TagForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        give(name=form.cleaned_data["name"])
    except ValidationError as error:
        add_errors(form, error)
        return bad_form(request, form)
    return back


def _taken(request: HttpRequest, take: Change, back: HttpResponse) -> HttpResponse:
    form = UntagForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        take(tag_id=form.cleaned_data["remove"])
    except Refused as refused:
        messages.warning(request, str(refused))
    return back


@require_safe
@recruiting_only
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the names of tags that begin with the words."""
    words = request.GET.get("q", "").replace("\x00", "")[:TAG_LENGTH]
    if not fold(words):
        return JsonResponse({"names": []})
    tags = Tag.objects.beginning_with(words)[:SUGGESTED]
    return JsonResponse({"names": [tag.name for tag in tags]})
