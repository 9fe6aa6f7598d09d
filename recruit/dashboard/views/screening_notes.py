"""Notes that are written while somebody screens."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recruit.accounts.actors import Actor
from recruit.applications.veil import veil_of
from recruit.common.refusals import Refused
from recruit.dashboard.forms.errors import add_errors
from recruit.dashboard.forms.screening import ScreeningNoteForm
from recruit.dashboard.missed_mentions import mentions_of_nobody
from recruit.dashboard.permissions import recruiting_only, viewer_of
from recruit.dashboard.screening_answers import (
    badly_sent,
    done,
    is_script,
    refused,
    refused_to_script,
    screening_of,
)
from recruit.dashboard.screening_page import screening_page
from recruit.notes.models import Note
from recruit.notes.operations import write_note
from recruit.reviews.models import Screening
from recruit.reviews.operations import NotOnTheList, place_on_the_list


@require_POST
@recruiting_only
def note_person(request: HttpRequest, code: str, screening_id: UUID) -> HttpResponse:
    """Write a note about the job and a person of the list; sent twice it is one."""
    held = screening_of(request, code, screening_id)
    form = ScreeningNoteForm(request.POST)
    form.is_valid()
    if not {"candidate", "new_id"} <= form.cleaned_data.keys():
        return badly_sent(request, form)
    said = form.cleaned_data
    # What stands on the page of a hidden person is not their id.
    meant = veil_of(held.job).one_behind(said["candidate"])
    try:
        place = place_on_the_list(held, meant)
    except NotOnTheList as refusal:
        return refused(request, held, refusal, said.get("at"))
    written = None if form.errors else _written(request, form, held, place)
    if written is None:
        return _not_written(request, form, held, place)
    sentence, warnings = _("The note is saved."), mentions_of_nobody(written)
    return done(request, held, sentence, place, step=0, warnings=warnings)


def _written(
    request: HttpRequest, form: ScreeningNoteForm, held: Screening, place: int
) -> Note | None:
    """Write the note; say on the form why it cannot be."""
    try:
        return write_note(
            text=form.cleaned_data["text"],
            actor=Actor.of(viewer_of(request)),
            written_at=timezone.now(),
            candidate_id=held.candidate_ids[place - 1],
            job_id=held.job_id,
            note_id=form.cleaned_data["new_id"],
        )
    except (ValidationError, Refused) as refusal:
        add_errors(form, refusal)
        return None


def _not_written(
    request: HttpRequest, form: ScreeningNoteForm, held: Screening, place: int
) -> HttpResponse:
    """Say why a note was not written; on a page what was typed stays in its field."""
    if not is_script(request):
        return screening_page(request, held, place, note_form=form, status=422)
    told = next(iter(form.errors.values()))[0]
    return refused_to_script(held, str(told), status=422)
