"""The criteria of a job: edited, previewed, taken from suggestions, taken back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.criteria.preview import Preview, preview_criteria
from matching.criteria.suggestions import suggested_criteria
from matching.matches import JobNotEmbedded
from recruit.accounts.actors import Actor
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.differences import Difference, row_differences
from recruit.dashboard.forms.criteria import CRITERIA, TakeForm, unsaved_rows
from recruit.dashboard.forms.jobs import requirement_inputs, requirement_values
from recruit.dashboard.forms.rows import Rows, is_about_rows
from recruit.dashboard.job_context import job_context
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.jobs import operations
from recruit.jobs.models import CriteriaVersion, Job
from recruit.jobs.operations import RequirementInput

VERSIONS_SHOWN = 20
LONGEST_NUMBER = 10
ROW = ("skill", "importance", "minimum_proficiency", "minimum_years")


@dataclass(frozen=True, slots=True)
class CriteriaPage:
    """The criteria as they were typed, or are to be."""

    job: Job
    rows: Rows
    version: int
    preview: Preview | None = None
    errors: tuple[str, ...] = ()
    stale: tuple[Difference, ...] = ()

    def shown(self, request: HttpRequest, *, status: int = 200) -> HttpResponse:
        viewer = viewer_of(request)
        versions = self.job.criteria_versions.order_by("-number")[:VERSIONS_SHOWN]
        context: dict[str, Any] = {
            **job_context(self.job, viewer),
            "rows": self.rows,
            "expected_version": self.version,
            "preview": self.preview,
            "errors": self.errors,
            "stale": self.stale,
            "suggestions": suggested_criteria(self.job, viewer),
            "versions": list(versions),
        }
        return render(request, "dashboard/criteria.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def criteria(request: HttpRequest, code: str) -> HttpResponse:
    job = _job(request, code)
    if request.method != "POST":
        rows = CRITERIA.first_shown([requirement_values(x) for x in _stored(job)])
        return CriteriaPage(job, rows, job.version).shown(request)
    version = _expected_version(request)
    if is_about_rows(request.POST, [CRITERIA]):
        edited = CRITERIA.edited(request.POST) or CRITERIA.typed(request.POST)
        return CriteriaPage(job, edited, version).shown(request)
    rows = CRITERIA.typed(request.POST)
    if not rows.is_valid():
        return CriteriaPage(job, rows, version).shown(request, status=422)
    if "preview" in request.POST:
        return _previewed(request, job, rows, version)
    return _saved(request, job, rows, version)


def _job(request: HttpRequest, code: str) -> Job:
    jobs = Job.objects.visible_to(viewer_of(request)).with_people().with_requirements()
    return get_object_or_404(jobs, requisition_code=code)


def _stored(job: Job) -> list[Any]:
    return list(job.requirements.all())


def _expected_version(request: HttpRequest) -> int:
    """Return the version that was edited; one that cannot be read is refused later."""
    said = request.POST.get("expected_version", "")
    return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else 0


def _previewed(
    request: HttpRequest, job: Job, rows: Rows, version: int
) -> HttpResponse:
    try:
        preview = preview_criteria(
            job=job,
            rows=unsaved_rows(job, rows),
            viewer=viewer_of(request),
            asked_at=timezone.now(),
            today=timezone.localdate(),
        )
    except JobNotEmbedded:
        told = _("The job itself is still being read; look again in some seconds.")
        return CriteriaPage(job, rows, version, errors=(told,)).shown(request)
    return CriteriaPage(job, rows, version, preview).shown(request)


def _saved(request: HttpRequest, job: Job, rows: Rows, version: int) -> HttpResponse:
    try:
        _write(request, job, requirement_inputs(rows), version)
    except StaleVersion:
        fresh = _job(request, job.requisition_code)
        held = [requirement_values(one) for one in _stored(fresh)]
        typed = [{name: said[name] for name in ROW} for said in rows.said()]
        stale = row_differences(_("Requirements"), typed, held)
        page = CriteriaPage(fresh, rows, fresh.version, stale=tuple(stale))
        return page.shown(request, status=409)
    except ValidationError as error:
        page = CriteriaPage(job, rows, version, errors=tuple(error.messages))
        return page.shown(request, status=422)
    messages.success(request, _("The criteria are saved; the list is ranked anew."))
    return redirect("dashboard:job", job.requisition_code)


def _write(
    request: HttpRequest, job: Job, stated: list[RequirementInput], version: int
) -> None:
    operations.update_job(
        job_id=job.pk,
        fields={},
        requirements=stated,
        actor=Actor.of(viewer_of(request)),
        changed_at=timezone.now(),
        expected_version=version,
    )


@require_POST
@recruiting_only
def take_criteria(request: HttpRequest, code: str) -> HttpResponse:
    """Take one suggestion, or require again what a version required."""
    job = _job(request, code)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    said = form.cleaned_data
    try:
        if said["restore"]:
            _restore(request, job, said["restore"], said["expected_version"])
            told = _("Version %d counts again.") % said["restore"]
        else:
            told = _take(request, job, said)
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("dashboard:criteria", job.requisition_code)


def _take(request: HttpRequest, job: Job, said: dict[str, Any]) -> str:
    offered = {one.skill.pk: one for one in suggested_criteria(job, viewer_of(request))}
    chosen = offered.get(said["take"])
    if chosen is None:
        return _("That is not proposed any more.")
    stated = [
        RequirementInput(
            skill=row.skill.name,
            importance=row.importance,
            minimum_proficiency=row.minimum_proficiency,
            minimum_years=row.minimum_years,
        )
        for row in job.requirements.all()
    ]
    importance = said["importance"] or "preferred"
    added = RequirementInput(skill=chosen.skill.name, importance=importance)
    _write(request, job, [*stated, added], said["expected_version"])
    return _("%s counts from now on.") % chosen.skill.name


def _restore(request: HttpRequest, job: Job, number: int, version: int) -> None:
    try:
        operations.restore_criteria(
            job_id=job.pk,
            number=number,
            actor=Actor.of(viewer_of(request)),
            changed_at=timezone.now(),
            expected_version=version,
        )
    except CriteriaVersion.DoesNotExist as error:
        raise Http404 from error
