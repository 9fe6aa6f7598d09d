"""Screening: going through many people of a job, one after the other."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from matching.listing.job_list import Asked, FirstPeople, first_people
from matching.matches import JobHasTooLittleText, JobNotEmbedded
from matching.types import Order
from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.stages import stages_of
from recruit.applications.veil import veil_of
from recruit.common.refusals import Refused
from recruit.dashboard.criteria_panel import state_of
from recruit.dashboard.forms.screening import (
    SIZES,
    DecideForm,
    ListForm,
    StartForm,
    UndoDecisionForm,
)
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form, bad_request
from recruit.dashboard.screening_answers import (
    badly_sent,
    done,
    refused,
    screening_of,
)
from recruit.dashboard.screening_page import first_open, place_of, screening_page
from recruit.finding.job_list_form import JobListForm
from recruit.jobs.models import Job
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Screening
from recruit.reviews.operations import decide, start_screening, undo_decision

SCREENINGS_LISTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def screenings(request: HttpRequest, code: str) -> HttpResponse:
    """Offer to go through people, and to go on where one stopped."""
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_people().with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    form = StartForm(request.POST or None)
    if request.method == "POST":
        return (
            _start(request, job, form) if form.is_valid() else bad_form(request, form)
        )
    context = {
        **job_context(job, viewer),
        "form": form,
        "waiting": _at_the_first_stage(job, viewer).count(),
        "screenings": Screening.objects.of(viewer)
        .filter(job=job)
        .with_progress()
        .newest_first()[:SCREENINGS_LISTED],
    }
    return render(request, "dashboard/screenings.html", context)


def _start(request: HttpRequest, job: Job, form: StartForm) -> HttpResponse:
    viewer, asked = viewer_of(request), form.cleaned_data
    screened = Screened(asked["screened"])
    people = partial(_people, job, viewer, screened, asked)
    return _started(request, job, screened, people)


def _started(
    request: HttpRequest,
    job: Job,
    screened: Screened,
    people: Callable[[], FirstPeople],
    shown: str = "",
) -> HttpResponse:
    """Keep the list and lead to its first person; say why that cannot be."""
    try:
        taken = people()
        screening = start_screening(
            job_id=job.pk,
            user=viewer_of(request),
            screened=screened,
            candidate_ids=taken.ids,
            beyond=taken.beyond,
            shown=shown,
            started_at=timezone.now(),
        )
    except JobNotEmbedded:
        messages.info(request, _("This job is being read; try again in a moment."))
    except JobHasTooLittleText:
        messages.warning(request, _("This job says too little to rank people by."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        return redirect("dashboard:screening", job.requisition_code, screening.pk)
    return redirect("dashboard:screenings", job.requisition_code)


@require_POST
@recruiting_only
def screen_list(request: HttpRequest, code: str) -> HttpResponse:
    """Go through the ranked list as its address says it, from the first person on."""
    viewer = viewer_of(request)
    jobs = Job.objects.visible_to(viewer).with_requirements()
    job = get_object_or_404(jobs, requisition_code=code)
    sent = ListForm(request.POST)
    if not sent.is_valid():
        return bad_form(request, sent)
    # Read and written anew, so that it is nothing but a query.
    state = QueryDict(sent.cleaned_data["shown"])
    form = JobListForm(state)
    form.is_valid()
    mistake = form.mistake()
    if mistake is not None:
        return bad_request(request, mistake)
    people = partial(
        first_people,
        job=job,
        viewer=viewer,
        asked=form.asked(job, today=timezone.localdate()),
        limit=SIZES[-1],
    )
    return _started(request, job, Screened.LISTED, people, shown=state_of(state))


def _people(
    job: Job, viewer: User, screened: Screened, asked: dict[str, Any]
) -> FirstPeople:
    size = asked["size"]
    if screened is Screened.APPLIED:
        waiting = _at_the_first_stage(job, viewer)
        ids = waiting.longest_waiting_first().values_list("candidate_id", flat=True)
        return FirstPeople(tuple(ids[:size]), max(waiting.count() - size, 0))
    order = Order(asked["order"] or Order.SIMILARITY)
    ranked = Asked(order=order)
    return first_people(job=job, viewer=viewer, asked=ranked, limit=size)


def _at_the_first_stage(job: Job, viewer: User) -> Any:
    first = stages_of(job)[0].code
    mine = Application.objects.visible_to(viewer).active()
    return mine.filter(job=job, stage=first, candidate__erased_at=None)


@require_safe
@recruiting_only
def screening(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    held = screening_of(request, code, screening_id)
    asked = request.GET.get("at", "")
    place = place_of(asked, held) if asked else first_open(held)
    if place is None:
        most = len(held.candidate_ids)
        return bad_request(request, _("“at” must lie between 1 and %d.") % most)
    return screening_page(request, held, place)


@require_POST
@recruiting_only
def decide_person(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    held = screening_of(request, code, screening_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return badly_sent(request, form)
    said = form.cleaned_data
    meant = veil_of(held.job).one_behind(said["candidate"])
    try:
        made = decide(
            screening_id=held.pk,
            decision_id=said["decision"],
            candidate_id=meant or said["candidate"],
            verdict=Verdict(said["verdict"]),
            reason=said["reason"],
            seen_version=said["seen_version"],
            actor=Actor.of(viewer_of(request)),
            decided_at=timezone.now(),
        )
    except Refused as refusal:
        return refused(request, held, refusal, said["at"])
    return done(request, held, made.get_verdict_display(), said["at"], step=1)


@require_POST
@recruiting_only
def undo_person(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    held = screening_of(request, code, screening_id)
    form = UndoDecisionForm(request.POST)
    if not form.is_valid():
        return badly_sent(request, form)
    said = form.cleaned_data
    try:
        undone = undo_decision(
            screening_id=held.pk,
            decision_id=said["decision"],
            actor=Actor.of(viewer_of(request)),
            undone_at=timezone.now(),
        )
    except Refused as refusal:
        return refused(request, held, refusal, said["at"])
    place = 1 + held.candidate_ids.index(undone.candidate_id)
    return done(request, held, _("Taken back"), place, step=0)
