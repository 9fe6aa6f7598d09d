"""The criteria of a job: previewed, saved, taken from suggestions, taken back.

They are edited in a panel of the job page; what is sent comes back there.
"""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.criteria.preview import preview_criteria
from matching.criteria.suggestions import suggested_criteria
from matching.matches import JobNotEmbedded
from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.criteria_panel import (
    CriteriaPanel,
    opened,
    state_of,
    stored_panel,
)
from recruit.dashboard.differences import row_differences
from recruit.dashboard.flash import CriteriaUndo, tell_moved
from recruit.dashboard.forms.criteria import (
    CRITERIA,
    RestoreForm,
    TakeForm,
)
from recruit.dashboard.forms.requirements import (
    requirement_inputs,
    requirement_values,
    typed_requirements,
    unsaved_requirements,
)
from recruit.dashboard.forms.rows import is_about_rows
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.dashboard.views.job_matches import ranked_page
from recruit.jobs import operations
from recruit.jobs.criteria import restore_criteria
from recruit.jobs.models import CriteriaVersion, Job
from recruit.jobs.operations import RequirementInput

LONGEST_NUMBER = 10


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def criteria(request: HttpRequest, code: str) -> HttpResponse:
    job = _job(request, code)
    if request.method != "POST":
        return _back(request, job)
    rows = CRITERIA.typed(request.POST)
    panel = CriteriaPanel(
        job, viewer_of(request), rows, _expected_version(request), state_of(request.GET)
    )
    if is_about_rows(request.POST, [CRITERIA]):
        return _shown(
            request, replace(panel, rows=CRITERIA.edited(request.POST) or rows)
        )
    if not rows.is_valid():
        return _shown(request, panel, status=422)
    if "preview" in request.POST:
        return _previewed(request, panel)
    return _saved(request, panel)


def _job(request: HttpRequest, code: str) -> Job:
    jobs = Job.objects.visible_to(viewer_of(request)).with_people().with_requirements()
    return get_object_or_404(jobs, requisition_code=code)


def _back(request: HttpRequest, job: Job) -> HttpResponse:
    """Lead to the list as it was, with the panel open beside it."""
    address = reverse("dashboard:job", args=[job.requisition_code])
    return redirect(f"{address}?{opened(state_of(request.GET))}")


def _shown(
    request: HttpRequest, panel: CriteriaPanel, *, status: int = 200
) -> HttpResponse:
    """Show the panel as it was sent; a script gets it without the list beside it."""
    if request.htmx:  # type: ignore[attr-defined]
        context = {"job": panel.job, "panel": panel}
        return render(request, "dashboard/partials/_criteria_panel.html", context)
    return ranked_page(request, panel.job, criteria=panel, status=status)


def _expected_version(request: HttpRequest) -> int:
    """Return the version that was edited; one that cannot be read is refused later."""
    said = request.POST.get("expected_version", "")
    return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else 0


def _previewed(request: HttpRequest, panel: CriteriaPanel) -> HttpResponse:
    try:
        preview = preview_criteria(
            job=panel.job,
            rows=unsaved_requirements(panel.job, panel.rows),
            viewer=panel.viewer,
            asked_at=timezone.now(),
            today=timezone.localdate(),
        )
    except JobNotEmbedded:
        told = _("The job itself is still being read; look again in some seconds.")
        return _shown(request, replace(panel, errors=(told,)))
    return _shown(request, replace(panel, preview=preview))


def _saved(request: HttpRequest, panel: CriteriaPanel) -> HttpResponse:
    """Save the rows, and with them the suggestion whose button was pressed."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    stated = requirement_inputs(panel.rows)
    told = _("The criteria are saved; the list is ranked anew.")
    if form.skill_id is not None:
        taken = _taken(panel, form)
        if taken is None:
            told = _("That is not proposed any more.")
            return _shown(request, replace(panel, errors=(told,)), status=422)
        stated.append(taken)
        told = _("%s counts from now on.") % taken.skill
    try:
        _write(request, panel, stated, told)
    except StaleVersion:
        return _shown(request, _stale(request, panel), status=409)
    except ValidationError as error:
        wrong = replace(panel, errors=tuple(error.messages))
        return _shown(request, wrong, status=422)
    return _back(request, panel.job)


def _taken(panel: CriteriaPanel, form: TakeForm) -> RequirementInput | None:
    offered = suggested_criteria(panel.job, panel.viewer)
    chosen = next((one for one in offered if one.skill.pk == form.skill_id), None)
    if chosen is None:
        return None
    return RequirementInput(skill=chosen.skill.name, importance=form.importance)


def _write(
    request: HttpRequest,
    panel: CriteriaPanel,
    stated: list[RequirementInput],
    told: str,
) -> None:
    before = _latest_number(panel.job)
    changed = operations.update_job(
        job_id=panel.job.pk,
        fields={},
        requirements=stated,
        actor=Actor.of(panel.viewer),
        changed_at=timezone.now(),
        expected_version=panel.version,
    )
    number = _latest_number(panel.job)
    if number == before:
        messages.info(request, _("Nothing was changed: these criteria count already."))
    else:
        _tell_saved(request, changed, told, number)


def _latest_number(job: Job) -> int:
    latest = job.criteria_versions.order_by("-number").first()
    return latest.number if latest else 0


def _tell_saved(request: HttpRequest, job: Job, told: str, number: int) -> None:
    """Say what was saved, and offer the version before, where there is one."""
    if number > 1:
        undo = CriteriaUndo(job.requisition_code, number - 1, job.version)
        tell_moved(request, told, undo)
    else:
        messages.success(request, told)


def _stale(request: HttpRequest, panel: CriteriaPanel) -> CriteriaPanel:
    """Return the panel over what somebody else saved meanwhile."""
    fresh = _job(request, panel.job.requisition_code)
    held = [requirement_values(one) for one in fresh.requirements.all()]
    typed = typed_requirements(panel.rows)
    stale = tuple(row_differences(_("Requirements"), typed, held))
    return replace(panel, job=fresh, version=fresh.version, stale=stale)


@require_POST
@recruiting_only
def take_criteria(request: HttpRequest, code: str) -> HttpResponse:
    """Require again what a version required."""
    job = _job(request, code)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    number = form.cleaned_data["restore"]
    panel = stored_panel(request, job, viewer_of(request))
    try:
        changed = restore_criteria(
            job_id=job.pk,
            number=number,
            actor=Actor.of(panel.viewer),
            changed_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except CriteriaVersion.DoesNotExist as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = _("Version %d counts again.") % number
        _tell_saved(request, changed, told, _latest_number(job))
    return _back(request, job)
