"""Candidates: the list, one person's profile, and making and changing one."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recruit.accounts.actors import Actor
from recruit.applications.queries import candidates_visible_to
from recruit.candidates import operations
from recruit.candidates.models import Candidate
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.differences import Difference, differences, row_differences
from recruit.dashboard.forms.candidates import (
    KINDS,
    CandidateForm,
    profile_input,
    stored_rows,
)
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.rows import Rows, is_about_rows, typed_values
from recruit.dashboard.permissions import recruiting_only, viewer_of


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """The form of a person as it was filled in, or is to be."""

    form: CandidateForm
    rows: Mapping[str, Rows]
    candidate: Candidate | None = None
    stale: tuple[Difference, ...] = field(default=())

    def shown(self, request: HttpRequest, *, status: int = 200) -> HttpResponse:
        context = {
            "form": self.form,
            "rows": self.rows,
            "candidate": self.candidate,
            "stale": self.stale,
        }
        page = "dashboard/candidate_form.html"
        return render(request, page, context, status=status)

    def is_valid(self) -> bool:
        # All of them, so that the page shows every mistake at once.
        return all([self.form.is_valid(), *(r.is_valid() for r in self.rows.values())])


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def new_candidate(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        rows = {kind.name: kind.first_shown([]) for kind in KINDS}
        form = CandidateForm(initial={"new_id": uuid7()})
        return CandidatePage(form, rows).shown(request)
    if is_about_rows(request.POST, KINDS):
        return _with_changed_rows(request)
    page = _sent_page(request.POST)
    if not page.is_valid():
        return page.shown(request, status=422)
    try:
        created = operations.create_candidate(
            profile=profile_input(page.form, page.rows),
            actor=Actor.of(viewer_of(request)),
            created_at=timezone.now(),
            candidate_id=page.form.cleaned_data["new_id"],
        )
    except operations.CandidateExists as refused:
        return _sent_before(request, page, refused)
    except (ValidationError, Refused) as error:
        add_errors(page.form, error)
        return page.shown(request, status=422)
    messages.success(request, _("%s is added.") % created.name)
    return _after_adding(request, created)


def _after_adding(request: HttpRequest, created: Candidate) -> HttpResponse:
    """Lead to the person, or back to the first steps where those led here."""
    if "guide" in request.GET:
        return redirect("dashboard:start")
    return redirect("dashboard:candidate", created.pk)


def _sent_before(
    request: HttpRequest, page: CandidatePage, refused: Refused
) -> HttpResponse:
    """Lead to the person whom this form has added, as a double click does."""
    visible = candidates_visible_to(viewer_of(request))
    added = visible.filter(pk=page.form.cleaned_data["new_id"]).first()
    if added is None:
        add_errors(page.form, refused)
        return page.shown(request, status=422)
    messages.info(request, _("This form was sent before; %s was added then.") % added)
    return redirect("dashboard:candidate", added.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiting_only
def edit_candidate(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    visible = candidates_visible_to(viewer_of(request)).with_profile()
    candidate = get_object_or_404(visible, pk=candidate_id)
    if request.method != "POST":
        version = {"expected_version": candidate.version}
        held = stored_rows(candidate)
        rows = {kind.name: kind.first_shown(held[kind.name]) for kind in KINDS}
        form = CandidateForm(instance=candidate, initial=version)
        return CandidatePage(form, rows, candidate).shown(request)
    if is_about_rows(request.POST, KINDS):
        return _with_changed_rows(request, candidate)
    page = _sent_page(request.POST, candidate)
    if not page.is_valid():
        return page.shown(request, status=422)
    try:
        changed = operations.update_candidate(
            candidate_id=candidate.pk,
            profile=profile_input(page.form, page.rows),
            actor=Actor.of(viewer_of(request)),
            changed_at=timezone.now(),
            expected_version=page.form.cleaned_data["expected_version"],
        )
    except StaleVersion:
        stale = _stale_page(page, visible.get(pk=candidate.pk), request.POST)
        return stale.shown(request, status=409)
    except (ValidationError, Refused) as error:
        add_errors(page.form, error)
        return page.shown(request, status=422)
    messages.success(request, _("%s is saved.") % changed.name)
    return redirect("dashboard:candidate", changed.pk)


def _sent_page(posted: QueryDict, candidate: Candidate | None = None) -> CandidatePage:
    # A copy, since a form writes what is typed into its instance.
    form = CandidateForm(posted, instance=copy(candidate))
    rows = {kind.name: kind.typed(posted) for kind in KINDS}
    return CandidatePage(form, rows, candidate)


def _with_changed_rows(
    request: HttpRequest, candidate: Candidate | None = None
) -> HttpResponse:
    posted = request.POST
    typed = typed_values(CandidateForm(), posted)
    form = CandidateForm(initial=typed, instance=copy(candidate))
    rows = {kind.name: kind.edited(posted) or kind.typed(posted) for kind in KINDS}
    return CandidatePage(form, rows, candidate).shown(request)


def _stale_page(
    page: CandidatePage, stored: Candidate, sent: QueryDict
) -> CandidatePage:
    """Return the page with what is typed, and beside it what is stored by now."""
    typed = page.form.candidate_fields()
    held = {name: getattr(stored, name) for name in typed}
    stale = [*differences(page.form, typed, held)]
    labels = {
        "skills": _("Skills"),
        "experience": _("Experience"),
        "education": _("Education"),
        "languages": _("Languages"),
    }
    for name, rows in stored_rows(stored).items():
        stale += row_differences(labels[name], page.rows[name].said(), rows)
    posted = sent.copy()
    posted["expected_version"] = str(stored.version)
    form = CandidateForm(posted, instance=copy(stored))
    return CandidatePage(form, page.rows, stored, tuple(stale))
