"""The first steps of a new installation: company, job, people, ranking."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from matching.matches import JobHasTooLittleText, JobNotEmbedded, matches_for_job
from matching.status import is_worker_alive, ranking_progress
from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.common.refusals import Refused
from recruit.dashboard.first_steps import (
    FirstSteps,
    Step,
    administrators_named,
    first_steps_of,
    own_jobs,
)
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.organisation import OrganisationForm
from recruit.dashboard.permissions import administering_only, recruiting_only, viewer_of
from recruit.demo.operations import ask_for_demo
from recruit.deployment.milestones import is_demo_awaited
from recruit.jobs.models import Job
from recruit.organisation.operations import (
    name_organisation,
    put_guide_away,
    show_guide,
)
from recruit.organisation.queries import organisation

SHOWN_FIRST = 3


@require_safe
@recruiting_only
def start(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = _context(viewer) | {
        "administrators": administrators_named(),
        "first_job": own_jobs(viewer).newest_first().last(),
    }
    return render(request, "dashboard/start.html", context)


def _context(viewer: User) -> dict[str, Any]:
    known = organisation()
    return {
        "organisation": known,
        "steps": first_steps_of(viewer, known),
        "is_demo_coming": is_demo_awaited(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@administering_only
def company(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = _context(viewer)
    if request.method != "POST":
        form = OrganisationForm(initial={"name": context["organisation"].name})
        return _company_page(request, form, context)
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _company_page(request, form, context, status=422)
    try:
        named = name_organisation(
            name=form.cleaned_data["name"],
            actor=Actor.of(viewer),
            named_at=timezone.now(),
        )
    except (ValidationError, Refused) as error:
        add_errors(form, error)
        return _company_page(request, form, context, status=422)
    messages.success(request, _("This is the platform of %s now.") % named.name)
    return redirect("dashboard:start")


def _company_page(
    request: HttpRequest,
    form: OrganisationForm,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    context |= {"form": form}
    return render(request, "dashboard/start_company.html", context, status=status)


@require_safe
@recruiting_only
def people(request: HttpRequest) -> HttpResponse:
    context = _context(viewer_of(request))
    context["worker_alive"] = is_worker_alive(timezone.now())
    return render(request, "dashboard/start_people.html", context)


@require_POST
@administering_only
def load_demo(request: HttpRequest) -> HttpResponse:
    try:
        ask_for_demo(owner=viewer_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("dashboard:start_people")


@require_safe
@recruiting_only
def ranking(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = _context(viewer)
    steps: FirstSteps = context["steps"]
    job = own_jobs(viewer).with_requirements().newest_first().last()
    if job is None or Step.PEOPLE not in steps.done:
        return redirect("dashboard:start")
    progress = ranking_progress(job, now=timezone.now())
    context |= {"job": job, "progress": progress}
    if progress.is_ready:
        context |= _ranked(job, viewer)
    return render(request, "dashboard/start_ranking.html", context)


def _ranked(job: Job, viewer: User) -> dict[str, Any]:
    """Return who stands first; nothing where the job cannot be ranked yet."""
    try:
        found = matches_for_job(job=job, limit=SHOWN_FIRST, viewer=viewer)
    except JobHasTooLittleText:
        return {"has_too_little_text": True}
    except JobNotEmbedded:  # edited a moment ago
        return {}
    return {"found": found}


@require_POST
@administering_only
def put_away(request: HttpRequest) -> HttpResponse:
    actor, now = Actor.of(viewer_of(request)), timezone.now()
    if "show" in request.POST:
        show_guide(actor=actor, shown_at=now)
        return redirect("dashboard:start")
    put_guide_away(actor=actor, put_away_at=now)
    messages.success(
        request, _("The first steps are put away. They stay in your account menu.")
    )
    return redirect("dashboard:home")
