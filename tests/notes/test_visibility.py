"""Who reads a note, asked of the notes and of the people: both must agree."""

from itertools import product

import pytest

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role
from recruit.applications.queries import events_visible_to
from recruit.notes.models import Note
from recruit.notes.operations import write_note
from recruit.notes.queries import colleagues_for, notes_holding
from tests.factories import NOW, make_application, make_candidate, make_job, make_user

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("tests")


class TestVisibleTo:
    def test_agrees_with_who_may_be_mentioned(self):
        users = [make_user(role) for role in Role for _one in range(2)]
        applicant, stranger = make_candidate(), make_candidate()
        jobs = [
            make_job(
                hiring_manager=users[-1], recruiters=[users[0]], confidential=secret
            )
            for secret in (False, True)
        ]
        for job in jobs:
            make_application(job, applicant)
        people, about_jobs = [applicant, stranger, None], [*jobs, None]
        readers = {}
        for person, about in set(product(people, about_jobs)) - {(None, None)}:
            note = write_note(
                text="Words",
                actor=SYSTEM,
                written_at=NOW,
                candidate_id=person.pk if person else None,
                job_id=about.pk if about else None,
            )
            colleagues = colleagues_for(candidate=person, job=about)
            readers[note.pk] = {one.user_id for one in colleagues if one.may_read}

        for user in users:
            seen = set(Note.objects.visible_to(user).values_list("pk", flat=True))

            assert seen == {pk for pk, ids in readers.items() if user.pk in ids}

    def test_hides_what_is_said_of_a_person_for_a_confidential_job(self):
        recruiter, named = make_user(), make_user()
        job = make_job(confidential=True, recruiters=[named])
        candidate = make_candidate()
        about = {"candidate_id": candidate.pk, "job_id": job.pk}
        note = write_note(text="Secret plan", actor=SYSTEM, written_at=NOW, **about)

        assert not Note.objects.visible_to(recruiter).exists()
        assert not notes_holding("plan", recruiter).exists()
        assert not events_visible_to(recruiter).filter(kind="note_written").exists()
        assert list(notes_holding("plan", named)) == [note]


class TestHolding:
    @pytest.mark.parametrize("words", ["negotiating", '"salary of 90"', "c++ SALÁRY"])
    def test_finds_words_as_the_search_of_people_does(self, words):
        text = "Knows C++. Negotiated a salary of 90 thousand."
        candidate_id = make_candidate().pk
        write_note(text=text, actor=SYSTEM, written_at=NOW, candidate_id=candidate_id)

        assert notes_holding(words, None).count() == 1
        assert not notes_holding("welding", None).exists()
