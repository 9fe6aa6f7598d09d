import pytest

from recruit.accounts.choices import Role
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, withdraw
from recruit.applications.queries import (
    candidate_ids_in_pipeline,
    candidates_visible_to,
    earlier_contacts,
    events_visible_to,
    stage_counts,
)
from recruit.candidates.operations import erase_candidate
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)

pytestmark = pytest.mark.django_db


class TestCandidatesVisibleTo:
    def test_shows_recruiters_everybody_but_the_erased(self):
        kept, erased = make_candidate(), make_candidate()
        erase_candidate(candidate_id=erased.pk, actor=ACTOR, erased_at=NOW)

        assert list(candidates_visible_to(make_user())) == [kept]
        assert list(candidates_visible_to(None)) == [kept]

    def test_shows_a_hiring_manager_who_applied_for_their_jobs(self):
        manager = make_user(Role.HIRING_MANAGER)
        own, foreign = make_candidate(), make_candidate()
        make_application(make_job(hiring_manager=manager), own)
        make_application(make_job(), foreign)

        assert list(candidates_visible_to(manager)) == [own]


class TestApplicationsVisibleTo:
    def test_hides_those_on_confidential_jobs(self):
        make_application(make_job(confidential=True))
        plain = make_application()

        assert list(Application.objects.visible_to(make_user())) == [plain]


class TestCandidateIdsInPipeline:
    def test_names_who_was_ever_in_it(self):
        application = make_application()
        make_application()

        ids = candidate_ids_in_pipeline(application.job_id)

        assert ids == [application.candidate_id]


class TestStageCounts:
    def test_counts_active_applications_by_stage(self):
        job, empty = make_job(), make_job()
        make_application(job)
        make_application(job)

        assert stage_counts([job.pk, empty.pk]) == {
            job.pk: {"applied": 2},
            empty.pk: {},
        }


class TestEventsVisibleTo:
    def jobs_told(self, candidate, viewer):
        events = events_visible_to(viewer).about_candidate(candidate.pk)
        return [job for event in events.newest_first() for job in event.job_ids]

    def test_is_silent_about_jobs_the_reader_may_not_see(self):
        candidate = make_candidate()
        secret, plain = make_job(confidential=True), make_job()
        make_application(secret, candidate)
        make_application(plain, candidate)

        assert self.jobs_told(candidate, make_user()) == [plain.pk]

    def test_tells_a_hiring_manager_of_their_own_jobs(self):
        manager = make_user(Role.HIRING_MANAGER)
        candidate, own = make_candidate(), make_job(hiring_manager=manager)
        make_application(own, candidate)
        make_application(make_job(), candidate)

        assert self.jobs_told(candidate, manager) == [own.pk]

    def test_tells_the_system_everything_newest_first(self):
        candidate = make_candidate()
        make_application(make_job(confidential=True), candidate)

        told = events_visible_to(None).about_candidate(candidate.pk).newest_first()

        kinds = [event.kind for event in told]
        assert kinds == ["applied", "candidate_created"]


class TestEarlierContacts:
    def test_tells_stage_reason_and_date_newest_first(self):
        person, stranger = make_candidate(), make_candidate()
        first = make_application(make_job(requisition_code="REQ-A"), person)
        second = make_application(make_job(requisition_code="REQ-B"), person)
        reason = reason_for(Outcome.WITHDRAWN)
        advance(
            application_id=second.pk,
            to_stage=Stage.INTERVIEW,
            actor=ACTOR,
            moved_at=NOW,
        )
        withdraw(application_id=second.pk, reason=reason, actor=ACTOR, moved_at=LATER)

        told = earlier_contacts([person.pk, stranger.pk], None)

        newest, oldest = told[person.pk]
        assert told[stranger.pk] == ()
        assert (newest.requisition_code, newest.stage, newest.outcome) == (
            "REQ-B",
            Stage.INTERVIEW,
            Outcome.WITHDRAWN,
        )
        assert (newest.reason, newest.at) == (reason.label, LATER)
        assert (oldest.application_id, oldest.is_active) == (first.pk, True)

    def test_is_silent_about_jobs_the_viewer_may_not_see(self):
        person = make_candidate()
        make_application(make_job(confidential=True), person)
        make_application(make_job(), person)
        manager = make_user(Role.HIRING_MANAGER)

        assert len(earlier_contacts([person.pk], make_user())[person.pk]) == 1
        assert earlier_contacts([person.pk], manager)[person.pk] == ()

    def test_leaves_out_the_job_being_looked_at(self):
        person, job = make_candidate(), make_job()
        make_application(job, person)

        assert earlier_contacts([person.pk], None, other_than=job.pk) == {person.pk: ()}

    def test_asks_equally_often_for_everybody(self, django_assert_num_queries):
        people = [make_application().candidate_id for _number in range(4)]

        with django_assert_num_queries(2):
            earlier_contacts(people, None)
