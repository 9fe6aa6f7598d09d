from typing import Any

from django.test import Client

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.common.ids import uuid7
from recruit.notes.models import Mention, Note
from recruit.notes.operations import edit_note, write_note
from recruit.notes.queries import mentions_of, tags_of_jobs, tags_of_people
from tests.dashboard.conftest import client_of, count_queries
from tests.factories import (
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)


def written(author: User, text: str = "Speaks well.", **about: Any) -> Note:
    about = about or {"candidate_id": make_candidate().pk}
    return write_note(text=text, actor=Actor.of(author), written_at=NOW, **about)


def sent(text: str, **more: str) -> dict[str, str]:
    return {"text": text, "new_id": str(uuid7()), **more}


class TestNoteOnAPerson:
    def test_is_written_and_stands_in_the_timeline(
        self, recruiting: Client, recruiter: User
    ):
        address = f"/candidates/{make_candidate().pk}/activity/"

        answer = recruiting.post(address, sent("Prefers <b>mornings</b>."))

        assert answer.headers["Location"] == address
        assert Note.objects.get().author == recruiter
        shown = recruiting.get(address).content.decode()
        assert "Prefers &lt;b&gt;mornings&lt;/b&gt;." in shown

    def test_is_refused_beside_its_field(self, recruiting: Client):
        address = f"/candidates/{make_candidate().pk}/activity/"
        make_user(Role.HIRING_MANAGER, name="Hal Manager")

        for text in ("", "@Hal Manager, look", "x" * 10_001):
            answer = recruiting.post(address, sent(text))

            assert answer.status_code == 422
            assert answer.context["form"].errors.keys() == {"text"}
        assert not Note.objects.exists()

    def test_of_a_hiring_manager_is_about_one_of_their_jobs(
        self, managing: Client, hiring_manager: User
    ):
        mine = make_application(make_job(hiring_manager=hiring_manager))
        other = make_application(make_job(), mine.candidate)
        address = f"/candidates/{mine.candidate_id}/activity/"

        for job in ("", str(other.job_id)):
            assert managing.post(address, sent("x", job=job)).status_code == 422
        answer = managing.post(address, sent("x", job=str(mine.job_id)))

        assert answer.status_code == 302
        assert Note.objects.get().job == mine.job

    def test_sent_twice_is_one(self, recruiting: Client):
        address = f"/candidates/{make_candidate().pk}/activity/"
        note = sent("Once.")

        for _time in range(2):
            recruiting.post(address, note)

        assert Note.objects.count() == 1


class TestNotePage:
    def test_shows_what_the_note_said_before(self, recruiting: Client, recruiter: User):
        note = written(recruiter, "First words.")
        actor = Actor.of(recruiter)
        edit_note(note_id=note.pk, text="Now.", actor=actor, edited_at=LATER)

        assert "First words." in recruiting.get(f"/notes/{note.pk}/").content.decode()

    def test_saves_what_its_author_says(self, recruiting: Client, recruiter: User):
        note = written(recruiter)
        said = {"text": "Better.", "expected_version": "1"}

        assert recruiting.post(f"/notes/{note.pk}/", said).status_code == 302

        note.refresh_from_db()
        assert note.text == "Better."

    def test_shows_what_was_saved_meanwhile_and_overwrites_nothing(
        self, recruiting: Client, recruiter: User
    ):
        note = written(recruiter)
        edit_note(
            note_id=note.pk, text="Theirs.", actor=Actor.of(recruiter), edited_at=LATER
        )

        answer = recruiting.post(
            f"/notes/{note.pk}/", {"text": "Mine.", "expected_version": "1"}
        )

        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "Theirs." in shown
        assert "Mine." in shown
        note.refresh_from_db()
        assert note.text == "Theirs."

    def test_offers_no_form_to_others(self, recruiting: Client):
        note = written(make_user())
        said = {"text": "Mine.", "expected_version": "1"}

        assert recruiting.get(f"/notes/{note.pk}/").context["form"] is None
        assert recruiting.post(f"/notes/{note.pk}/", said).status_code == 409
        note.refresh_from_db()
        assert note.text == "Speaks well."

    def test_deletes_what_is_ones_own(self, recruiting: Client, recruiter: User):
        mine, theirs = written(recruiter), written(make_user())

        for note in (mine, theirs):
            recruiting.post(f"/notes/{note.pk}/delete/", {"expected_version": "1"})

        assert list(Note.objects.standing()) == [theirs]

    def test_is_hidden_with_its_confidential_job(self, recruiting: Client):
        job = make_job(confidential=True)
        note = write_note(
            text="x", actor=Actor.system("tests"), written_at=NOW, job_id=job.pk
        )

        assert recruiting.get(f"/notes/{note.pk}/").status_code == 404


class TestTimeline:
    def test_of_a_person_tells_nothing_of_a_confidential_job(self, recruiting: Client):
        named = make_user()
        job = make_job(title="Hush", confidential=True, recruiters=[named])
        application = make_application(job)
        about = {"candidate_id": application.candidate_id, "job_id": job.pk}
        written(named, "Secret words.", **about)
        address = f"/candidates/{application.candidate_id}/activity/"

        theirs = client_of(named).get(address).content.decode()
        mine = recruiting.get(address).content.decode()

        for words in ("Hush", "Secret words."):
            assert words in theirs
            assert words not in mine

    def test_shows_one_kind_where_one_is_asked_for(
        self, recruiting: Client, recruiter: User
    ):
        application = make_application()
        written(recruiter, candidate_id=application.candidate_id)
        address = f"/candidates/{application.candidate_id}/activity/"

        def sentences(query: str) -> list[str]:
            shown = recruiting.get(address + query).context["activities"]
            return [activity.sentence for activity in shown]

        assert sentences("?kind=notes") == ["Note"]
        assert sentences("?kind=pipeline") == ["Added to the pipeline"]
        assert len(sentences("")) == 3
        assert recruiting.get(address + "?kind=x").status_code == 400

    def test_is_cut_into_pages(self, recruiting: Client, recruiter: User):
        job = make_job()
        for _number in range(45):
            written(recruiter, job_id=job.pk)
        address = f"/jobs/{job.requisition_code}/activity/"

        first = recruiting.get(address).context["activities"]
        second = recruiting.get(address + "?page=2").context["activities"]

        notes = {activity.note for activity in (*first, *second)}
        assert (len(first), len(second), len(notes - {None})) == (40, 6, 45)

    def test_shows_no_word_of_a_deleted_note(self, recruiting: Client, recruiter: User):
        note = written(recruiter, "Gone words.")
        recruiting.post(f"/notes/{note.pk}/delete/", {"expected_version": "1"})

        shown = recruiting.get(f"/candidates/{note.candidate_id}/activity/")

        assert "Gone words." not in shown.content.decode()
        assert "Note deleted" in shown.content.decode()

    def test_asks_equally_often_for_little_and_for_much(
        self, recruiting: Client, recruiter: User
    ):
        job = make_job()
        make_user(name="Marta")
        address = f"/jobs/{job.requisition_code}/activity/"
        written(recruiter, "@Marta", job_id=job.pk, candidate_id=make_candidate().pk)
        few = count_queries(recruiting, address)
        for _number in range(10):
            person = make_candidate()
            written(recruiter, "@Marta", job_id=job.pk, candidate_id=person.pk)

        assert count_queries(recruiting, address) == few


class TestLongNotes:
    def test_leave_pages_small_and_are_whole_on_their_own(
        self, recruiting: Client, recruiter: User
    ):
        application = make_application()
        about = {"candidate_id": application.candidate_id}
        for _number in range(45):
            note = written(recruiter, "<" * 9_999 + "!", **about)
        person = f"/candidates/{application.candidate_id}/"

        for address in (person, person + "activity/", "/"):
            assert len(recruiting.get(address).content) < 300_000

        assert f"/notes/{note.pk}/" in recruiting.get(person).content.decode()
        assert "&lt;!" in recruiting.get(f"/notes/{note.pk}/").content.decode()


class TestMentionsPage:
    def test_lists_mentions_until_they_are_read(
        self, recruiting: Client, recruiter: User
    ):
        for words in ("One.", "Two."):
            written(make_user(), f"@{recruiter.name} {words}")
        one = Mention.objects.earliest("pk")

        shown = recruiting.get("/mentions/").content.decode()
        assert "One." in shown
        assert "Two." in shown
        recruiting.post("/mentions/", {"mention": str(one.pk)})
        assert mentions_of(recruiter).unread().count() == 1
        recruiting.post("/mentions/")
        assert not mentions_of(recruiter).unread().exists()

    def test_asks_equally_often_for_little_and_for_much(
        self, recruiting: Client, recruiter: User
    ):
        written(make_user(), f"@{recruiter.name}")
        few = count_queries(recruiting, "/mentions/")
        for _number in range(10):
            written(make_user(), f"@{recruiter.name}")

        assert count_queries(recruiting, "/mentions/") == few


class TestSearch:
    def test_shows_notes_that_hold_the_words_and_where(self, recruiting: Client):
        text = "Asks for a salary of 90. Will not relocate."
        note = written(make_user(), text)
        named = make_user()
        job = make_job(confidential=True, recruiters=[named])
        about = {"candidate_id": note.candidate_id, "job_id": job.pk}
        written(named, "Salary is secret.", **about)

        for query in ("salaries", '"salary of 90" -diving&every_word=on'):
            (found,) = recruiting.get(f"/candidates/?q={query}").context["noted"]

            assert found.note == note
            marked = [part for part, is_found in found.parts if is_found]
            assert "salary" in marked

    def test_shows_none_without_a_word_that_is_wanted(self, recruiting: Client):
        written(make_user())

        for query in ("", "?q=-diving", "?q=welding"):
            assert recruiting.get(f"/candidates/{query}").context["noted"] == []


class TestSuggestions:
    def test_name_only_colleagues_who_may_read(self, recruiting: Client):
        make_user(name="Marta Reader")
        make_user(Role.HIRING_MANAGER, name="Marta Manager")
        person = make_candidate()

        answer = recruiting.get(f"/colleagues/suggest/?q=mar&candidate={person.pk}")

        assert answer.json() == {"names": ["Marta Reader"]}

    def test_name_nobody_for_a_row_that_is_hidden(self, recruiting: Client):
        make_user(name="Marta Reader")
        job = make_job(confidential=True)

        for wanted in (job.pk, uuid7(), "x"):
            answer = recruiting.get(f"/colleagues/suggest/?q=mar&job={wanted}")

            assert answer.json() == {"names": []}

    def test_name_tags_by_their_beginning(self, recruiting: Client):
        person = make_candidate()
        for name in ("Silver", "silence", "Gold"):
            recruiting.post(f"/candidates/{person.pk}/tags/", {"name": name})

        answer = recruiting.get("/tags/suggest/?q=SIL")

        assert answer.json() == {"names": ["silence", "Silver"]}


class TestTags:
    def test_are_given_and_taken_away_on_the_page(self, recruiting: Client):
        person = make_candidate()
        address = f"/candidates/{person.pk}/tags/"

        recruiting.post(address, {"name": "Silver"})
        (tag,) = tags_of_people([person.pk])[person.pk]
        assert "Silver" in recruiting.get(f"/candidates/{person.pk}/").content.decode()
        recruiting.post(address, {"remove": str(tag.pk)})

        assert tags_of_people([person.pk])[person.pk] == []

    def test_of_a_job_stand_on_its_activity_page(self, recruiting: Client):
        job = make_job()

        recruiting.post(f"/jobs/{job.requisition_code}/tags/", {"name": "Urgent"})

        assert [tag.name for tag in tags_of_jobs([job.pk])[job.pk]] == ["Urgent"]
        page = recruiting.get(f"/jobs/{job.requisition_code}/activity/")
        assert "Tag given: Urgent" in page.content.decode()

    def test_refuse_what_is_no_name(self, recruiting: Client):
        person = make_candidate()

        for sent_form in ({"name": ""}, {"name": "\u200b"}, {"remove": "x"}):
            answer = recruiting.post(f"/candidates/{person.pk}/tags/", sent_form)

            assert answer.status_code == 400

    def test_are_no_business_of_hiring_managers(
        self, managing: Client, hiring_manager: User
    ):
        application = make_application(make_job(hiring_manager=hiring_manager))
        address = f"/candidates/{application.candidate_id}/"

        assert managing.post(f"{address}tags/", {"name": "x"}).status_code == 404
        assert "tags-heading" not in managing.get(address).content.decode()
