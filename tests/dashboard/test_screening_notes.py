"""Notes that are written while screening."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from recruit.notes.models import Note
from recruit.notes.operations import write_note
from recruit.notes.queries import mentions_of
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def job(db: None) -> Job:
    return make_job("Pruning", requisition_code="GRD-1")


@pytest.fixture
def person(db: None) -> Candidate:
    return make_candidate("Pruning", "Roses", given_name="Zoltana")


def started(user: User, job: Job, *people: Candidate) -> str:
    screening = start_screening(
        job_id=job.pk,
        user=user,
        screened=Screened.RANKED,
        candidate_ids=[person.pk for person in people],
        started_at=NOW,
    )
    return f"/jobs/GRD-1/screening/{screening.pk}/"


def note(person: Candidate, text: str = "Call her.", **said: str) -> dict[str, str]:
    sent = {"candidate": str(person.pk), "new_id": str(uuid4()), "at": "1"}
    return sent | {"text": text} | said


def hide(job: Job) -> None:
    hide_names(job_id=job.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW)


class TestNoteWhileScreening:
    def test_is_about_the_job_and_the_person_and_stands_on_their_page(
        self, recruiting: Client, recruiter, job, person
    ):
        address = started(recruiter, job, person)

        answer = recruiting.post(f"{address}note/", note(person), follow=True)

        written = Note.objects.get()
        assert (written.job, written.candidate) == (job, person)
        assert answer.redirect_chain[-1][0] == f"{address}?at=1"
        assert "Call her." in answer.content.decode()

    def test_sent_twice_by_a_script_is_one(
        self, recruiting: Client, recruiter, job, person
    ):
        address, sent = started(recruiter, job, person), note(person)

        answers = [
            recruiting.post(f"{address}note/", sent, headers=SCRIPT) for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert Note.objects.count() == 1

    def test_tells_a_colleague(self, recruiting: Client, recruiter, job, person):
        marta = make_user(name="Marta Lind")

        recruiting.post(
            f"{started(recruiter, job, person)}note/", note(person, "@Marta Lind, see?")
        )

        assert mentions_of(marta).count() == 1

    def test_tells_of_a_mention_that_reaches_nobody(
        self, recruiting: Client, recruiter, job, person
    ):
        address = f"{started(recruiter, job, person)}note/"

        script = recruiting.post(address, note(person, "@Nobody"), headers=SCRIPT)
        page = recruiting.post(address, note(person, "@Nobody"), follow=True)

        assert "“@Nobody” reaches nobody" in script.json()["warnings"][0]
        assert "“@Nobody” reaches nobody" in page.content.decode()

    def test_keeps_what_was_typed_where_it_is_refused(
        self, recruiting: Client, recruiter, job, person
    ):
        make_user(name="Kim One")
        make_user(name="Kim Two")
        address = f"{started(recruiter, job, person)}note/"
        sent = note(person, "Ask @Kim about it.")

        page = recruiting.post(address, sent)
        script = recruiting.post(address, sent, headers=SCRIPT)

        assert page.status_code == script.status_code == 422
        assert "Ask @Kim about it.</textarea>" in page.content.decode()
        assert "more than one colleague" in script.json()["refused"]

    def test_refuses_what_makes_no_sense(
        self, recruiting: Client, recruiter, job, person
    ):
        address = f"{started(recruiter, job, person)}note/"
        senseless = [
            ({"text": ""}, 422),
            ({"text": "x" * 10_001}, 422),
            ({"new_id": "x"}, 400),
            ({"candidate": "x"}, 400),
            ({"candidate": str(uuid4())}, 409),
        ]

        for said, status in senseless:
            answer = recruiting.post(address, note(person) | said, headers=SCRIPT)

            assert (answer.status_code, Note.objects.count()) == (status, 0)
            assert answer.json()["refused"]

    def test_of_an_erased_person_is_refused(
        self, recruiting: Client, recruiter, job, person
    ):
        address = started(recruiter, job, person)
        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=LATER)

        answer = recruiting.post(f"{address}note/", note(person), headers=SCRIPT)

        assert answer.status_code == 422
        assert "no longer here" in answer.json()["refused"]

    def test_belongs_to_a_screening_of_ones_own(self, recruiting: Client, job, person):
        address = started(make_user(), job, person)

        assert recruiting.post(f"{address}note/", note(person)).status_code == 404

    def test_asks_as_often_for_many_notes(
        self, recruiting: Client, recruiter, job, person
    ):
        address = started(recruiter, job, person)
        recruiting.post(f"{address}note/", note(person))
        few = count_queries(recruiting, address)
        for number in range(5):
            recruiting.post(f"{address}note/", note(person, f"Note {number}"))

        assert count_queries(recruiting, address) == few


class TestNoteOnAnUnnamedPerson:
    def test_is_written_by_what_stands_on_the_page(
        self, recruiting: Client, recruiter, job, person
    ):
        hide(job)
        address = started(recruiter, job, person)
        page = recruiting.get(address).content.decode()
        handle = re.search(r'name="candidate" value="([^"]+)"', page)
        assert handle is not None

        sent = note(person, candidate=handle[1], text="Zoltana is keen.")
        answer = recruiting.post(f"{address}note/", sent, follow=True)

        assert Note.objects.get().candidate == person
        shown = answer.content.decode()
        assert "is keen." in shown
        assert "Zoltana" not in page + shown
        assert str(person.pk) not in page + shown

    def test_is_refused_for_the_own_id(
        self, recruiting: Client, recruiter, job, person
    ):
        hide(job)

        answer = recruiting.post(
            f"{started(recruiter, job, person)}note/", note(person), headers=SCRIPT
        )

        assert answer.status_code == 409

    def test_stands_there_without_notes_of_elsewhere(
        self, recruiting: Client, recruiter, job, person
    ):
        about = {"candidate_id": person.pk, "actor": ACTOR, "written_at": NOW}
        write_note(text="Known to us for years.", **about)
        write_note(text="Fits here.", job_id=job.pk, **about)
        address = started(recruiter, job, person)
        named = recruiting.get(address).content.decode()
        hide(job)

        hidden = recruiting.get(address).content.decode()

        assert "Known to us for years." in named
        assert "Known to us for years." not in hidden
        assert "Fits here." in hidden

    def test_has_a_page_that_does_not_tell_the_id(
        self, recruiting: Client, recruiter, job, person
    ):
        hide(job)
        address, handle = started(recruiter, job, person), veil_of(job).id_of(person.pk)
        recruiting.post(f"{address}note/", note(person, candidate=str(handle)))

        page = recruiting.get(f"/notes/{Note.objects.get().pk}/").content.decode()

        assert str(person.pk) not in page

    def test_is_suggested_the_colleagues_who_may_read_it(
        self, recruiting: Client, recruiter, job, person
    ):
        make_user(name="Marta Lind")
        hide(job)
        handle = veil_of(job).id_of(person.pk)

        def asked(who: object) -> list[str]:
            about = {"q": "mar", "job": str(job.pk), "candidate": str(who)}
            names: list[str] = recruiting.get("/colleagues/suggest/", about).json()[
                "names"
            ]
            return names

        assert asked(handle) == ["Marta Lind"]
        assert asked(person.pk) == []
