"""Idempotency-Key: twins, processes that die, and what waits for the worker."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from matching.conf import encoder_settings
from matching.query_encoding import encode_waiting_queries
from recruit.api.bodies import written
from recruit.api.idempotency import fingerprint
from recruit.api.models import KeptAnswer
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.jobs.operations import create_job
from tests.api.caller import Caller, assert_problem, code_of
from tests.factories import (
    make_user,
)
from tests.matching.workers import see_worker
from tests.races import at_once

JOB = {"requisition_code": "KEY-1", "title": "Gardener"}


KEY = {"idempotency_key": "0d6f"}


REPLAYED = "Idempotency-Replayed"


def _running(caller: Caller, headers: dict[str, str]) -> Callable[[], object]:
    def post() -> Any:
        return caller.post("/jobs", JOB, **headers)

    return post


@pytest.mark.django_db(transaction=True)
class TestTwins:
    def test_at_once_run_once(self):
        caller = Caller(make_user())

        answers: list[Any] = at_once(*[_running(caller, KEY)] * 6)

        statuses = [answer.status_code for answer in answers]
        assert Job.objects.count() == 1
        assert Event.objects.filter(kind="job_created").count() == 1
        assert set(statuses) <= {201, 409}
        assert 201 in statuses
        for answer in answers:
            if answer.status_code == 409:
                assert code_of(answer) == "idempotency_key_in_use"
                assert answer["Retry-After"] == "1"

    def test_are_told_that_the_first_still_runs(self, monkeypatch):
        begun, may_end = Signal(), Signal()
        caller = Caller(make_user())

        def slow(*_args: object, **_kwargs: object) -> None:
            begun.set()
            assert may_end.wait(timeout=20)
            raise Job.DoesNotExist

        def second() -> Any:
            assert begun.wait(timeout=20)
            try:
                return caller.post("/jobs", JOB, **KEY)
            finally:
                may_end.set()

        monkeypatch.setattr("recruit.api.views.jobs.create_job", slow)

        first, twin = at_once(_running(caller, KEY), second)

        assert_problem(first, 404)
        assert_problem(twin, 409)
        assert code_of(twin) == "idempotency_key_in_use"

    def test_wait_for_nobody_elses_key(self):
        callers = [Caller(make_user()) for _ in range(2)]
        jobs = [{**JOB, "requisition_code": f"K{number}"} for number in range(2)]

        def post(number: int) -> Callable[[], object]:
            return lambda: callers[number].post("/jobs", jobs[number], **KEY)

        answers: list[Any] = at_once(post(0), post(1))

        assert [answer.status_code for answer in answers] == [201, 201]


@pytest.mark.django_db(transaction=True)
class TestProcessThatDies:
    def test_after_the_commit_has_done_it_once(self, monkeypatch):
        caller = Caller(make_user())

        def die() -> None:
            raise RuntimeError("killed between commit and answer")

        def create_and_die(**said: Any) -> Any:
            transaction.on_commit(die)
            return create_job(**said)

        with monkeypatch.context() as patched:
            patched.setattr("recruit.api.views.jobs.create_job", create_and_die)
            assert_problem(caller.post("/jobs", JOB, **KEY), 500)

        answer = caller.post("/jobs", JOB, **KEY)
        assert answer.status_code == 201
        assert answer[REPLAYED] == "true"
        assert answer.json()["id"] == str(Job.objects.get().pk)

    def test_before_the_commit_has_done_nothing_and_holds_nothing(self, monkeypatch):
        caller = Caller(make_user())

        def create_and_lose_connection(**said: Any) -> Any:
            create_job(**said)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        with monkeypatch.context() as patched:
            patched.setattr(
                "recruit.api.views.jobs.create_job", create_and_lose_connection
            )
            assert_problem(caller.post("/jobs", JOB, **KEY), 503)
        connection.close()

        assert not Job.objects.exists()
        answer = caller.post("/jobs", JOB, **KEY)
        assert answer.status_code == 201
        assert not answer.has_header(REPLAYED)


@pytest.mark.django_db
class TestRequestThatWaitsForTheWorker:
    PAIR = {"first": "Prunes old trees", "second": "Prunes old trees"}

    @pytest.fixture(autouse=True)
    def _hurried(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("recruit.api.views.similarity.WAIT_SECONDS", 0)
        see_worker()

    def test_is_asked_again_until_it_is_answered(self, recruiter):
        waits = recruiter.post("/similarity", self.PAIR, **KEY)
        encode_waiting_queries(encoder_settings())
        answered = recruiter.post("/similarity", self.PAIR, **KEY)
        again = recruiter.post("/similarity", self.PAIR, **KEY)

        assert_problem(waits, 503)
        assert answered.status_code == again.status_code == 200
        assert again.content == answered.content
        assert again[REPLAYED] == "true"

    def test_is_in_use_while_it_runs(self, recruiter, monkeypatch):
        twins: list[Any] = []

        def ask_again(*_args: object, **_kwargs: object) -> None:
            twins.append(recruiter.post("/similarity", self.PAIR, **KEY))
            raise RuntimeError

        path = "recruit.api.views.similarity.similarity_of_texts"
        monkeypatch.setattr(path, ask_again)

        assert_problem(recruiter.post("/similarity", self.PAIR, **KEY), 500)

        assert_problem(twins[0], 409)
        assert code_of(twins[0]) == "idempotency_key_in_use"
        assert not KeptAnswer.objects.exists()

    def test_is_taken_for_dead_after_a_minute(self, recruiter):
        waits = recruiter.post("/similarity", self.PAIR, **KEY)
        claim = {
            "caller": f"token:{recruiter.token.pk}:{recruiter.user.pk}",
            "key": KEY["idempotency_key"],
        }
        for seconds, status in ((59, 409), (61, 503)):
            KeptAnswer.objects.all().delete()
            KeptAnswer.objects.create(
                **claim,
                fingerprint=fingerprint("/api/v1/similarity", written(self.PAIR)),
                created_at=timezone.now() - timedelta(seconds=seconds),
            )

            answer = recruiter.post("/similarity", self.PAIR, **KEY)

            assert answer.status_code == status
        assert waits.status_code == 503
