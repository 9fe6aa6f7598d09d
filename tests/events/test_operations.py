import pytest
from django.db import transaction

from recruit.events import wakeup
from recruit.events.choices import Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.events.operations import record
from tests.factories import ACTOR, NOW, make_candidate, make_job


@pytest.fixture
def wakes():
    before = wakeup._wake.get(Reader.INDEXING)
    woken = []
    wakeup.wake_with(Reader.INDEXING, lambda: woken.append(Reader.INDEXING))
    yield woken
    if before is None:
        del wakeup._wake[Reader.INDEXING]
    else:
        wakeup.wake_with(Reader.INDEXING, before)


@pytest.mark.django_db
class TestRecord:
    def test_leaves_a_pending_row_for_each_reader_that_listens(self):
        event = record(Happened.JOB_CHANGED, actor=ACTOR, happened_at=NOW)

        pending = PendingEvent.objects.filter(event=event)
        readers = set(pending.values_list("reader", flat=True))
        assert readers == {Reader.INDEXING, Reader.WEBHOOKS}

    def test_leaves_none_where_nobody_listens(self):
        event = record(Happened.SKILLS_KEPT_APART, actor=ACTOR, happened_at=NOW)

        assert not PendingEvent.objects.filter(event=event).exists()

    def test_wakes_the_reader_after_the_commit_only(
        self, wakes, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            record(Happened.JOB_CHANGED, actor=ACTOR, happened_at=NOW)
            before_commit = list(wakes)

        assert before_commit == []
        assert wakes == [Reader.INDEXING]


@pytest.mark.django_db
class TestAbout:
    def test_finds_what_a_person_and_a_job_took_part_in(self):
        candidate, job = make_candidate(), make_job()

        kinds = Event.objects.about_candidate(candidate.pk).values_list("kind")

        assert list(kinds) == [(Happened.CANDIDATE_CREATED,)]
        assert Event.objects.about_job(job.pk).get().kind == Happened.JOB_CREATED


class TestRolledBack:
    @pytest.mark.django_db(transaction=True)
    def test_leaves_neither_event_nor_wake_up(self, wakes):
        def fail_after_recording():
            with transaction.atomic():
                record(Happened.JOB_CHANGED, actor=ACTOR, happened_at=NOW)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail_after_recording()

        assert not Event.objects.exists()
        assert wakes == []


@pytest.mark.django_db(transaction=True)
class TestWakeUpThatFails:
    def test_is_logged_and_fails_nothing(self, wakes, caplog):
        def fail() -> None:
            raise RuntimeError("no connection")

        wakeup.wake_with(Reader.INDEXING, fail)

        job = make_job()
        with transaction.atomic():
            record(Happened.JOB_CHANGED, actor=ACTOR, happened_at=NOW, job_ids=[job.pk])

        assert Event.objects.filter(kind=Happened.JOB_CHANGED).exists()
        assert "no connection" in caplog.text
