import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruit.applications.applying import Applied, apply_all
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.applications.moving import JobClosed
from recruit.applications.operations import reject
from recruit.candidates.operations import erase_candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from recruit.jobs.operations import change_status
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)

pytestmark = pytest.mark.django_db


def applied(job, *people) -> Applied:
    ids = [person.pk for person in people]
    return apply_all(job_id=job.pk, candidate_ids=ids, actor=ACTOR, applied_at=LATER)


class TestApplyAll:
    def test_adds_who_is_not_there_and_records_one_event(self):
        job, known = make_job(), make_candidate()
        make_application(job, known)
        first, second = make_candidate(), make_candidate()

        added = list(applied(job, known, first, second, first).added)

        assert added == sorted([first.pk, second.pk])
        assert Application.objects.filter(job=job).active().count() == 3
        told = Event.objects.about_job(job.pk).filter(kind=Happened.APPLIED)
        assert [event.candidate_ids for event in told.newest_first()] == [
            added,
            [known.pk],
        ]

    def test_passes_over_the_erased_and_records_nothing_for_nobody(self):
        job, gone = make_job(), make_candidate()
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=NOW)

        assert applied(job, gone) == Applied((), {gone.pk: "no longer here"})
        assert not Event.objects.filter(kind=Happened.APPLIED).exists()

    def test_says_of_each_who_was_refused_why(self):
        job, rejected, waiting = make_job(), make_candidate(), make_candidate()
        reject(
            application_id=make_application(job, rejected).pk,
            reason=reason_for(Outcome.REJECTED),
            actor=ACTOR,
            moved_at=LATER,
        )
        make_application(job, waiting)

        assert applied(job, waiting, make_candidate(), rejected).refused == {
            waiting.pk: "in the pipeline already: Applied",
            rejected.pk: "in the pipeline already: Rejected",
        }

    def test_asks_as_often_for_many_people(self):
        job = make_job()

        def queries(people) -> int:
            with CaptureQueriesContext(connection) as asked:
                applied(job, *people)
            return len(asked)

        few = queries([make_candidate() for _ in range(2)])

        assert queries([make_candidate() for _ in range(50)]) == few

    def test_refuses_a_closed_job(self):
        job = make_job()
        change_status(
            job_id=job.pk, to_status=JobStatus.CLOSED, actor=ACTOR, changed_at=NOW
        )

        with pytest.raises(JobClosed):
            applied(job, make_candidate())
