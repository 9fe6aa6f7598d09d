"""Two notes or tags sent at once, on real connections."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from recruit.accounts.actors import Actor
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.notes.models import Note, Tag
from recruit.notes.operations import NoteExists, write_note
from recruit.notes.tagging import TagNameTaken, create_tag
from tests.factories import ACTOR, NOW, make_candidate, make_job, make_user
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

    def test_of_two_tags_with_one_name_one_is_made(self):
        def make() -> Tag:
            return create_tag(name="Welders", actor=ACTOR, created_at=NOW)

        answers = at_once(*[make] * 5)

        kinds = [type(one) for one in answers]
        assert (kinds.count(Tag), kinds.count(TagNameTaken)) == (1, 4)
        assert Event.objects.filter(kind=Happened.TAG_CREATED).count() == 1
