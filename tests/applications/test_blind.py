from datetime import date

import pytest

from recruit.applications.blind import (
    blindness_of,
    blindness_of_jobs,
    jobs_hiding,
    known_by_name,
)
from recruit.applications.blinding import (
    BlindReviewEnforced,
    hide_names,
    set_blind_policy,
    show_names,
)
from recruit.applications.choices import Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, hire
from recruit.applications.stages import NotAStageOfThisJob
from recruit.applications.veil import veil_of
from recruit.candidates.inputs import EducationInput, ExperienceInput
from recruit.candidates.models import Candidate
from recruit.events.models import Event
from recruit.jobs.models import Job
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
)

pytestmark = pytest.mark.django_db


def hide(job: Job, until: str = Stage.INTERVIEW) -> None:
    hide_names(job_id=job.pk, reveal_stage=until, actor=ACTOR, changed_at=NOW)


def enforce(kind: Stage = Stage.INTERVIEW, *, is_enforced: bool = True) -> None:
    set_blind_policy(
        is_enforced=is_enforced, reveal_kind=kind, actor=ACTOR, changed_at=NOW
    )


def move(application: Application, stage: Stage) -> Application:
    return advance(
        application_id=application.pk, to_stage=stage, actor=ACTOR, moved_at=LATER
    )


def loaded(person: Candidate) -> Candidate:
    return Candidate.objects.with_profile().get(pk=person.pk)


class TestHideNames:
    def test_hides_until_a_stage_and_says_so_in_the_log(self):
        job = make_job()

        hide(job)

        blindness = blindness_of(job)
        assert blindness is not None
        assert blindness.codes == (Stage.INTERVIEW, Stage.OFFER)
        assert Event.objects.filter(kind="names_hidden", job_ids=[job.pk]).exists()

    def test_knows_no_stage_that_the_job_does_not_have(self):
        with pytest.raises(NotAStageOfThisJob):
            hide(make_job(), until="party")

    def test_can_be_taken_back(self):
        job = make_job()
        hide(job)

        show_names(job_id=job.pk, actor=ACTOR, changed_at=LATER)

        assert blindness_of(job) is None

    def test_hides_nothing_of_other_jobs(self):
        job, other = make_job(), make_job()

        hide(job)

        assert set(blindness_of_jobs()) == {job.pk}
        assert blindness_of(other) is None


class TestBlindPolicy:
    def test_lets_every_job_hide_names(self):
        job = make_job()

        enforce()

        blindness = blindness_of(job)
        assert blindness is not None
        assert blindness.is_enforced
        assert blindness.known_from.code == Stage.INTERVIEW

    def test_refuses_names_that_are_shown_earlier(self):
        job = make_job()
        enforce()

        with pytest.raises(BlindReviewEnforced, match="Interview"):
            hide(job, until=Stage.SCREENING)
        with pytest.raises(BlindReviewEnforced):
            show_names(job_id=job.pk, actor=ACTOR, changed_at=NOW)

    def test_counts_where_a_job_had_chosen_an_earlier_stage(self):
        job = make_job()
        hide(job, until=Stage.SCREENING)

        enforce(Stage.OFFER)

        blindness = blindness_of(job)
        assert blindness is not None
        assert blindness.codes == (Stage.OFFER,)

    def test_leaves_jobs_their_choice_once_it_is_lifted(self):
        job, other = make_job(), make_job()
        hide(job, until=Stage.OFFER)
        enforce()

        enforce(is_enforced=False)

        blindness = blindness_of(job)
        assert blindness is not None
        assert blindness.codes == (Stage.OFFER,)
        assert blindness_of(other) is None


class TestKnownByName:
    def test_leaves_out_who_has_not_come_far_enough(self):
        job = make_job()
        hide(job)
        near, far = make_application(job), make_application(job)
        elsewhere = make_application()
        move(far, Stage.INTERVIEW)

        known = set(known_by_name(Application.objects.all()))

        assert known == {far, elsewhere}
        assert jobs_hiding(near.candidate_id) == [job.pk]
        assert jobs_hiding(far.candidate_id) == []

    def test_keeps_everybody_on_the_pages_of_the_job(self):
        job = make_job()
        hide(job)
        application = make_application(job)

        known = known_by_name(Application.objects.all(), besides=job.pk)

        assert list(known) == [application]

    def test_keeps_who_was_hired(self):
        job = make_job()
        application = move(make_application(job), Stage.OFFER)
        hire(application_id=application.pk, actor=ACTOR, moved_at=LATER)
        hide(job, until=Stage.OFFER)

        assert list(known_by_name(Application.objects.all())) == [application]

    def test_forgets_names_of_who_is_moved_back(self):
        job = make_job()
        hide(job)
        application = move(make_application(job), Stage.INTERVIEW)

        move(application, Stage.SCREENING)

        assert not known_by_name(Application.objects.all()).exists()


class TestVeil:
    def test_leaves_people_as_they_are_where_nothing_is_hidden(self):
        person = make_candidate()

        veil = veil_of(make_job())

        assert veil.people([person]) == {person.pk: person}
        assert veil.one_behind(person.pk) == person.pk

    def test_copies_the_work_and_nothing_of_the_person(self):
        job = make_job()
        hide(job)
        person = make_candidate(
            "Pruning",
            given_name="Ada",
            family_name="Byron",
            emails=["ada@example.org"],
            phones=["+31612345678"],
            links=["https://example.org/ada"],
            external_id="hr-77",
            headline="Gardener Ada",
            place="Utrecht",
            education=[
                EducationInput(
                    qualification="BSc",
                    institution="Wageningen University",
                    started_in=1987,
                    ended_in=1991,
                )
            ],
            experience=[
                ExperienceInput(
                    title="Gardener",
                    organisation="City parks",
                    started_on=date(1991, 9, 1),
                    ended_on=date(1994, 8, 31),
                )
            ],
        )

        copy = veil_of(job).copy_of(loaded(person))

        assert copy.name.startswith("Candidate ")
        assert copy.pk != person.pk
        assert (copy.emails, copy.phones, copy.links) == ([], [], [])
        assert copy.external_id == ""
        assert copy.headline == "Gardener"
        assert copy.place == "Utrecht"
        assert [held.skill.name for held in copy.skills.all()] == ["Pruning"]
        (study,) = copy.education.all()
        assert (study.qualification, study.institution) == ("BSc", "")
        assert (study.started_in, study.ended_in) == (None, None)
        (work,) = copy.experience.all()
        assert (work.organisation, work.lasted) == ("City parks", "3 years")
        assert (work.started_on, work.ended_on) == (None, None)
        assert list(copy.documents.all()) == []

    def test_calls_somebody_the_same_each_time(self):
        job = make_job()
        hide(job)
        person = make_candidate()

        names = {veil_of(job).copy_of(loaded(person)).name for _time in range(3)}

        assert len(names) == 1

    def test_finds_the_hidden_by_their_handle_alone_and_the_known_by_their_own_id(self):
        job = make_job()
        hide(job)
        hidden, known = make_application(job), make_application(job)
        move(known, Stage.INTERVIEW)
        veil = veil_of(job)

        handle = veil.id_of(hidden.candidate_id)

        assert veil.one_behind(handle) == hidden.candidate_id
        assert veil.one_behind(hidden.candidate_id) is None
        assert veil.one_behind(known.candidate_id) == known.candidate_id
