import json
from io import StringIO
from threading import Timer

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from matching.conf import encoder_identity, encoder_settings
from matching.models import QueryEmbedding
from matching.query_encoding import encode_waiting_queries
from matching.similarity import cosine, similarity_of_texts
from matching.text_vectors import NobodyReads, TextsBeingRead
from tests.matching.workers import see_no_worker, see_worker


class TestCosine:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ([3, 4], [3, 4], 1),
            ([3, 4], [-3, -4], -1),
            ([1, 0], [0, 2], 0),
            ([1, 1], [1, 0], 0.5**0.5),
        ],
    )
    def test_is_that_of_the_angle(self, one, other, expected):
        assert cosine(one, other) == pytest.approx(expected)


@pytest.mark.django_db(transaction=True)
class TestSimilarityOfTexts:
    def test_waits_for_the_worker_for_a_moment(self):
        see_worker()

        def read() -> None:
            try:
                encode_waiting_queries(encoder_settings())
            finally:
                connection.close()

        worker = Timer(0.2, read)
        worker.start()
        found = similarity_of_texts(
            "Old trees", "Old trees", asked_at=timezone.now(), wait_seconds=10
        )
        worker.join()

        assert found.similarity == pytest.approx(1)
        assert found.encoder == encoder_identity()
        assert QueryEmbedding.objects.count() == 1

    def test_gives_up_soon(self):
        see_worker()

        with pytest.raises(TextsBeingRead):
            similarity_of_texts("a", "b", asked_at=timezone.now(), wait_seconds=0.1)

    def test_waits_for_nobody(self):
        see_no_worker()

        with pytest.raises(NobodyReads):
            similarity_of_texts("a", "b", asked_at=timezone.now(), wait_seconds=60)


@pytest.mark.django_db
class TestCompareTexts:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("compare_texts", *arguments, stdout=out)
        return out.getvalue()

    def test_prints_one_object_without_a_worker(self):
        told = json.loads(self.run("Prunes old trees", "Old trees", "--json"))

        assert told["similarity"] == pytest.approx(0.816, abs=2e-3)
        assert told["encoder"] == encoder_identity()

    def test_prints_a_cosine_and_no_percentage(self):
        printed = self.run("Old trees", "Old trees")

        assert printed.startswith("cosine 1.0000")
        assert "%" not in printed

    def test_tells_a_blank_text(self):
        with pytest.raises(CommandError, match="A text is blank"):
            self.run("Old trees", " ")


@pytest.mark.model
@pytest.mark.django_db
class TestTrueEncoder:
    # Each text beside one that means the same and one that does not.
    TRIPLES = (
        ("Cares for patients on a ward", "Hospital nurse", "Truck driver"),
        (
            "Keeps the ledgers and prepares the monthly accounts",
            "Accountant",
            "Kindergarten teacher",
        ),
        ("Builds web pages in React", "Frontend developer", "Butcher"),
        ("Drives parcels to customers", "Courier", "Tax lawyer"),
        ("Welds steel beams", "Metalworker", "Psychologist"),
    )

    def similarity(self, first: str, second: str) -> float:
        out = StringIO()
        call_command("compare_texts", first, second, "--json", stdout=out)
        told: dict[str, float] = json.loads(out.getvalue())
        return told["similarity"]

    @pytest.mark.parametrize(("text", "same", "other"), TRIPLES)
    def test_puts_what_means_the_same_nearer(self, text, same, other):
        assert self.similarity(text, same) > self.similarity(text, other) + 0.1
