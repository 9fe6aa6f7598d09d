from typing import Any

import pytest
from django.core.exceptions import ValidationError

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.candidates.operations import erase_candidate
from recruit.common.ids import uuid7
from recruit.common.refusals import StaleVersion
from recruit.events.choices import Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.notes.models import NOTE_LENGTH, Mention, Note, NoteVersion
from recruit.notes.operations import (
    HiddenFromAuthor,
    NobodyThere,
    NoteDeleted,
    NoteExists,
    NotYourNote,
    delete_note,
    edit_note,
    read_mentions,
    write_note,
)
from recruit.notes.queries import mentions_of
from recruit.notes.tagging import tag_candidates
from tests.api.caller import Caller
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db


def written(author: User, text: str = "Speaks well.", **about: Any) -> Note:
    about = about or {"candidate_id": make_candidate().pk}
    return write_note(text=text, actor=Actor.of(author), written_at=NOW, **about)


@pytest.fixture
def author() -> User:
    return make_user(name="Ada Author")


class TestWriteNote:
    def test_keeps_who_wrote_what_about_whom_and_when(self, author):
        candidate, job = make_candidate(), make_job()

        note = written(
            author, " Calm.\r\nKind. ", candidate_id=candidate.pk, job_id=job.pk
        )

        note.refresh_from_db()
        assert (note.text, note.author, note.written_at) == (
            "Calm.\nKind.",
            author,
            NOW,
        )
        assert (note.candidate, note.job) == (candidate, job)

    def test_records_that_it_was_written_and_none_of_its_words(self, author):
        note = written(author, "Salary is secret.")

        event = Event.objects.get(kind=Happened.NOTE_WRITTEN)
        assert event.candidate_ids == [note.candidate_id]
        assert event.details == {"note": str(note.pk)}

    def test_wakes_no_indexing(self, author):
        candidate = make_candidate()
        PendingEvent.objects.all().delete()

        written(author, candidate_id=candidate.pk)

        assert not PendingEvent.objects.of(Reader.INDEXING).exists()
        before = candidate.profile_changed_at
        candidate.refresh_from_db()
        assert candidate.profile_changed_at == before

    @pytest.mark.parametrize(
        "text", ["", " \n", "\u200b", "x" * (NOTE_LENGTH + 1), "\x00a"]
    )
    def test_refuses_what_is_no_text_of_a_note(self, author, text):
        with pytest.raises(ValidationError) as refused:
            written(author, text)

        assert set(refused.value.message_dict) == {"text"}
        assert not Note.objects.exists()

    def test_refuses_an_erased_person_and_a_job_that_is_no_more(self, author):
        candidate = make_candidate()
        erase_candidate(
            candidate_id=candidate.pk, actor=Actor.of(author), erased_at=LATER
        )

        with pytest.raises(NobodyThere):
            written(author, candidate_id=candidate.pk)
        with pytest.raises(NobodyThere):
            written(author, job_id=uuid7())

    def test_sent_twice_is_one_note(self, author):
        note_id, candidate_id = uuid7(), make_candidate().pk
        about: dict[str, Any] = {"candidate_id": candidate_id, "note_id": note_id}

        first, second = written(author, **about), written(author, **about)

        assert first == second
        assert Event.objects.filter(kind=Happened.NOTE_WRITTEN).count() == 1

    def test_refuses_the_id_of_somebody_elses_note(self, author):
        theirs = written(make_user())

        with pytest.raises(NoteExists):
            written(author, candidate_id=theirs.candidate_id, note_id=theirs.pk)

    def test_of_a_hiring_manager_names_a_job_of_theirs_that_the_person_is_in(self):
        manager = make_user(Role.HIRING_MANAGER)
        application = make_application(make_job(hiring_manager=manager))
        person = application.candidate_id

        with pytest.raises(HiddenFromAuthor):
            written(manager, candidate_id=person)
        with pytest.raises(HiddenFromAuthor):
            written(manager, candidate_id=person, job_id=make_job().pk)

        assert written(manager, candidate_id=person, job_id=application.job_id)


class TestMentions:
    def test_tell_the_colleagues_who_are_named(self, author):
        marta, cem = make_user(name="Marta Lind"), make_user(name="Cem Öz")

        note = written(author, "@Marta Lind and @Cem, call. @Ada Author too.")

        assert set(note.mentions.values_list("user", flat=True)) == {marta.pk, cem.pk}
        assert [mention.note for mention in mentions_of(marta)] == [note]

    def test_refuse_who_may_not_read_the_note(self, author):
        make_user(name="Cem Öz")
        manager = make_user(Role.HIRING_MANAGER, name="Hal Manager")
        secret = make_job(confidential=True, recruiters=[author])

        with pytest.raises(ValidationError, match="Cem Öz may not see"):
            written(author, "@Cem?", job_id=secret.pk)
        with pytest.raises(ValidationError, match="Hal Manager may not see"):
            written(author, "@Hal Manager?")

        assert not Note.objects.exists()
        assert manager.is_active

    def test_refuse_a_first_name_that_two_bear(self, author):
        make_user(name="Kim One")
        make_user(name="Kim Two")

        with pytest.raises(ValidationError, match="@Kim"):
            written(author, "@Kim")

    def test_follow_the_text_when_it_is_edited(self, author):
        marta, cem = make_user(name="Marta"), make_user(name="Cem")
        note = written(author, "@Marta")
        read_mentions(user=marta, read_at=NOW)

        for text in ("@Marta @Cem", "@Marta @Cem!"):
            edit_note(
                note_id=note.pk, text=text, actor=Actor.of(author), edited_at=LATER
            )

        assert not mentions_of(marta).unread().exists()
        assert mentions_of(cem).unread().count() == 1

    def test_are_read_by_their_own_reader_alone(self, author):
        marta, cem = make_user(name="Marta"), make_user(name="Cem")
        written(author, "@Marta @Cem")
        mention = Mention.objects.get(user=cem)

        read_mentions(user=marta, read_at=NOW, mention_id=mention.pk)

        assert mentions_of(cem).unread().count() == 1
        assert mentions_of(marta).unread().count() == 1

    def test_end_with_the_sight_of_the_note(self, author):
        marta = make_user(name="Marta")
        job = make_job(recruiters=[author])
        written(author, "@Marta", job_id=job.pk)

        type(job).objects.filter(pk=job.pk).update(confidential=True)

        assert not mentions_of(marta).exists()


class TestEditNote:
    def test_keeps_what_it_said(self, author):
        note = written(author, "First.")

        edit_note(
            note_id=note.pk, text="Second.", actor=Actor.of(author), edited_at=LATER
        )

        note.refresh_from_db()
        assert (note.text, note.edited_at, note.version) == ("Second.", LATER, 2)
        kept = NoteVersion.objects.get(note=note)
        assert (kept.text, kept.number, kept.written_at) == ("First.", 1, NOW)
        assert Event.objects.filter(kind=Happened.NOTE_EDITED).count() == 1

    def test_writes_nothing_where_nothing_changes(self, author):
        note = written(author, "First.")

        edit_note(
            note_id=note.pk, text="First. ", actor=Actor.of(author), edited_at=LATER
        )

        note.refresh_from_db()
        assert (note.version, note.edited_at) == (1, None)

    def test_is_for_the_author_alone(self, author):
        note = written(author)
        other = make_user(Role.ADMINISTRATOR)

        with pytest.raises(NotYourNote):
            edit_note(note_id=note.pk, text="x", actor=Actor.of(other), edited_at=LATER)

    def test_overwrites_nothing_that_its_reader_never_saw(self, author):
        note, actor = written(author), Actor.of(author)
        edit_note(note_id=note.pk, text="x", actor=actor, edited_at=LATER)

        with pytest.raises(StaleVersion):
            edit_note(
                note_id=note.pk,
                text="y",
                actor=actor,
                edited_at=LATER,
                expected_version=1,
            )

        note.refresh_from_db()
        assert note.text == "x"


class TestDeleteNote:
    def test_forgets_the_words_and_keeps_who_deleted_them_and_when(self, author):
        make_user(name="Marta")
        note, actor = written(author, "Secret, @Marta"), Actor.of(author)
        edit_note(note_id=note.pk, text="Other, @Marta", actor=actor, edited_at=LATER)

        delete_note(note_id=note.pk, actor=actor, deleted_at=LATER)

        note.refresh_from_db()
        assert (note.text, note.deleted_at, note.deleted_by_name) == (
            "",
            LATER,
            "Ada Author",
        )
        assert not NoteVersion.objects.exists()
        assert not Mention.objects.exists()
        assert not Note.objects.holding("secret").exists()

    def test_is_for_the_author_and_administrators(self, author):
        note = written(author)

        with pytest.raises(NotYourNote):
            delete_note(note_id=note.pk, actor=Actor.of(make_user()), deleted_at=LATER)
        administrator = Actor.of(make_user(Role.ADMINISTRATOR))
        delete_note(note_id=note.pk, actor=administrator, deleted_at=LATER)

        assert not Note.objects.standing().exists()

    def test_is_for_the_tokens_of_administrators(self, author):
        note = written(author)
        of_recruiter, of_administrator = (
            Actor.of_token(Caller(make_user(role)).token)
            for role in (Role.RECRUITER, Role.ADMINISTRATOR)
        )

        with pytest.raises(NotYourNote):
            delete_note(note_id=note.pk, actor=of_recruiter, deleted_at=LATER)
        delete_note(note_id=note.pk, actor=of_administrator, deleted_at=LATER)

        assert not Note.objects.standing().exists()

    def test_is_not_for_the_system(self, author):
        note = written(author)

        with pytest.raises(NotYourNote):
            delete_note(note_id=note.pk, actor=ACTOR, deleted_at=LATER)

    def test_happens_once(self, author):
        note, actor = written(author), Actor.of(author)
        delete_note(note_id=note.pk, actor=actor, deleted_at=LATER)

        with pytest.raises(NoteDeleted):
            delete_note(note_id=note.pk, actor=actor, deleted_at=LATER)
        with pytest.raises(NoteDeleted):
            edit_note(note_id=note.pk, text="x", actor=actor, edited_at=LATER)


class TestErasingAPerson:
    def test_leaves_no_note_and_no_tag_of_theirs(self, author):
        candidate, other = make_candidate(), make_candidate()
        actor = Actor.of(author)
        ids = [candidate.pk, other.pk]
        for person in ids:
            written(author, candidate_id=person, job_id=make_job().pk)
        tag_candidates(name="vip", candidate_ids=ids, actor=actor, tagged_at=NOW)

        erase_candidate(candidate_id=candidate.pk, actor=actor, erased_at=LATER)

        assert [note.candidate for note in Note.objects.all()] == [other]
        assert not candidate.tags.exists()
        assert other.tags.exists()
