"""The page of one person who is screened."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import DispositionReason
from recruit.common.ids import uuid7
from recruit.dashboard.forms.screening import ScreeningNoteForm
from recruit.dashboard.job_context import job_context
from recruit.dashboard.note_addresses import suggest_address
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.screened import ScreenedPerson, screened_person
from recruit.dashboard.screening_progress import progress_of
from recruit.jobs.models import Job
from recruit.reviews.models import Screening

# Asked for by the script of the page, which keeps the next people at hand.
PART_HEADER = "X-Part"


def screening_page(
    request: HttpRequest,
    held: Screening,
    place: int,
    *,
    note_form: ScreeningNoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the person at a place; a note that was refused stands in its form."""
    viewer = viewer_of(request)
    context = _context(held, place, viewer, note_form)
    if request.headers.get(PART_HEADER):
        name = "dashboard/partials/_screening.html"
        return render(request, name, context, status=status)
    context |= job_context(held.job, viewer)
    return render(request, "dashboard/screening.html", context, status=status)


def place_of(asked: str, held: Screening) -> int | None:
    """Return the place that an address asks for, None where there is no such one."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < len("10000")):
        return None
    place = int(asked)
    return place if 1 <= place <= len(held.candidate_ids) else None


def first_open(held: Screening) -> int:
    """Return the place of the first person nothing was decided of, else the last."""
    progress = progress_of(held)
    undecided = progress.undecided
    return progress.places[undecided[0]] if undecided else progress.count


def _context(
    held: Screening, place: int, viewer: User, note_form: ScreeningNoteForm | None
) -> dict[str, Any]:
    candidate_id = held.candidate_ids[place - 1]
    job = Job.objects.with_requirements().get(pk=held.job_id)
    person = screened_person(job, candidate_id, viewer, today=timezone.localdate())
    reasons = DispositionReason.objects.offered().for_outcome(Outcome.REJECTED)
    progress = progress_of(held)
    return {
        "job": job,
        "screening": held,
        "place": place,
        "previous": place - 1 or None,
        "next": place + 1 if place < progress.count else None,
        "candidate_id": person.candidate.pk if person else "",
        "person": person,
        "progress": progress,
        "decision": progress.decision_of(candidate_id),
        "new_decision": uuid7(),
        "note_form": _note_form(note_form, person, job, place),
        "reasons": list(reasons),
    }


def _note_form(
    form: ScreeningNoteForm | None, person: ScreenedPerson | None, job: Job, place: int
) -> ScreeningNoteForm | None:
    """Return the form of a note about the person as this page knows them."""
    if person is None:
        return None
    shown = person.candidate.pk
    suggest = suggest_address(candidate_id=shown, job_id=job.pk)
    if form is not None:
        form.fields["text"].widget.attrs["data-mentions"] = suggest
        return form
    return ScreeningNoteForm(initial={"candidate": shown, "at": place}, suggest=suggest)
