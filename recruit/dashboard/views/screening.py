"""Screening: going through many people of a job, one after the other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from matching.matches import JobHasTooLittleText, JobNotEmbedded, matches_for_job
from matching.types import Order
from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import Application, DispositionReason
from recruit.applications.stages import stages_of
from recruit.applications.veil import veil_of
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused
from recruit.dashboard.forms.screening import DecideForm, StartForm, UndoDecisionForm
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form, bad_request
from recruit.dashboard.screened import screened_person
from recruit.jobs.models import Job
from recruit.reviews.choices import Screened, Verdict
from recruit.reviews.models import Decision, Screening
from recruit.reviews.operations import decide, start_screening, undo_decision

SCREENINGS_LISTED = 10
JSON = "application/json"
# Asked for by the script of the page, which keeps the next people at hand.
PART_HEADER = "X-Part"


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
    try:
        screening = start_screening(
            job_id=job.pk,
            user=viewer,
            screened=screened,
            candidate_ids=_people(job, viewer, screened, asked),
            started_at=timezone.now(),
        )
    except JobNotEmbedded:
        messages.info(request, _("This job is being read; try again in a moment."))
    except JobHasTooLittleText:
        messages.warning(request, _("This job says too little to rank people by."))
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        return redirect("dashboard:screening", job.requisition_code, screening.pk)
    return redirect("dashboard:screenings", job.requisition_code)


def _people(
    job: Job, viewer: User, screened: Screened, asked: dict[str, Any]
) -> list[UUID]:
    if screened is Screened.APPLIED:
        waiting = _at_the_first_stage(job, viewer).longest_waiting_first()
        return list(waiting.values_list("candidate_id", flat=True)[: asked["size"]])
    order = Order(asked["order"] or Order.SIMILARITY)
    found = matches_for_job(job=job, limit=asked["size"], viewer=viewer, order=order)
    shown = [match.candidate.pk for match in found.matches]
    meant = veil_of(job).behind(shown)
    return [meant[one] for one in shown if one in meant]


def _at_the_first_stage(job: Job, viewer: User) -> Any:
    first = stages_of(job)[0].code
    mine = Application.objects.visible_to(viewer).active()
    return mine.filter(job=job, stage=first, candidate__erased_at=None)


def _screening(request: HttpRequest, code: str, screening_id: UUID) -> Screening:
    mine = Screening.objects.of(viewer_of(request)).select_related("job")
    return get_object_or_404(mine, pk=screening_id, job__requisition_code=code)


@require_safe
@recruiting_only
def screening(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    held = _screening(request, code, screening_id)
    decisions = list(held.decisions.standing().order_by("decided_at", "id"))
    asked = request.GET.get("at", "")
    place = _first_open(held, decisions) if not asked else _place(asked, held)
    if place is None:
        most = len(held.candidate_ids)
        return bad_request(request, _("“at” must lie between 1 and %d.") % most)
    context = _shown_context(held, decisions, place, viewer)
    if request.headers.get(PART_HEADER):
        return render(request, "dashboard/partials/_screening.html", context)
    context |= job_context(held.job, viewer)
    return render(request, "dashboard/screening.html", context)


def _place(asked: str, held: Screening) -> int | None:
    if not (asked.isascii() and asked.isdigit() and len(asked) < len("10000")):
        return None
    place = int(asked)
    return place if 1 <= place <= len(held.candidate_ids) else None


def _first_open(held: Screening, decisions: list[Decision]) -> int:
    """Return the place of the first person nothing was decided of, else the last."""
    decided = {decision.candidate_id for decision in decisions}
    places = enumerate(held.candidate_ids, start=1)
    open_places = (place for place, one in places if one not in decided)
    return next(open_places, len(held.candidate_ids))


def _shown_context(
    held: Screening, decisions: list[Decision], place: int, viewer: User
) -> dict[str, Any]:
    candidate_id = held.candidate_ids[place - 1]
    job = Job.objects.with_requirements().get(pk=held.job_id)
    person = screened_person(job, candidate_id, viewer, today=timezone.localdate())
    reasons = DispositionReason.objects.offered().for_outcome(Outcome.REJECTED)
    verdicts = [decision.verdict for decision in decisions]
    decided = (one for one in decisions if one.candidate_id == candidate_id)
    count = len(held.candidate_ids)
    return {
        "job": job,
        "screening": held,
        "place": place,
        "count": count,
        "previous": place - 1 or None,
        "next": place + 1 if place < count else None,
        "candidate_id": person.candidate.pk if person else "",
        "person": person,
        "decision": next(decided, None),
        "last": decisions[-1] if decisions else None,
        "new_decision": uuid7(),
        "shortlisted": verdicts.count(Verdict.SHORTLISTED),
        "rejected": verdicts.count(Verdict.REJECTED),
        "reasons": list(reasons),
    }


@require_POST
@recruiting_only
def decide_person(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    held = _screening(request, code, screening_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _badly_sent(request, form)
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
    except Refused as refused:
        return _refused(request, held, refused, said["at"])
    return _done(request, held, made.get_verdict_display(), said["at"], step=1)


@require_POST
@recruiting_only
def undo_person(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    held = _screening(request, code, screening_id)
    form = UndoDecisionForm(request.POST)
    if not form.is_valid():
        return _badly_sent(request, form)
    said = form.cleaned_data
    try:
        undone = undo_decision(
            screening_id=held.pk,
            decision_id=said["decision"],
            actor=Actor.of(viewer_of(request)),
            undone_at=timezone.now(),
        )
    except Refused as refused:
        return _refused(request, held, refused, said["at"])
    place = 1 + held.candidate_ids.index(undone.candidate_id)
    return _done(request, held, _("Taken back"), place, step=0)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON


def _badly_sent(request: HttpRequest, form: BaseForm) -> HttpResponse:
    if not _is_script(request):
        return bad_form(request, form)
    told = next(iter(form.errors.values()))[0]
    return JsonResponse({"refused": str(told)}, status=400)


def _refused(
    request: HttpRequest, held: Screening, refused: Refused, at: int | None
) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"refused": str(refused)}, status=409)
    messages.error(request, str(refused))
    return redirect(_address(held, at or 1))


def _done(
    request: HttpRequest, held: Screening, sentence: str, at: int | None, *, step: int
) -> HttpResponse:
    """Say what was done, and lead to the next person."""
    if _is_script(request):
        return JsonResponse({"done": str(sentence)})
    messages.success(request, f"{at or ''}: {sentence}".removeprefix(": "))
    return redirect(_address(held, (at or 0) + step))


def _address(held: Screening, place: int) -> str:
    address = reverse("dashboard:screening", args=[held.job.requisition_code, held.pk])
    return f"{address}?at={min(max(place, 1), len(held.candidate_ids))}"
