"""The shortlist of a job: on pages, on paper and as files; answers to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
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
from django_htmx.http import HttpResponseClientRedirect

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.queries import candidates_visible_to
from recruit.applications.veil import veil_of
from recruit.common.refusals import Refused
from recruit.dashboard.compared import people_compared
from recruit.dashboard.forms.reviews import (
    CompareForm,
    MarkedForm,
    ReviewForm,
    WhyNotForm,
)
from recruit.dashboard.job_context import job_context
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.dashboard.shortlist import WhyNot, listed, shortlisted, why_not
from recruit.dashboard.shortlist_files import (
    as_csv,
    as_xlsx,
    file_name,
    shortlist_rows,
)
from recruit.jobs.models import Job
from recruit.reviews.answering import answer
from recruit.reviews.choices import Answer

MOST_EXPORTED = 500
FOUND_LISTED = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _job(request: HttpRequest, code: str) -> Job:
    visible = Job.objects.visible_to(viewer_of(request))
    jobs = visible.with_people().with_requirements()
    return get_object_or_404(jobs, requisition_code=code)


@require_safe
@login_required
def shortlist(request: HttpRequest, code: str) -> HttpResponse:
    viewer, job = viewer_of(request), _job(request, code)
    form = WhyNotForm(request.GET)
    if not form.is_valid():
        return bad_form(request, form)
    page = page_of(shortlisted(job, viewer), request)
    people = listed(job, list(page), viewer, today=timezone.localdate())
    context: dict[str, Any] = {
        "job": job,
        "page": page,
        "people": people,
        "answers": list(Answer),
        "may_answer": job.hiring_manager_id == viewer.pk,
    }
    if request.GET.get("part") == "answers":
        return render(request, "dashboard/partials/_answers_anew.html", context)
    context |= job_context(job, viewer) | _asked_about(form, job, viewer)
    return render(request, "dashboard/shortlist.html", context)


def _asked_about(form: WhyNotForm, job: Job, viewer: User) -> dict[str, Any]:
    """Return the person somebody asks about, or who bears the name asked for."""
    name, given = form.cleaned_data["name"], form.cleaned_data["person"]
    people = candidates_visible_to(viewer, on_pages_of=job.pk)
    veil = veil_of(job)
    # Asked for by name, somebody would be told apart from the unnamed.
    by_name = name and not veil.is_on
    found = people.named(name).newest_first() if by_name else people.none()
    pk = veil.one_behind(given) if given else None
    person = people.with_profile().filter(pk=pk).first() if pk else None
    today = timezone.localdate()
    return {
        "why_not_form": form,
        "hides_names": veil.is_on,
        "found": list(found[:FOUND_LISTED]),
        "asked": veil.people([person])[person.pk] if person else None,
        "left_out": why_not(job, person, viewer, today=today) if person else None,
    }


def _left_out(request: HttpRequest, job: Job) -> WhyNot | None:
    form = WhyNotForm(request.GET)
    if not form.is_valid():
        return None
    left_out: WhyNot | None = _asked_about(form, job, viewer_of(request))["left_out"]
    return left_out


@require_safe
@login_required
def shortlist_print(request: HttpRequest, code: str) -> HttpResponse:
    viewer, job = viewer_of(request), _job(request, code)
    applications = list(shortlisted(job, viewer)[:MOST_EXPORTED])
    context = {
        "job": job,
        "people": listed(job, applications, viewer, today=timezone.localdate()),
        "left_out": _left_out(request, job),
        "printed_at": timezone.now(),
    }
    return render(request, "dashboard/shortlist_print.html", context)


@require_safe
@login_required
def shortlist_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    viewer, job = viewer_of(request), _job(request, code)
    applications = list(shortlisted(job, viewer)[:MOST_EXPORTED])
    people = listed(job, applications, viewer, today=timezone.localdate())
    rows = shortlist_rows(job, people, _left_out(request, job))
    is_csv = ending == "csv"
    return HttpResponse(
        as_csv(rows) if is_csv else as_xlsx(rows),
        content_type="text/csv; charset=utf-8" if is_csv else XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(job, ending)}"'
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Put people side by side; marks that are sent lead to the address for them."""
    viewer, job = viewer_of(request), _job(request, code)
    if request.method == "POST":
        return _marked(request, job)
    form = CompareForm(request.GET)
    if not form.is_valid():
        return bad_form(request, form)
    people = people_compared(
        job, form.cleaned_data["people"], viewer, today=timezone.localdate()
    )
    context = {
        **job_context(job, viewer),
        "people": people,
        "rows": list(zip(*(one.requirements for one in people), strict=True)),
        "tab": "ranked" if "shown" in request.GET else "shortlist",
        "shown": _query(form) if "shown" in request.GET else None,
        "others": {one.pk: _others(request, one.pk) for one in people},
    }
    return render(request, "dashboard/compare.html", context)


def _marked(request: HttpRequest, job: Job) -> HttpResponse:
    form = MarkedForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    asked = QueryDict(mutable=True)
    asked.setlist("people", [str(one) for one in form.cleaned_data["candidates"]])
    asked["shown"] = _query(form)
    address = reverse("dashboard:compare", args=[job.requisition_code])
    address = f"{address}?{asked.urlencode()}"
    is_script = request.htmx  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(address) if is_script else redirect(address)


def _query(form: CompareForm | MarkedForm) -> str:
    """Return the state of the ranked list, read and written anew: a query alone."""
    return QueryDict(form.cleaned_data["shown"]).urlencode()


def _others(request: HttpRequest, person_id: UUID) -> str:
    """Return the query of the comparison without one of its people."""
    asked = request.GET.copy()
    kept = [one for one in asked.getlist("people") if one != str(person_id)]
    asked.setlist("people", kept)
    return asked.urlencode()


@require_POST
@login_required
def review(request: HttpRequest, application_id: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    visible = Application.objects.visible_to(viewer).with_candidate()
    application = get_object_or_404(visible.select_related("job"), pk=application_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        answer(
            application_id=application.pk,
            user=viewer,
            answer=Answer(form.cleaned_data["answer"]),
            note=form.cleaned_data["note"],
            answered_at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your answer is saved; recruiters see it now."))
    return redirect("dashboard:shortlist", application.job.requisition_code)
