"""A mention that reaches nobody is told of when the note is saved."""

from django.test import Client

from recruit.accounts.models import User
from recruit.notes.models import Note
from tests.dashboard.test_notes import sent, written
from tests.factories import make_candidate, make_user


class TestMentionOfNobody:
    def test_is_told_of_when_the_note_is_saved(self, recruiting: Client):
        make_user(name="Marta Lind")
        page = f"/candidates/{make_candidate().pk}/activity/"
        note = sent("@Nobody and @Marta, see?")

        shown = recruiting.post(page, note, follow=True).content.decode()

        assert "“@Nobody” reaches nobody" in shown
        assert "“@Marta” reaches nobody" not in shown
        assert Note.objects.get().text == "@Nobody and @Marta, see?"

    def test_is_told_of_when_it_is_edited(self, recruiting: Client, recruiter: User):
        note = written(recruiter, "First.")

        answer = recruiting.post(
            f"/notes/{note.pk}/",
            {"text": "@Nobody", "expected_version": "1"},
            follow=True,
        )

        assert "“@Nobody” reaches nobody" in answer.content.decode()
