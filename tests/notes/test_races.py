"""Two notes sent at once, on real connections."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from recruit.accounts.actors import Actor
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.notes.models import Note
from recruit.notes.operations import NoteExists, write_note
from tests.factories import NOW, make_candidate, make_job, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def writing(person: Candidate, note_id: UUID) -> Callable[[], Note]:
    author, job = Actor.of(make_user()), make_job()
    return lambda: write_note(
        text="Call her.",
        actor=author,
        written_at=NOW,
        candidate_id=person.pk,
        job_id=job.pk,
        note_id=note_id,
    )


class TestAtOnce:
    def test_the_same_note_is_written_once(self):
        write = writing(make_candidate(), uuid4())

        written = at_once(write, write, write)

        assert [type(one) for one in written] == [Note] * 3
        assert Note.objects.count() == 1
        assert Event.objects.filter(kind=Happened.NOTE_WRITTEN).count() == 1

    def test_of_two_notes_with_one_id_one_is_written(self):
        note_id = uuid4()

        answers = at_once(
            writing(make_candidate(), note_id), writing(make_candidate(), note_id)
        )

        assert {type(one) for one in answers} == {Note, NoteExists}
        assert Note.objects.count() == 1
