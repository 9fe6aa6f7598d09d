"""Jobs: the list, and making and changing one."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.queries import stage_counts
from recruit.applications.templates import choose_template
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.differences import Difference, differences, row_differences
from recruit.dashboard.family_help import (
    NO_HELP,
    PROPOSE,
    FamilyHelp,
    help_for_stored,
    help_for_typed,
    is_about_family,
    taken_family,
)
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.jobs import (
    NO_FAMILY,
    JobFilter,
    JobForm,
    StatusForm,
)
from recruit.dashboard.forms.requirements import (
    REQUIREMENTS,
    requirement_inputs,
    requirement_values,
    typed_requirements,
)
from recruit.dashboard.forms.rows import Rows, is_about_rows, typed_values
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.dashboard.text_help import (
    NO_TEXT,
    READ,
    TAKE,
    TextHelp,
    filled_in,
    help_for_text,
    is_about_text,
    more_rows,
    taken_row,
    was_read,
)
from recruit.jobs import operations
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet


@require_safe
@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    visible = Job.objects.visible_to(viewer)
    kinds = set(visible.order_by().values_list("department", "family").distinct())
    form = JobFilter(
        request.GET,
        departments=sorted({department for department, _family in kinds} - {""}),
        families={family for _department, family in kinds},
    )
    if not form.is_valid():
        context = {"form": form, "page": page_of(visible.none(), request)}
        return render(request, "dashboard/jobs.html", context, status=400)
    found = _narrowed(visible, form.cleaned_data, viewer).with_people().newest_first()
    page = page_of(found, request)
    counts = stage_counts([job.pk for job in page])
    context = {
        "form": form,
        "page": page,
        "in_pipeline": {pk: sum(stages.values()) for pk, stages in counts.items()},
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "dashboard/jobs.html", context)


def _narrowed(
    found: JobQuerySet, asked: Mapping[str, Any], viewer: User
) -> JobQuerySet:
    found = found.mentioning(asked["q"])
    if asked["status"]:
        found = found.filter(status=asked["status"])
    if asked["department"]:
        found = found.filter(department=asked["department"])
    if asked["family"]:
        family = "" if asked["family"] == NO_FAMILY else asked["family"]
        found = found.filter(family=family)
    return found.named_on(viewer) if asked["mine"] else found


@dataclass(frozen=True, slots=True)
class JobPage:
    """The form of a job as it was filled in, or is to be."""

    form: JobForm
    rows: Rows
    job: Job | None = None
    stale: tuple[Difference, ...] = ()
    family_help: FamilyHelp = NO_HELP
    text_help: TextHelp = NO_TEXT

    def shown(self, request: HttpRequest, *, status: int = 200) -> HttpResponse:
        proposed = self.text_help.requirement_of
        context = {
            "form": self.form,
            "rows": self.rows,
            "shown_rows": [(row, proposed(row["skill"].value())) for row in self.rows],
            "text_help": self.text_help,
            "is_guided": is_guided(request),
            "action": self._action(request),
            "job": self.job,
            "stale": self.stale,
            "family_help": self.family_help,
        }
        return render(request, "dashboard/job_form.html", context, status=status)

    def _action(self, request: HttpRequest) -> str:
        """Return where the form is sent; a new one may be shown elsewhere."""
        if self.job is not None:
            return reverse("dashboard:job_edit", args=[self.job.requisition_code])
        guide = "?guide=1" if is_guided(request) else ""
        return reverse("dashboard:job_new") + guide

    def is_valid(self) -> bool:
        # Both, so that the page shows the mistakes of both.
        return all([self.form.is_valid(), self.rows.is_valid()])


def is_guided(request: HttpRequest) -> bool:
    """Say whether the first steps lead here, and are to be gone on with."""
    return "guide" in request.GET


def blank_page(viewer: User, text_help: TextHelp = NO_TEXT) -> JobPage:
    """Return the form of a new job, with what its text proposes."""
    initial = {"recruiters": [viewer], "openings": 1}
    if text_help.is_read:
        initial |= {**text_help.values, "description": text_help.text}
    rows = [one.values() for one in text_help.requirements]
    form = JobForm(viewer=viewer, initial=initial)
    return JobPage(form, REQUIREMENTS.first_shown(rows), text_help=text_help)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def new_job(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if request.method != "POST":
        return blank_page(viewer).shown(request)
    page = _sent_page(request)
    if page is None:
        return _not_yet_saved(request)
    if not page.is_valid():
        return page.shown(request, status=422)
    status = JobStatus.DRAFT if "draft" in request.POST else JobStatus.OPEN
    try:
        job = _created(page, status, Actor.of(viewer))
    except (ValidationError, Refused) as error:
        add_errors(page.form, error)
        return page.shown(request, status=422)
    messages.success(request, _("“%s” is created.") % job.title)
    if is_guided(request):
        return redirect("dashboard:start")
    return redirect("dashboard:job", job.requisition_code)


@transaction.atomic
def _created(page: JobPage, status: JobStatus, actor: Actor) -> Job:
    now = timezone.now()
    job = operations.create_job(
        fields={**page.form.job_fields(), "status": status},
        requirements=requirement_inputs(page.rows),
        actor=actor,
        created_at=now,
    )
    stages = page.form.chosen_stages()
    if stages is not None:
        choose_template(
            job_id=job.pk, template_id=stages.pk, actor=actor, chosen_at=now
        )
    return job


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def edit_job(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    visible = Job.objects.visible_to(viewer).with_requirements()
    job = get_object_or_404(visible, requisition_code=code)
    if request.method != "POST":
        form = _form_of(job, viewer)
        held = [requirement_values(row) for row in job.requirements.all()]
        rows = REQUIREMENTS.first_shown(held)
        stored = JobPage(form, rows, job, family_help=help_for_stored(job))
        return stored.shown(request)
    page = _sent_page(request, job)
    if page is None:
        return _not_yet_saved(request, job)
    if not page.is_valid():
        return page.shown(request, status=422)
    try:
        changed = operations.update_job(
            job_id=job.pk,
            fields=page.form.job_fields(),
            requirements=requirement_inputs(page.rows),
            actor=Actor.of(viewer),
            changed_at=timezone.now(),
            expected_version=page.form.cleaned_data["expected_version"],
        )
    except StaleVersion:
        stale = _stale_page(request, page, visible.get(pk=job.pk))
        return stale.shown(request, status=409)
    except (ValidationError, Refused) as error:
        add_errors(page.form, error)
        return page.shown(request, status=422)
    messages.success(request, _("“%s” is saved.") % changed.title)
    return redirect("dashboard:job", changed.requisition_code)


@require_POST
@recruiting_only
def set_status(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    job = get_object_or_404(Job.objects.visible_to(viewer), requisition_code=code)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        changed = operations.change_status(
            job_id=job.pk,
            to_status=JobStatus(form.cleaned_data["status"]),
            actor=Actor.of(viewer),
            changed_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = {"title": changed.title, "status": changed.get_status_display()}
        messages.success(request, _("“%(title)s” is now: %(status)s.") % told)
    return redirect("dashboard:job", job.requisition_code)


def _form_of(job: Job, viewer: User) -> JobForm:
    return JobForm(viewer=viewer, instance=job, initial=_version_of(job))


def _version_of(job: Job) -> dict[str, int]:
    return {"expected_version": job.version}


def _sent_page(request: HttpRequest, job: Job | None = None) -> JobPage | None:
    """Return the page as sent, None where it is not to be saved yet."""
    posted = request.POST
    is_about_more = is_about_family(posted) or is_about_text(posted)
    if is_about_rows(posted, [REQUIREMENTS]) or is_about_more:
        return None
    # A copy, since a form writes what is typed into its instance.
    instance = copy(job) if job else None
    form = JobForm(posted, viewer=viewer_of(request), instance=instance)
    rows = REQUIREMENTS.typed(posted)
    return JobPage(form, rows, job, text_help=_text_help(posted, job))


def _text_help(posted: QueryDict, job: Job | None) -> TextHelp:
    """Read the description once more, where the page shows what was read of it."""
    is_shown = job is None and was_read(posted)
    return help_for_text(posted.get("description", "")) if is_shown else NO_TEXT


def _not_yet_saved(request: HttpRequest, job: Job | None = None) -> HttpResponse:
    """Show what was typed, with a row more or less or what was proposed."""
    rows = REQUIREMENTS.edited(request.POST) or REQUIREMENTS.typed(request.POST)
    viewer = viewer_of(request)
    typed = typed_values(JobForm(viewer=viewer), request.POST)
    text_help = _text_help(request.POST, job)
    if READ in request.POST and text_help.text:
        typed = filled_in(typed, text_help.values) | {"description": text_help.text}
        held = REQUIREMENTS.filled(request.POST)
        rows = REQUIREMENTS.first_shown(more_rows(held, text_help.requirements))
    elif TAKE in request.POST:
        taken = [*REQUIREMENTS.filled(request.POST), taken_row(request.POST)]
        rows = REQUIREMENTS.first_shown(taken)
    typed["family"] = taken_family(request.POST) or typed["family"]
    family_help = NO_HELP
    if PROPOSE in request.POST:
        skills = [form["skill"].value() for form in rows]
        family_help = help_for_typed(
            typed, [name for name in skills if name], asked_at=timezone.now()
        )
    form = JobForm(viewer=viewer, initial=typed, instance=copy(job))
    page = JobPage(form, rows, job, family_help=family_help, text_help=text_help)
    return page.shown(request)


def _stale_page(request: HttpRequest, page: JobPage, stored: Job) -> JobPage:
    """Return the page with what is typed, and beside it what is stored by now."""
    typed = page.form.job_fields()
    held = {name: getattr(stored, name) for name in typed}
    held["recruiters"] = list(stored.recruiters.all())
    rows = [requirement_values(row) for row in stored.requirements.all()]
    stale = (
        *differences(page.form, typed, held),
        *row_differences(_("Requirements"), typed_requirements(page.rows), rows),
    )
    posted = request.POST.copy()
    posted["expected_version"] = str(stored.version)
    form = JobForm(posted, viewer=viewer_of(request), instance=copy(stored))
    return JobPage(form, page.rows, stored, stale)
