"""/notes"""

from datetime import datetime
from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.applications.veil import veil_of
from recruit.candidates.operations import erase_candidate
from recruit.events.models import Event
from recruit.notes.models import Note
from recruit.notes.operations import write_note
from tests.api.caller import (
    RANDOM,
    Caller,
    SignedIn,
    assert_problem,
    fields_in,
    version_in,
)
from tests.api.test_schema import answer_of, assert_matches
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


def noted(text: str = "Sounds keen.", *, at: datetime = NOW, **about: Any) -> Note:
    ids = {f"{name}_id": row.pk for name, row in about.items()}
    return write_note(text=text, actor=ACTOR, written_at=at, **ids)


def ids_in(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["items"]]


@pytest.fixture
def person() -> Any:
    return make_candidate()


@pytest.fixture
def signed_in(db) -> SignedIn:
    return SignedIn(make_user())


class TestCreate:
    def test_writes_about_a_person_for_a_job(self, signed_in, person, schema):
        job = make_job()
        body = {"candidate": str(person.pk), "job": str(job.pk), "text": " Keen.\r\n"}

        answer = signed_in.post("/notes", body)

        assert answer.status_code == 201
        told = answer.json()
        assert (told["candidate"], told["job"]) == (str(person.pk), str(job.pk))
        assert (told["text"], told["author"]) == ("Keen.", str(signed_in.user.pk))
        assert told["edited_at"] is None
        assert version_in(answer) == 1
        path = answer["Location"].partition("/api/v1")[2]
        assert signed_in.get(path).json() == told
        assert Event.objects.latest("happened_at").kind == "note_written"
        assert_matches(schema, answer_of(schema, "/notes", "post", 201), told)

    def test_tells_who_is_mentioned(self, recruiter, person):
        colleague = make_user(name="Marta Lindqvist")
        body = {"candidate": str(person.pk), "text": "@Marta Lindqvist, see this."}

        told = recruiter.post("/notes", body).json()

        assert told["mentions"] == [str(colleague.pk)]
        assert told["author_name"] == "Nightly sync"

    def test_mentions_nobody_who_may_not_read_it(self, recruiter, person):
        make_user(Role.HIRING_MANAGER, name="Otto Bauer")

        answer = recruiter.post(
            "/notes", {"candidate": str(person.pk), "text": "@Otto Bauer"}
        )

        assert fields_in(answer) == ["text"]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"text": "x"}, "candidate"),
            ({"candidate": None, "job": None, "text": "x"}, "candidate"),
            ({"candidate": str(RANDOM), "text": "x"}, "candidate"),
            ({"job": str(RANDOM), "text": "x"}, "job"),
            ({"job": "R-1", "text": "x"}, "job"),
            ({"text": 5}, "text"),
            ({"text": "x", "author": str(RANDOM)}, "author"),
        ],
    )
    def test_refuses_what_is_about_nothing(self, recruiter, body, field):
        assert field in fields_in(recruiter.post("/notes", body))

    @pytest.mark.parametrize("text", ["", " \n", "x" * 10_001, "a\x00b", "\u200b"])
    def test_refuses_a_text(self, recruiter, person, text):
        body = {"candidate": str(person.pk), "text": text}

        assert fields_in(recruiter.post("/notes", body)) == ["text"]

    def test_is_about_nothing_that_is_hidden(self, recruiter, person):
        hidden = make_job(confidential=True)
        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        for about in ({"job": str(hidden.pk)}, {"candidate": str(person.pk)}):
            answer = recruiter.post("/notes", {**about, "text": "x"})
            (error,) = assert_problem(answer, 400)["errors"]
            assert error["code"] == "does_not_exist"
        assert not Note.objects.exists()

    def test_lets_a_hiring_manager_write_for_their_jobs_alone(self, person):
        manager = SignedIn(make_user(Role.HIRING_MANAGER))
        mine = make_application(make_job(hiring_manager=manager.user), person).job
        about = {"candidate": str(person.pk), "text": "Met her."}

        alone = manager.post("/notes", about)
        answer = manager.post("/notes", {**about, "job": str(mine.pk)})

        assert assert_problem(alone, 409)["errors"][0]["code"] == "hidden_from_author"
        assert answer.status_code == 201

    def test_needs_the_scope(self, person):
        caller = Caller(make_user(), [Scope.NOTES_READ])

        answer = caller.post("/notes", {"candidate": str(person.pk), "text": "x"})

        assert_problem(answer, 403)


class TestList:
    def test_holds_what_the_caller_may_read(self, recruiter, manager, person):
        job = make_job(hiring_manager=manager.user)
        make_application(job, person)
        private = noted(candidate=person)
        for_job = noted(candidate=person, job=job, at=LATER)
        noted(job=make_job(confidential=True))

        assert ids_in(recruiter.get("/notes")) == [str(for_job.pk), str(private.pk)]
        assert ids_in(manager.get("/notes")) == [str(for_job.pk)]

    def test_hides_confidential_jobs_without_the_scope(self, person):
        user = make_user()
        secret = make_job(confidential=True, recruiters=[user])
        noted(job=secret)
        note = noted(candidate=person, job=secret)
        without = Caller(user, [Scope.NOTES_READ, Scope.NOTES_WRITE])

        assert ids_in(without.get("/notes")) == []
        assert_problem(without.get(f"/notes/{note.pk}"), 404)
        assert_problem(without.patch(f"/notes/{note.pk}", {"text": "x"}), 404)
        assert len(ids_in(Caller(user).get("/notes"))) == 2

    def test_is_narrowed(self, signed_in, person):
        job = make_job()
        mine = signed_in.post("/notes", {"candidate": str(person.pk), "text": "x"})
        early, late = noted(job=job), noted(candidate=person, job=job, at=LATER)
        made = mine.json()["id"]

        assert ids_in(signed_in.get(f"/notes?author={signed_in.user.pk}")) == [made]
        by_job = ids_in(signed_in.get(f"/notes?job={job.pk}&order_by=written_at"))
        assert by_job == [str(early.pk), str(late.pk)]
        of_person = ids_in(signed_in.get(f"/notes?candidate={person.pk}"))
        assert of_person == [made, str(late.pk)]
        both = f"/notes?candidate={person.pk}&job={job.pk}"
        assert ids_in(signed_in.get(both)) == [str(late.pk)]
        since = ids_in(signed_in.get("/notes?updated_since=2026-05-05T00:00:00Z"))
        assert since == [made, str(late.pk)]
        for foreign in (f"candidate={RANDOM}", f"job={RANDOM}", f"author={RANDOM}"):
            assert ids_in(signed_in.get(f"/notes?{foreign}")) == []

    @pytest.mark.parametrize("notes", [1, 12])
    def test_asks_as_often_for_many_as_for_one(
        self, recruiter, notes, django_assert_num_queries
    ):
        job = make_job()
        hide_names(job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=NOW)
        for number in range(notes):
            applied = make_application(job)
            make_user(name=f"Reader {number}", email=f"reader{number}@example.net")
            noted(f"@reader{number}@example.net", candidate=applied.candidate, job=job)
        recruiter.get("/notes")

        with django_assert_num_queries(13):
            answer = recruiter.get("/notes")

        assert len(answer.json()["items"]) == notes


class TestOneNote:
    def path(self, author: User, person: Any) -> str:
        body = {"candidate": str(person.pk), "text": "First words."}
        told = SignedIn(author).post("/notes", body).json()
        return f"/notes/{told['id']}"

    def test_is_edited_by_its_author(self, signed_in, person):
        path = self.path(signed_in.user, person)

        answer = signed_in.patch(path, {"text": "Other words."}, if_match='"1"')

        told = answer.json()
        assert (told["text"], told["version"]) == ("Other words.", 2)
        assert [one["text"] for one in told["versions"]] == ["First words."]
        assert version_in(answer) == 2
        assert signed_in.get(path).json() == told

    def test_is_left_alone_by_an_equal_text(self, signed_in, person):
        path = self.path(signed_in.user, person)

        for body in ({"text": "First words."}, {}):
            assert signed_in.patch(path, body).json()["version"] == 1

    def test_is_not_written_over_unseen(self, signed_in, person):
        path = self.path(signed_in.user, person)
        signed_in.patch(path, {"text": "Other words."})

        assert_problem(signed_in.patch(path, {"text": "x"}, if_match='"1"'), 412)
        assert_problem(signed_in.delete(path, if_match='"1"'), 412)

    def test_is_not_edited_by_others(self, signed_in, recruiter, person):
        path = self.path(signed_in.user, person)

        for other in (SignedIn(make_user()), recruiter):
            for answer in (other.patch(path, {"text": "x"}), other.delete(path)):
                body = assert_problem(answer, 409)
                assert body["errors"][0]["code"] == "not_your_note"

    def test_is_deleted_by_its_author_and_by_administrators(self, signed_in, person):
        administrator = SignedIn(make_user(Role.ADMINISTRATOR))

        for deleting in (signed_in, administrator):
            path = self.path(signed_in.user, person)

            assert deleting.delete(path).status_code == 204
            assert_problem(deleting.get(path), 404)
            assert_problem(deleting.delete(path), 404)
        assert not Note.objects.exclude(text="").exists()

    def test_refuses_what_cannot_be_written(self, signed_in, person):
        path = self.path(signed_in.user, person)

        assert fields_in(signed_in.patch(path, {"job": None})) == ["job"]
        assert fields_in(signed_in.patch(path, {"text": ""})) == ["text"]


class TestOnBehalfOf:
    def test_makes_notes_that_their_author_edits(self, recruiter, person):
        author = make_user()
        body = {"candidate": str(person.pk), "text": "Keen."}
        named = {"on_behalf_of": str(author.pk)}

        told = recruiter.post("/notes", body, **named).json()
        path = f"/notes/{told['id']}"

        assert told["author"] == str(author.pk)
        assert recruiter.patch(path, {"text": "x"}, **named).status_code == 200
        assert_problem(recruiter.patch(path, {"text": "y"}), 409)
        assert SignedIn(author).delete(path).status_code == 204

    def test_shows_no_more_than_both_may_read(self, recruiter, person):
        manager = make_user(Role.HIRING_MANAGER)
        mine = make_job(hiring_manager=manager)
        secret = make_job(hiring_manager=manager, confidential=True)
        noted(candidate=person)
        noted(job=secret)
        shown = noted(job=mine)

        answer = recruiter.get("/notes", on_behalf_of=str(manager.pk))

        assert ids_in(answer) == [str(shown.pk)]


class TestContacts:
    def test_are_left_out_without_the_right_to_them(self, person):
        user = make_user()
        scopes = [Scope.NOTES_READ, Scope.NOTES_WRITE, Scope.CANDIDATES_READ]
        without = Caller(user, scopes)
        text = "Write to kim@example.org in May."
        body = {"candidate": str(person.pk), "text": text}
        path = f"/notes/{SignedIn(user).post('/notes', body).json()['id']}"

        told = without.get(path).json()["text"]
        named = {"on_behalf_of": str(user.pk)}
        kept = without.patch(path, {"text": told}, **named).json()

        assert "example.org" not in told
        assert kept["version"] == 1
        assert Note.objects.get().text == text
        assert Caller(user).get(path).json()["text"] == text


class TestBlindJob:
    @pytest.fixture
    def hidden(self) -> Any:
        job = make_job()
        hide_names(job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=NOW)
        person = make_candidate(given_name="Zoltana", family_name="Quxfield")
        return make_application(job, person)

    def test_names_nobody(self, recruiter, hidden):
        note = noted("Zoltana is keen.", candidate=hidden.candidate, job=hidden.job)
        handle = str(veil_of(hidden.job).id_of(hidden.candidate_id))

        for body in (
            recruiter.get(f"/notes/{note.pk}").json(),
            recruiter.get(f"/notes?job={hidden.job_id}").json()["items"][0],
        ):
            assert body["candidate"] == handle
            assert "Zoltana" not in body["text"]
            assert "is keen." in body["text"]

    def test_tells_nothing_beside_a_name(self, recruiter, hidden):
        note = noted(candidate=hidden.candidate, job=hidden.job)
        handle = veil_of(hidden.job).id_of(hidden.candidate_id)
        job = f"job={hidden.job_id}"

        assert ids_in(recruiter.get(f"/notes?candidate={hidden.candidate_id}")) == []
        named = recruiter.get(f"/notes?candidate={hidden.candidate_id}&{job}")
        assert ids_in(named) == []
        by_handle = recruiter.get(f"/notes?candidate={handle}&{job}")
        assert ids_in(by_handle) == [str(note.pk)]

    def test_takes_people_as_its_pages_call_them(self, recruiter, hidden):
        handle = str(veil_of(hidden.job).id_of(hidden.candidate_id))
        body = {"job": str(hidden.job_id), "text": "Zoltana writes well."}

        answer = recruiter.post("/notes", {**body, "candidate": handle})
        own = recruiter.post("/notes", {**body, "candidate": str(hidden.candidate_id)})
        random = recruiter.post("/notes", {**body, "candidate": str(RANDOM)})

        assert answer.status_code == 201
        assert answer.json()["candidate"] == handle
        assert "Zoltana" not in answer.json()["text"]
        assert Note.objects.get().candidate_id == hidden.candidate_id
        assert (
            assert_problem(own, 400)["errors"] == assert_problem(random, 400)["errors"]
        )
