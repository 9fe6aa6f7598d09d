"""When matching works: events to search rows and tasks, tasks to rows."""

from typing import Any, cast

import pytest
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job as QueuedTask

from matching import pending, queue, tasks
from matching.conf import encoder_settings
from matching.models import (
    CandidateEmbedding,
    CandidateSearch,
    JobEmbedding,
    ParkedProfile,
)
from matching.pending import read_pending
from recruit.candidates.inputs import ProfileInput
from recruit.candidates.operations import erase_candidate, update_candidate
from recruit.events.choices import Reader
from recruit.events.models import PendingEvent
from recruit.skills.editing import set_labels
from recruit.skills.models import Skill
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_queue(db):
    """Begin without what other tests have queued."""
    _forget_tasks()


def _forget_tasks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def queued(name: str = queue.INDEX) -> list[Any]:
    """Return the arguments of the tasks that wait, in the order of their turn."""
    rows = ProcrastinateJob.objects.filter(task_name=name, status="todo")
    return [row.args for row in rows.order_by("-priority", "id")]


class Context:
    """What the worker tells a task of itself."""

    def __init__(self, attempts: int) -> None:
        self.job = QueuedTask(
            queue="default",
            lock=None,
            queueing_lock=None,
            task_name=queue.INDEX,
            attempts=attempts,
        )


def run_index(*ids, kind="candidates", attempts=0) -> None:
    context = cast("JobContext", Context(attempts))
    tasks.index(context, kind=kind, ids=[str(one) for one in ids])


class TestReadPending:
    def test_writes_the_search_row_and_queues_the_encoding(self):
        candidate = make_candidate("Welding")

        read_pending()

        assert CandidateSearch.objects.get().candidate_id == candidate.pk
        assert {
            "kind": "candidates",
            "ids": [str(candidate.pk)],
        } in queued()
        assert not PendingEvent.objects.of(Reader.INDEXING).exists()

    def test_puts_jobs_before_candidates(self):
        make_candidate()
        make_job()

        read_pending()

        assert [task["kind"] for task in queued()] == ["jobs", "candidates"]

    def test_refreshes_the_search_row_of_an_edit_that_needs_no_encoder(self):
        candidate = make_candidate("Welding", country="DE")
        read_pending()
        update_candidate(
            candidate_id=candidate.pk,
            profile=ProfileInput(fields={"country": "AT"}),
            actor=ACTOR,
            changed_at=LATER,
        )

        read_pending()

        assert CandidateSearch.objects.get().country == "AT"

    def test_deletes_the_search_row_of_an_erased_person_at_once(self):
        candidate = make_candidate("Welding")
        read_pending()
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)

        read_pending()

        assert not CandidateSearch.objects.exists()

    def test_cuts_a_bulk_event_into_tasks(self, monkeypatch):
        monkeypatch.setattr(pending, "ROWS_AT_ONCE", 2)
        monkeypatch.setattr(queue, "ROWS_IN_A_TASK", 2)
        for _ in range(5):
            make_candidate()

        read_pending()

        assert [len(task["ids"]) for task in queued()] == [2, 2, 1]
        assert len(queued(queue.REFRESH_SEARCH_ROWS)) == 1

    def test_queues_who_holds_or_requires_a_renamed_skill(self):
        candidate, job = make_candidate("Welding"), make_job("Welding")
        read_pending()
        _forget_tasks()
        set_labels(
            skill_id=Skill.objects.get().pk,
            name="Arc welding",
            aliases=["Welding"],
            actor=ACTOR,
            changed_at=LATER,
        )

        read_pending()

        ids = {one for task in queued() for one in task["ids"]}
        assert {str(candidate.pk), str(job.pk)} <= ids

    def test_leaves_vectors_alone_when_somebody_applies(self):
        application = make_application()
        read_pending()
        _forget_tasks()
        make_application(job=application.job)
        PendingEvent.objects.exclude(event__kind="applied").delete()

        read_pending()

        assert queued() == []


class TestWakeUp:
    def test_queues_the_reading_once(self):
        tasks.wake_indexing()
        tasks.wake_indexing()

        assert len(queued(queue.READ_PENDING_EVENTS)) == 1

    def test_follows_a_commit(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            make_candidate("Welding")

        assert len(queued(queue.READ_PENDING_EVENTS)) == 1


class TestIndexTask:
    def test_encodes_and_reads_what_happened_meanwhile(self):
        candidate, other = make_candidate("Welding"), make_candidate("Steel")

        run_index(candidate.pk)

        assert CandidateEmbedding.objects.get().candidate_id == candidate.pk
        assert CandidateSearch.objects.filter(candidate_id=other.pk).exists()

    def test_cuts_itself_into_pieces_after_a_failure(self):
        ids = [make_candidate().pk for _ in range(10)]

        run_index(*ids, attempts=1)

        assert [len(task["ids"]) for task in queued()] == [2] * 5
        assert not CandidateEmbedding.objects.exists()

    def test_parks_a_text_that_fails_again(self, before_batch):
        candidate = make_candidate("Welding")

        def fail(_texts: list[str]) -> None:
            raise RuntimeError("the encoder broke")

        before_batch(fail)
        with pytest.raises(RuntimeError):
            run_index(candidate.pk, attempts=1)

        assert ParkedProfile.objects.get().subject_id == candidate.pk

    def test_unparks_a_text_that_does_not(self):
        candidate = make_candidate("Welding")

        run_index(candidate.pk, attempts=1)

        assert not ParkedProfile.objects.exists()
        assert CandidateEmbedding.objects.exists()


class TestFindStale:
    def test_queues_what_no_event_speaks_of(self):
        candidate, job = make_candidate("Welding"), make_job("Welding")
        PendingEvent.objects.all().delete()

        tasks.find_stale()

        kinds = {task["kind"] for task in queued()}
        assert kinds == {"jobs", "candidates", "skills"}
        ids = {one for task in queued() for one in task["ids"]}
        assert {str(candidate.pk), str(job.pk)} <= ids

    def test_waits_while_indexing_goes_on(self):
        make_candidate("Welding")
        tasks.find_stale()
        before = len(queued())

        tasks.find_stale()

        assert len(queued()) == before

    def test_queues_nothing_where_all_is_fresh(self):
        make_candidate("Welding")
        index_everything()

        tasks.find_stale()

        assert queued() == []


class TestCompareTexts:
    def test_queues_everybody(self):
        candidate = make_candidate("Welding")
        index_everything()

        tasks.compare_texts()

        assert [task["ids"] for task in queued()] == [[str(candidate.pk)]]


@pytest.mark.django_db(transaction=True)
class TestWorker:
    @pytest.fixture(autouse=True)
    def _close_connections_of_tasks(self, monkeypatch):
        monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    def work(self) -> None:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as worker_app:
            worker_app.run_worker(
                wait=False, install_signal_handlers=False, listen_notify=False
            )

    def test_brings_a_commit_to_a_vector(self):
        candidate, job = make_candidate("Welding"), make_job("Welding")

        self.work()

        identity = encoder_settings().identity
        assert CandidateEmbedding.objects.get(
            candidate_id=candidate.pk, encoder=identity
        )
        assert JobEmbedding.objects.get(job_id=job.pk, encoder=identity)

    def test_goes_on_past_a_text_that_breaks_the_encoder(self, before_batch):
        fine = [make_candidate(summary=f"fine {n}") for n in range(3)]
        make_candidate(summary="poison")

        def break_on_poison(texts: list[str]) -> None:
            if any("poison" in text for text in texts):
                raise RuntimeError("the encoder broke")

        before_batch(break_on_poison)
        for _ in range(12):
            self.work()
            _make_retries_due()

        embedded = set(
            CandidateEmbedding.objects.values_list("candidate_id", flat=True)
        )
        assert embedded == {one.pk for one in fine}
        assert ParkedProfile.objects.count() == 1
        assert not queued()


def _make_retries_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
