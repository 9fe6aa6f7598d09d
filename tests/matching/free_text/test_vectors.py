"""Vectors of search texts: asked for, made by the worker, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from matching import queue, tasks
from matching.conf import encoder_identity, encoder_settings
from matching.free_text.vectors import (
    KEPT_FOR,
    UNREAD_FOR,
    ask_for_vector,
    forget_queries,
    kept_query,
)
from matching.models import QueryEmbedding
from matching.query_encoding import TRIES, encode_waiting_queries
from tests.factories import NOW, make_candidate
from tests.matching.test_tasks import run_index

pytestmark = pytest.mark.django_db

TEXT = "people who ran kubernetes in hospitals"


@pytest.fixture(autouse=True)
def _empty_queue(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def ask(text: str = TEXT, *, encoder: str | None = None, at=NOW) -> None:
    ask_for_vector(text, encoder or encoder_identity(), asked_at=at)


def waiting_tasks() -> list[Any]:
    return list(ProcrastinateJob.objects.filter(task_name=queue.ENCODE_QUERIES))


class TestAskForVector:
    def test_writes_the_text_down_and_wakes_the_worker_before_all_else(self):
        ask()

        assert QueryEmbedding.objects.get().text == TEXT
        (task,) = waiting_tasks()
        assert task.priority == max(
            queue.QUERIES_PRIORITY, queue.READING_PRIORITY, *queue.PRIORITIES.values()
        )
        assert TEXT not in str(task.args)

    def test_makes_one_row_and_one_task_of_two_who_ask(self):
        ask()
        ask()

        assert QueryEmbedding.objects.count() == len(waiting_tasks()) == 1

    def test_wakes_the_worker_again_where_it_was_stopped(self):
        ask()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")

        ask()

        assert len(waiting_tasks()) == 1


class TestEncodeWaitingQueries:
    def test_keeps_the_vector_and_drops_the_text(self):
        ask()

        assert encode_waiting_queries(encoder_settings()) == 1

        row = kept_query(TEXT, encoder_identity())
        assert row is not None
        assert row.vector is not None
        assert not row.is_waiting
        assert not QueryEmbedding.objects.exclude(text="").exists()

    def test_encodes_what_waits_together_and_once(self, encoded):
        for number in range(3):
            ask(f"text {number}")

        encode_waiting_queries(encoder_settings())
        encode_waiting_queries(encoder_settings())

        assert encoded == [["text 0", "text 1", "text 2"]]

    def test_leaves_the_texts_of_another_encoder_alone(self, encoded):
        ask(encoder="other@1/profile-1")

        assert encode_waiting_queries(encoder_settings()) == 0

        assert encoded == []
        assert kept_query(TEXT, encoder_identity()) is None

    def test_gives_up_a_text_that_fails_again_and_again(self, before_batch):
        def fail(texts: list[str]) -> None:
            if "poison" in texts:
                raise RuntimeError("the encoder broke")

        before_batch(fail)
        for text in ("fine", "poison", "well"):
            ask(text)

        for _try in range(TRIES + 2):
            encode_waiting_queries(encoder_settings())

        poison = kept_query("poison", encoder_identity())
        assert poison is not None
        assert (poison.vector, poison.text) == (None, "")
        assert QueryEmbedding.objects.exclude(vector=None).count() == 2

    def test_counts_a_try_before_it_is_made(self, before_batch):
        tries: list[int] = []
        before_batch(lambda _texts: tries.extend(
            QueryEmbedding.objects.values_list("tries", flat=True)
        ))  # fmt: skip
        ask()

        encode_waiting_queries(encoder_settings())

        assert tries == [1]

    def test_goes_between_the_batches_of_a_long_task(self, encoded, before_batch):
        candidate = make_candidate("Welding")
        before_batch(lambda texts: ask() if texts == ["Welding"] else None)

        run_index(candidate.pk)

        assert encoded == [["Welding"], [TEXT]]

    def test_does_not_stop_the_task_it_goes_between(self, before_batch):
        def fail(texts: list[str]) -> None:
            if texts == [TEXT]:
                raise ValueError("the encoder broke")

        before_batch(fail)
        candidate = make_candidate("Welding")
        ask()

        run_index(candidate.pk)

        waiting = kept_query(TEXT, encoder_identity())
        assert waiting is not None
        assert waiting.is_waiting


class TestForgetQueries:
    def test_deletes_what_is_old_and_texts_that_nobody_read(self):
        ask("old", at=NOW - KEPT_FOR - timedelta(minutes=1))
        ask("kept", at=NOW - KEPT_FOR + timedelta(minutes=1))
        tasks.encode_queries()
        ask("unread", at=NOW - UNREAD_FOR - timedelta(minutes=1))
        ask("waiting", at=NOW)

        assert forget_queries(now=NOW) == 2

        left = {text for text in ("old", "kept", "unread", "waiting")
                if kept_query(text, encoder_identity())}  # fmt: skip
        assert left == {"kept", "waiting"}

    def test_is_a_task_of_the_worker(self):
        ask(at=NOW - KEPT_FOR)

        tasks.forget_old_queries()

        assert not QueryEmbedding.objects.exists()
