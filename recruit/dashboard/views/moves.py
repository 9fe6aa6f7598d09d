"""Everything that moves a person through the pipeline of a job."""

from collections.abc import Callable, Mapping, Set
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from recruit.accounts.actors import Actor
from recruit.applications import operations
from recruit.applications.applying import Applied, apply_all
from recruit.applications.choices import Outcome
from recruit.applications.models import Application, DispositionReason
from recruit.applications.queries import candidates_visible_to
from recruit.applications.stages import stages_of
from recruit.applications.veil import Veil, veil_of
from recruit.candidates.models import Candidate
from recruit.common.refusals import Refused
from recruit.dashboard.flash import Undo, tell_moved
from recruit.dashboard.forms.moves import AdvanceForm, ApplyForm, EndForm, MoveForm
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.jobs.models import Job

# Of the address of a list, so much is kept.
LONGEST_QUERY = 8000

Move = Callable[[], Application]


@require_POST
@recruiting_only
def apply_candidates(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    job = get_object_or_404(Job.objects.visible_to(viewer), requisition_code=code)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    veil, chosen = veil_of(job), form.chosen()
    # From a person's own page somebody is added by their own id.
    behind = veil.behind(chosen)
    meant = {one: one for one in chosen} | behind
    asked = list(dict.fromkeys(meant[one] for one in chosen))
    people = candidates_visible_to(viewer).in_bulk(asked)
    try:
        applied = apply_all(
            job_id=job.pk,
            candidate_ids=[one for one in asked if one in people],
            actor=Actor.of(viewer),
            applied_at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(_ranked_page(job, request.POST))
    by_handle = set(behind.values())
    names = _names(people, veil, by_handle=by_handle)
    _tell_added(request, [names[one] for one in applied.added])
    told = _told_without_names(applied.refused, veil, by_handle=by_handle)
    _tell_refused(request, applied, told, names, gone=len(asked) - len(people))
    return redirect(_ranked_page(job, request.POST))


def _names(
    people: Mapping[UUID, Candidate], veil: Veil, *, by_handle: Set[UUID]
) -> dict[UUID, str]:
    """Return the names by which people were asked for.

    A name and the code name are never told of the same person in one answer.
    """
    shown = veil.people([one for pk, one in people.items() if pk in by_handle])
    return {pk: shown.get(pk, person).name for pk, person in people.items()}


def _told_without_names(
    refused: Mapping[UUID, str], veil: Veil, *, by_handle: Set[UUID]
) -> dict[UUID, str]:
    """Return why people were refused; beside a name nothing that the job hides."""
    named = [pk for pk in refused if pk not in by_handle]
    hidden = set(named) - set(veil.known(named))
    return {
        pk: _("this job hides names and tells no reason") if pk in hidden else why
        for pk, why in refused.items()
    }


def _tell_added(request: HttpRequest, names: list[str]) -> None:
    if len(names) == 1:
        messages.success(request, _("%s is in the pipeline now.") % names[0])
    elif names:
        people = ngettext("%d person", "%d people", len(names)) % len(names)
        messages.success(request, _("Added to the pipeline: %s.") % people)


def _tell_refused(
    request: HttpRequest,
    applied: Applied,
    told: Mapping[UUID, str],
    names: Mapping[UUID, str],
    *,
    gone: int,
) -> None:
    """Say of each person who was not added why; of those who are gone, how many."""
    if not (applied.added or applied.refused or gone):
        messages.info(request, _("Nobody was marked, so nobody was added."))
    reasons = [f"{names[pk]} ({why})" for pk, why in told.items()]
    if reasons:
        messages.warning(request, _("Not added: %s.") % ", ".join(reasons))
    if gone:
        sentence = ngettext(
            "Not added: %d person who is no longer here.",
            "Not added: %d people who are no longer here.",
            gone,
        )
        messages.warning(request, sentence % gone)


def _ranked_page(job: Job, shown: QueryDict) -> str:
    """Return the address of the list as it was shown."""
    address = reverse("dashboard:job", args=[job.requisition_code])
    # Read and written anew, so that it is nothing but a query.
    query = QueryDict(shown.get("shown", "")[:LONGEST_QUERY]).urlencode()
    return f"{address}?{query}" if query else address


def _application(request: HttpRequest, application_id: UUID) -> Application:
    applications = Application.objects.visible_to(viewer_of(request))
    found = get_object_or_404(
        applications.with_candidate().select_related("job"), pk=application_id
    )
    return veil_of(found.job).application(found)


@require_safe
@recruiting_only
def moves(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show every move that can be made with one person."""
    application = _application(request, application_id)
    reasons = DispositionReason.objects.offered()
    context = {
        **job_context(application.job, viewer_of(request)),
        "application": application,
        "stages": stages_of(application.job),
        "reject_reasons": list(reasons.for_outcome(Outcome.REJECTED)),
        "withdraw_reasons": list(reasons.for_outcome(Outcome.WITHDRAWN)),
    }
    return render(request, "dashboard/application_moves.html", context)


def _moved(
    request: HttpRequest, application: Application, move: Move, sentence: str
) -> HttpResponse:
    """Make the move, say what came of it and go back to the pipeline."""
    try:
        moved = move()
    except Refused as refused:
        messages.error(request, f"{application.candidate.name}: {refused}")
    else:
        undo = Undo(application_id=moved.pk, version=moved.version)
        if moved.version == application.version:
            messages.info(request, sentence)
        else:
            tell_moved(request, sentence, undo)
    return redirect("dashboard:pipeline", application.job.requisition_code)


@require_POST
@recruiting_only
def advance(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = _application(request, application_id)
    stages = {stage.code: stage for stage in stages_of(application.job)}
    form = AdvanceForm(request.POST, stages=stages.values())
    if not form.is_valid():
        return bad_form(request, form)
    stage = stages[form.cleaned_data["to_stage"]]
    move = partial(
        operations.advance,
        application_id=application.pk,
        to_stage=stage.code,
        actor=Actor.of(viewer_of(request)),
        moved_at=timezone.now(),
        expected_version=form.cleaned_data["expected_version"],
    )
    sentence = _("%(name)s moved to “%(stage)s”.") % {
        "name": application.candidate.name,
        "stage": stage.label,
    }
    return _moved(request, application, move, sentence)


def _end(
    request: HttpRequest,
    application_id: UUID,
    *,
    outcome: Outcome,
    operation: Callable[..., Application],
    sentence: str,
) -> HttpResponse:
    application = _application(request, application_id)
    form = EndForm(request.POST, outcome=outcome)
    if not form.is_valid():
        return bad_form(request, form)
    reason = form.cleaned_data["reason"]
    move = partial(
        operation,
        application_id=application.pk,
        reason=reason,
        actor=Actor.of(viewer_of(request)),
        moved_at=timezone.now(),
        expected_version=form.cleaned_data["expected_version"],
    )
    worded = sentence % {"name": application.candidate.name, "reason": reason.label}
    return _moved(request, application, move, worded)


@require_POST
@recruiting_only
def reject(request: HttpRequest, application_id: UUID) -> HttpResponse:
    return _end(
        request,
        application_id,
        outcome=Outcome.REJECTED,
        operation=operations.reject,
        sentence=_("%(name)s rejected: %(reason)s."),
    )


@require_POST
@recruiting_only
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    return _end(
        request,
        application_id,
        outcome=Outcome.WITHDRAWN,
        operation=operations.withdraw,
        sentence=_("%(name)s withdrew: %(reason)s."),
    )


@require_POST
@recruiting_only
def hire(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = _application(request, application_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    move = partial(
        operations.hire,
        application_id=application.pk,
        actor=Actor.of(viewer_of(request)),
        moved_at=timezone.now(),
        expected_version=form.cleaned_data["expected_version"],
    )
    sentence = _("%s is hired.") % application.candidate.name
    return _moved(request, application, move, sentence)


@require_POST
@recruiting_only
def undo(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = _application(request, application_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        restored = operations.undo_last_transition(
            application_id=application.pk,
            actor=Actor.of(viewer_of(request)),
            moved_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except Refused as refused:
        messages.error(request, f"{application.candidate.name}: {refused}")
    else:
        told = {"name": application.candidate.name, "stage": restored.standing}
        messages.success(request, _("%(name)s is back in “%(stage)s”.") % told)
    return redirect("dashboard:pipeline", application.job.requisition_code)
