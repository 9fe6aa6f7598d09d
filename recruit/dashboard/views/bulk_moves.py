"""Moves made on the board: of one card, of all that are marked, and back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recruit.accounts.actors import Actor
from recruit.applications import bulk, operations
from recruit.applications.bulk import Batch, MovedMeanwhile
from recruit.applications.models import Application
from recruit.applications.queries import last_moves
from recruit.applications.stages import stages_of
from recruit.applications.templates import choose_template
from recruit.applications.veil import veil_of
from recruit.common.refusals import Refused
from recruit.dashboard.flash import BatchUndo, Undo, tell_moved
from recruit.dashboard.forms.bulk import (
    CardHireForm,
    CardMoveForm,
    MoveMarkedForm,
    RejectMarkedForm,
    TemplateForm,
    UndoBatchForm,
)
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form, bad_request
from recruit.jobs.models import Job


@require_POST
@recruiting_only
def move_people(request: HttpRequest, code: str) -> HttpResponse:
    """Move the card whose button was pressed, else all that are marked."""
    job = _job(request, code)
    if "move" in request.POST:
        return _move_card(request, job)
    if "hire" in request.POST:
        return _hire_card(request, job)
    action = request.POST.get("do", "")
    if action == "reject":
        return _reject_marked(request, job)
    if action == "move":
        return _move_marked(request, job)
    if action:
        return bad_request(request, _("“do” must be one of move, reject."))
    return _back(request, job)


@require_POST
@recruiting_only
def undo_batch(request: HttpRequest, code: str) -> HttpResponse:
    """Take back what was done with many at once."""
    job = _job(request, code)
    form = UndoBatchForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    batch_id = form.cleaned_data["batch"]
    left_out = form.cleaned_data["leave_out"]
    try:
        undone = bulk.undo_batch(
            job_id=job.pk,
            batch_id=batch_id,
            leaving_out=list(left_out),
            actor=Actor.of(viewer_of(request)),
            moved_at=timezone.now(),
        )
    except MovedMeanwhile as refused:
        again = {"batch": batch_id, "left_out": left_out}
        return _conflict(request, job, refused, again)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        number = len(undone.application_ids)
        sentence = ngettext(
            "%d person is back where they were.",
            "%d people are back where they were.",
            number,
        )
        messages.success(request, sentence % number)
    return _back(request, job)


@require_POST
@recruiting_only
def set_stages(request: HttpRequest, code: str) -> HttpResponse:
    """Give the job the stages of another template."""
    job = _job(request, code)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    template = form.cleaned_data["template"]
    try:
        choose_template(
            job_id=job.pk,
            template_id=template.pk,
            actor=Actor.of(viewer_of(request)),
            chosen_at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = {"name": template.name}
        messages.success(request, _("The stages are those of “%(name)s” now.") % told)
    return _back(request, job)


def _job(request: HttpRequest, code: str) -> Job:
    jobs = Job.objects.visible_to(viewer_of(request)).with_people()
    return get_object_or_404(jobs, requisition_code=code)


def _back(request: HttpRequest, job: Job, shown: UUID | None = None) -> HttpResponse:
    """Return to the board or the list as it was, with one person pointed at."""
    stages = {stage.code for stage in stages_of(job)}
    stage, view = request.POST.get("stage", ""), request.POST.get("view", "")
    kept = {
        "stage": stage if stage in stages else "",
        "view": view if view == "list" else "",
        "shown": str(shown or ""),
    }
    query = urlencode({name: value for name, value in kept.items() if value})
    address = reverse("dashboard:pipeline", args=[job.requisition_code])
    return redirect(f"{address}?{query}" if query else address)


def _move_card(request: HttpRequest, job: Job) -> HttpResponse:
    form = CardMoveForm(request.POST, stages=stages_of(job))
    if not form.is_valid():
        return bad_form(request, form)
    pk, version, stage = form.cleaned_data["move"]
    move = partial(operations.advance, to_stage=stage.code)
    sentence = _("%(name)s moved to “%(stage)s”.")
    sentence = sentence.replace("%(stage)s", stage.label.replace("%", "%%"))
    return _moved_card(request, job, (pk, version), move=move, sentence=sentence)


def _hire_card(request: HttpRequest, job: Job) -> HttpResponse:
    form = CardHireForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    seen = form.cleaned_data["hire"]
    sentence = _("%(name)s is hired.")
    return _moved_card(request, job, seen, move=operations.hire, sentence=sentence)


def _moved_card(
    request: HttpRequest,
    job: Job,
    seen: tuple[UUID, int],
    *,
    move: Callable[..., Application],
    sentence: str,
) -> HttpResponse:
    pk, version = seen
    applications = Application.objects.filter(job=job).with_candidate()
    found = get_object_or_404(applications, pk=pk)
    name = veil_of(job).application(found).candidate.name
    try:
        moved = move(
            application_id=pk,
            actor=Actor.of(viewer_of(request)),
            moved_at=timezone.now(),
            expected_version=version,
        )
    except Refused as refused:
        last = last_moves([pk]).get(pk)
        by = f" ({last.actor_name})" if last else ""
        messages.error(request, f"{name}: {refused}{by}")
        return _back(request, job, shown=pk)
    if moved.version != version:
        undo = Undo(application_id=pk, version=moved.version)
        tell_moved(request, sentence % {"name": name}, undo)
    return _back(request, job)


def _move_marked(request: HttpRequest, job: Job) -> HttpResponse:
    stages = stages_of(job)
    form = MoveMarkedForm(request.POST, stages=stages)
    if not form.is_valid():
        return bad_form(request, form)
    to_stage = form.cleaned_data["to_stage"]
    label = next(stage.label for stage in stages if stage.code == to_stage)
    return _moved(
        request,
        job,
        form.cleaned_data["people"],
        move=partial(bulk.advance_all, to_stage=to_stage),
        told=partial(_told_moved, label),
        again={"do": "move", "to_stage": to_stage},
    )


def _reject_marked(request: HttpRequest, job: Job) -> HttpResponse:
    form = RejectMarkedForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    reason = form.cleaned_data["reason"]
    return _moved(
        request,
        job,
        form.cleaned_data["people"],
        move=partial(bulk.reject_all, reason=reason),
        told=partial(_told_rejected, reason.label),
        again={"do": "reject", "reason": reason.pk},
    )


def _moved(
    request: HttpRequest,
    job: Job,
    seen: dict[UUID, int],
    *,
    move: Callable[..., Batch],
    told: Callable[[int], str],
    again: dict[str, Any],
) -> HttpResponse:
    if not seen:
        messages.info(request, _("Nobody was marked, so nobody was moved."))
        return _back(request, job)
    try:
        batch = move(
            job_id=job.pk,
            seen=seen,
            actor=Actor.of(viewer_of(request)),
            moved_at=timezone.now(),
        )
    except MovedMeanwhile as refused:
        others = {pk: seen[pk] for pk in refused.others}
        return _conflict(request, job, refused, {**again, "others": others})
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(request, job)
    _tell(request, job, batch, told)
    return _back(request, job)


def _told_moved(label: str, number: int) -> str:
    return ngettext(
        "%(number)d person moved to “%(stage)s”.",
        "%(number)d people moved to “%(stage)s”.",
        number,
    ) % {"number": number, "stage": label}


def _told_rejected(reason: str, number: int) -> str:
    return ngettext(
        "%(number)d person rejected (%(reason)s).",
        "%(number)d people rejected (%(reason)s).",
        number,
    ) % {"number": number, "reason": reason}


def _tell(
    request: HttpRequest, job: Job, batch: Batch, told: Callable[[int], str]
) -> None:
    number = len(batch.application_ids)
    if not number:
        messages.info(request, _("All of them stand at that stage already."))
        return
    undo = BatchUndo(code=job.requisition_code, batch_id=batch.batch_id)
    tell_moved(request, told(number), undo)


def _conflict(
    request: HttpRequest, job: Job, refused: MovedMeanwhile, again: dict[str, Any]
) -> HttpResponse:
    """Show who was moved meanwhile, and offer to go on with the others."""
    ids = [one.pk for one in refused.conflicts]
    moves = last_moves(ids)
    people = Application.objects.filter(pk__in=ids).with_candidate()
    veil = veil_of(job)
    conflicts = [
        (veil.application(one), moves.get(one.pk)) for one in people.order_by("pk")
    ]
    context = {
        **job_context(job, viewer_of(request)),
        "refused": refused,
        "conflicts": conflicts,
        "again": again,
        "view": request.POST.get("view", ""),
        "stage": request.POST.get("stage", ""),
    }
    return render(request, "dashboard/pipeline_conflict.html", context, status=409)
