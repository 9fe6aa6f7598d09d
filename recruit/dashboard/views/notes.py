"""One note with its versions: reading, editing, deleting; and who may be mentioned."""

from http import HTTPStatus
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.common.refusals import Refused, StaleVersion
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.notes import EditNoteForm, MentionsForm, VersionForm
from recruit.dashboard.missed_mentions import mentions_of_nobody
from recruit.dashboard.note_addresses import about_address, suggest_address
from recruit.dashboard.paging import page_of
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_form
from recruit.jobs.models import Job
from recruit.notes.models import Note
from recruit.notes.operations import delete_note, edit_note, read_mentions
from recruit.notes.queries import mentions_of, suggested_colleagues
from recruit.notes.veiled import as_shown, veiled_mentions

WORDS_LENGTH = 100

M = TypeVar("M", bound=Model)


def _note(request: HttpRequest, note_id: UUID) -> Note:
    notes = Note.objects.visible_to(viewer_of(request)).with_subjects()
    return get_object_or_404(
        notes.prefetch_related("mentions__user", "versions"), pk=note_id
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Show a note with what it said before; take what its author says now."""
    found = _note(request, note_id)
    suggest = _suggest(found)
    if request.method != "POST":
        said = {"text": found.text, "expected_version": found.version}
        return _shown(request, found, EditNoteForm(initial=said, suggest=suggest))
    form = EditNoteForm(request.POST, suggest=suggest)
    if not form.is_valid():
        return _shown(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        edited = edit_note(
            note_id=found.pk,
            text=form.cleaned_data["text"],
            actor=Actor.of(viewer_of(request)),
            edited_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except ValidationError as error:
        add_errors(form, error)
        return _shown(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleVersion:
        return _stale(request, found, form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, found, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The note is saved."))
    for sentence in mentions_of_nobody(edited):
        messages.warning(request, sentence)
    return redirect(about_address(as_shown(found)))


def _suggest(found: Note) -> str:
    """Return where colleagues are asked for; never with the id of a hidden person."""
    shown = found.candidate_id
    if found.job is not None and shown is not None:
        veil = veil_of(found.job)
        shown = shown if veil.known([shown]) else veil.id_of(shown)
    return suggest_address(candidate_id=shown, job_id=found.job_id)


def _stale(request: HttpRequest, found: Note, form: EditNoteForm) -> HttpResponse:
    """Answer with what is stored now beside what was typed; a second try overwrites."""
    typed = {
        "text": form.cleaned_data["text"],
        "expected_version": found.version,
    }
    again = EditNoteForm(initial=typed, suggest=_suggest(found))
    return _shown(request, found, again, is_stale=True, status=HTTPStatus.CONFLICT)


def _shown(
    request: HttpRequest,
    found: Note,
    form: EditNoteForm,
    *,
    is_stale: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    viewer, found = viewer_of(request), as_shown(found)
    is_author = found.author_id == viewer.pk and not found.deleted_at
    context = {
        "note": found,
        "form": form if is_author else None,
        "may_delete": not found.deleted_at and (is_author or viewer.is_administrator),
        "is_stale": is_stale,
        "about": about_address(found),
        "versions": sorted(found.versions.all(), key=lambda one: -one.number),
    }
    return render(request, "dashboard/note.html", context, status=status)


@require_POST
@login_required
def delete(request: HttpRequest, note_id: UUID) -> HttpResponse:
    found = _note(request, note_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return bad_form(request, form)
    try:
        delete_note(
            note_id=found.pk,
            actor=Actor.of(viewer_of(request)),
            deleted_at=timezone.now(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dashboard:note", found.pk)
    messages.success(request, _("The note is deleted."))
    return redirect(about_address(as_shown(found)))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mentions(request: HttpRequest) -> HttpResponse:
    """List the notes that mention the reader, newest first, or mark them as read."""
    viewer = viewer_of(request)
    if request.method == "POST":
        form = MentionsForm(request.POST)
        if not form.is_valid():
            return bad_form(request, form)
        read_mentions(
            user=viewer,
            read_at=timezone.now(),
            mention_id=form.cleaned_data["mention"],
        )
        return redirect("dashboard:mentions")
    mine = mentions_of(viewer)
    shown = mine.with_notes().prefetch_related("note__mentions__user").newest_first()
    page = page_of(shown, request)
    veiled_mentions(page)
    context = {"page": page, "unread": mine.unread().count()}
    return render(request, "dashboard/mentions.html", context)


@require_safe
@login_required
def suggest_colleagues(request: HttpRequest) -> HttpResponse:
    """Answer what names the colleagues who may read a note about these rows."""
    viewer = viewer_of(request)
    words = request.GET.get("q", "").replace("\x00", "")[:WORDS_LENGTH]
    try:
        job = _asked(request, "job", Job.objects.visible_to(viewer))
        candidate = _person_asked(request, job, viewer)
    except (ValueError, Candidate.DoesNotExist, Job.DoesNotExist):
        return JsonResponse({"names": []})
    names = suggested_colleagues(words, candidate=candidate, job=job, but=viewer)
    return JsonResponse({"names": names})


def _person_asked(
    request: HttpRequest, job: Job | None, viewer: User
) -> Candidate | None:
    """Return the person of an id; beside a job, as the pages of that job know them."""
    people = candidates_visible_to(viewer, on_pages_of=job.pk if job else None)
    given = request.GET.get("candidate", "")
    if not given or job is None:
        return _asked(request, "candidate", people)
    meant = veil_of(job).one_behind(UUID(given))
    return people.filter(pk=meant).get() if meant else people.none().get()


def _asked(request: HttpRequest, name: str, rows: QuerySet[M]) -> M | None:
    """Return the row of an id in the address, None where there is no id."""
    given = request.GET.get(name, "")
    return rows.get(pk=UUID(given)) if given else None
