"""Who did what when: the timeline of a person and of a job, with their notes."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recruit.accounts.actors import Actor
from recruit.applications.queries import (
    candidates_visible_to,
    events_about_person,
    events_visible_to,
)
from recruit.common.refusals import Refused
from recruit.dashboard.activity import (
    KINDS,
    WORDS,
    Activity,
    activities,
    told_of_job,
    told_of_person,
)
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.notes import NewCandidateNoteForm, NewNoteForm
from recruit.dashboard.job_context import job_context
from recruit.dashboard.missed_mentions import mentions_of_nobody
from recruit.dashboard.note_addresses import suggest_address
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.events.querysets import EventQuerySet
from recruit.jobs.models import Job
from recruit.notes.operations import write_note
from recruit.notes.queries import tags_of_jobs

EVENTS_SHOWN = 40


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def of_candidate(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Show what happened to a person, or take a note on them."""
    viewer = viewer_of(request)
    people = candidates_visible_to(viewer)
    person = get_object_or_404(people, pk=candidate_id)
    form = NewCandidateNoteForm(
        request.POST or None,
        candidate=person,
        viewer=viewer,
        suggest=suggest_address(candidate_id=person.pk, job_id=None),
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        if _is_written(request, form, candidate_id=person.pk):
            return redirect("dashboard:candidate_activity", person.pk)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    events = events_about_person(person.pk, viewer)
    context = {"candidate": person, "form": form}
    name = "dashboard/candidate_activity.html"
    return _timeline(request, name, events, context, status, told=told_of_person)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def of_job(request: HttpRequest, code: str) -> HttpResponse:
    """Show what happened about a job, or take a note on it."""
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people()
    job = get_object_or_404(jobs, requisition_code=code)
    suggest = suggest_address(candidate_id=None, job_id=job.pk)
    form = NewNoteForm(request.POST or None, suggest=suggest)
    status = HTTPStatus.OK
    if request.method == "POST":
        if _is_written(request, form, job_id=job.pk):
            return redirect("dashboard:job_activity", job.requisition_code)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        **job_context(job, viewer),
        "form": form,
        "tags": tags_of_jobs([job.pk])[job.pk],
    }
    events = events_visible_to(viewer).about_job(job.pk)
    name = "dashboard/job_activity.html"
    return _timeline(request, name, events, context, status, told=told_of_job)


def _is_written(
    request: HttpRequest,
    form: NewNoteForm,
    *,
    candidate_id: UUID | None = None,
    job_id: UUID | None = None,
) -> bool:
    """Write the note of a form; say on the form why it cannot be."""
    if not form.is_valid():
        return False
    about = form.cleaned_data.get("job")
    try:
        note = write_note(
            text=form.cleaned_data["text"],
            actor=Actor.of(viewer_of(request)),
            written_at=timezone.now(),
            candidate_id=candidate_id,
            job_id=about.pk if about else job_id,
            note_id=form.cleaned_data["new_id"],
        )
    except (ValidationError, Refused) as refused:
        add_errors(form, refused)
        return False
    messages.success(request, _("The note is saved."))
    for sentence in mentions_of_nobody(note):
        messages.warning(request, sentence)
    return True


def _timeline(
    request: HttpRequest,
    template: str,
    events: EventQuerySet,
    context: dict[str, Any],
    status: int,
    *,
    told: Callable[[Activity], Activity],
) -> HttpResponse:
    """Answer with a page of the events, of one kind where one is asked for."""
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        return bad_request(request, _("There is no such kind of activity."))
    wanted = KINDS[kind].happened if kind else tuple(WORDS)
    shown = events.filter(kind__in=wanted).newest_first()
    viewer = viewer_of(request)
    page = page_of(shown, request, size=EVENTS_SHOWN)
    context |= {
        "activities": [told(one) for one in activities(list(page), viewer)],
        "page": page,
        "kinds": KINDS.values(),
        "kind": kind,
    }
    return render(request, template, context, status=status)
