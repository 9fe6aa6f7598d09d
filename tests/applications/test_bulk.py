from uuid import uuid4

import pytest

from recruit.applications.bulk import (
    MovedMeanwhile,
    NothingLeftToUndo,
    NotOfThisJob,
    advance_all,
    reject_all,
    undo_batch,
)
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, StageTransition
from recruit.applications.moving import ReasonDoesNotFit
from recruit.applications.operations import advance, undo_last_transition
from recruit.events.choices import Happened
from recruit.events.models import Event
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


@pytest.fixture
def job():
    return make_job()


@pytest.fixture
def people(job):
    return [make_application(job, make_candidate()) for _number in range(4)]


def seen(people):
    return {one.pk: one.version for one in people}


def said(job, **more):
    return {"job_id": job.pk, "actor": ACTOR, "moved_at": LATER, **more}


def stages(job):
    return set(job.applications.values_list("stage", "outcome", "version"))


def move_one(application, to_stage=Stage.OFFER):
    advance(
        application_id=application.pk, to_stage=to_stage, actor=ACTOR, moved_at=LATER
    )


class TestAdvanceAll:
    def test_moves_all_with_a_transition_each(self, job, people):
        batch = advance_all(seen=seen(people), to_stage=Stage.INTERVIEW, **said(job))

        assert stages(job) == {("interview", "active", 2)}
        assert set(batch.application_ids) == {one.pk for one in people}
        written = StageTransition.objects.filter(batch_id=batch.batch_id)
        assert {(one.from_stage, one.to_stage, one.sequence) for one in written} == {
            ("applied", "interview", 1)
        }
        assert {one.left_stage_entered_at for one in written} == {NOW}

    def test_is_one_event_about_all(self, job, people):
        advance_all(seen=seen(people), to_stage=Stage.INTERVIEW, **said(job))

        event = Event.objects.get(kind=Happened.STAGE_CHANGED)
        assert set(event.candidate_ids) == {one.candidate_id for one in people}
        assert event.details["to"] == "interview"

    def test_moves_nobody_where_one_was_moved_meanwhile(self, job, people):
        shown = seen(people)
        move_one(people[2])

        with pytest.raises(MovedMeanwhile) as refused:
            advance_all(seen=shown, to_stage=Stage.SCREENING, **said(job))

        assert refused.value.conflicts == (people[2],)
        assert stages(job) == {("applied", "active", 1), ("offer", "active", 2)}
        assert Event.objects.filter(kind=Happened.STAGE_CHANGED).count() == 1

    def test_leaves_who_stands_there_and_writes_nothing_for_them(self, job, people):
        move_one(people[0], Stage.SCREENING)
        people[0].refresh_from_db()

        batch = advance_all(seen=seen(people), to_stage=Stage.SCREENING, **said(job))

        assert (len(batch.application_ids), batch.unmoved) == (3, 1)
        assert people[0].transitions.count() == 1

    def test_records_nothing_where_nobody_moves(self, job, people):
        advance_all(seen=seen(people), to_stage=Stage.APPLIED, **said(job))

        assert not Event.objects.filter(kind=Happened.STAGE_CHANGED).exists()

    def test_refuses_who_is_not_of_the_job(self, job, people):
        other = make_application()

        with pytest.raises(NotOfThisJob):
            advance_all(seen=seen([*people, other]), to_stage=Stage.OFFER, **said(job))
        with pytest.raises(NotOfThisJob):
            advance_all(seen={uuid4(): 1}, to_stage=Stage.OFFER, **said(job))

        assert stages(job) == {("applied", "active", 1)}

    def test_asks_equally_often_for_many(self, job, django_assert_max_num_queries):
        many = [make_application(job, make_candidate()) for _number in range(60)]

        with django_assert_max_num_queries(11):
            advance_all(seen=seen(many), to_stage=Stage.OFFER, **said(job))


class TestRejectAll:
    def test_ends_all_for_the_same_reason(self, job, people):
        reason = reason_for(Outcome.REJECTED)

        reject_all(seen=seen(people), reason=reason, **said(job))

        assert stages(job) == {("applied", "rejected", 2)}
        assert {one.disposition_reason for one in job.applications.all()} == {reason}
        assert Event.objects.filter(kind=Happened.REJECTED).count() == 1

    def test_refuses_a_reason_of_another_outcome(self, job, people):
        reason = reason_for(Outcome.WITHDRAWN)

        with pytest.raises(ReasonDoesNotFit):
            reject_all(seen=seen(people), reason=reason, **said(job))

        assert stages(job) == {("applied", "active", 1)}

    def test_rejects_nobody_twice(self, job, people):
        reason = reason_for(Outcome.REJECTED)
        reject_all(seen=seen(people), reason=reason, **said(job))
        ended = list(Application.objects.filter(job=job))

        with pytest.raises(MovedMeanwhile):
            reject_all(seen=seen(ended), reason=reason, **said(job))


class TestUndoBatch:
    def test_puts_all_back_and_since_when(self, job, people):
        reason = reason_for(Outcome.REJECTED)
        batch = reject_all(seen=seen(people), reason=reason, **said(job))

        undo_batch(batch_id=batch.batch_id, **said(job))

        assert stages(job) == {("applied", "active", 3)}
        assert {one.stage_changed_at for one in job.applications.all()} == {NOW}
        event = Event.objects.get(kind=Happened.TRANSITION_UNDONE)
        assert len(event.candidate_ids) == 4

    def test_puts_each_back_where_they_came_from(self, job, people):
        move_one(people[0], Stage.INTERVIEW)
        people[0].refresh_from_db()
        batch = advance_all(seen=seen(people), to_stage=Stage.OFFER, **said(job))

        undo_batch(batch_id=batch.batch_id, **said(job))

        assert {stage for stage, _outcome, _version in stages(job)} == {
            "applied",
            "interview",
        }

    def test_takes_nothing_back_where_one_was_moved_on(self, job, people):
        batch = advance_all(seen=seen(people), to_stage=Stage.SCREENING, **said(job))
        move_one(people[1])

        with pytest.raises(MovedMeanwhile) as refused:
            undo_batch(batch_id=batch.batch_id, **said(job))

        assert refused.value.conflicts == (people[1],)
        assert stages(job) == {("screening", "active", 2), ("offer", "active", 3)}

    def test_takes_back_the_others(self, job, people):
        batch = advance_all(seen=seen(people), to_stage=Stage.SCREENING, **said(job))
        move_one(people[1])

        undo_batch(batch_id=batch.batch_id, leaving_out=[people[1].pk], **said(job))

        assert stages(job) == {("applied", "active", 3), ("offer", "active", 3)}

    def test_takes_back_once_and_not_what_was_taken_back_alone(self, job, people):
        batch = advance_all(
            seen=seen(people[:1]), to_stage=Stage.SCREENING, **said(job)
        )
        undo_last_transition(application_id=people[0].pk, actor=ACTOR, moved_at=LATER)

        with pytest.raises(NothingLeftToUndo):
            undo_batch(batch_id=batch.batch_id, **said(job))

    def test_knows_no_batch_of_another_job(self, job, people):
        batch = advance_all(seen=seen(people), to_stage=Stage.OFFER, **said(job))

        with pytest.raises(NothingLeftToUndo):
            undo_batch(batch_id=batch.batch_id, **said(make_job()))
