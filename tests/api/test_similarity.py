"""POST /similarity: two texts, one cosine, never a long wait."""

import pytest

from matching.conf import encoder_identity, encoder_settings
from matching.models import QueryEmbedding
from matching.query_encoding import encode_waiting_queries
from recruit.accounts.choices import Role, Scope
from tests.api.caller import Caller, assert_problem, fields_in
from tests.factories import make_user
from tests.matching.workers import see_worker

pytestmark = pytest.mark.django_db

PAIR = {"first": "Prunes old trees", "second": "Old trees"}


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recruit.api.views.similarity.WAIT_SECONDS", 0)


@pytest.fixture
def worker(db) -> None:
    see_worker()


@pytest.fixture
def caller() -> Caller:
    return Caller(make_user(), [Scope.MATCHES_READ])


class TestSimilarity:
    def test_is_the_cosine_once_the_worker_has_read_both(self, caller, worker):
        first = caller.post("/similarity", PAIR)
        encode_waiting_queries(encoder_settings())
        second = caller.post("/similarity", PAIR)

        assert_problem(first, 503)
        assert first["Retry-After"] == "1"
        assert first.json()["errors"][0]["code"] == "texts_being_read"
        assert second.status_code == 200
        body = second.json()
        # Two words of four, both of two: 2 / (sqrt 3 * sqrt 2).
        assert body["similarity"] == pytest.approx(0.816, abs=2e-3)
        assert body["encoder"] == encoder_identity()

    def test_is_the_same_the_other_way_round(self, caller, worker):
        turned = {"first": PAIR["second"], "second": PAIR["first"]}
        caller.post("/similarity", PAIR)
        encode_waiting_queries(encoder_settings())

        one, other = (caller.post("/similarity", pair) for pair in (PAIR, turned))

        assert one.json() == other.json()

    def test_of_a_text_with_itself_is_one(self, caller, worker):
        pair = {"first": "Old trees", "second": "Old trees"}
        caller.post("/similarity", pair)
        encode_waiting_queries(encoder_settings())

        assert caller.post("/similarity", pair).json()["similarity"] == 1.0

    def test_keeps_no_text_that_was_read(self, caller, worker):
        caller.post("/similarity", PAIR)
        encode_waiting_queries(encoder_settings())

        assert set(QueryEmbedding.objects.values_list("text", flat=True)) == {""}

    def test_says_that_nobody_reads_and_keeps_nothing(self, caller):
        answer = caller.post("/similarity", PAIR)

        assert_problem(answer, 503)
        assert answer["Retry-After"] == "30"
        assert answer.json()["errors"][0]["code"] == "no_worker"
        assert not QueryEmbedding.objects.exists()

    def test_says_that_a_text_cannot_be_read(self, caller, worker):
        caller.post("/similarity", PAIR)
        QueryEmbedding.objects.update(text="")

        answer = caller.post("/similarity", PAIR)

        assert_problem(answer, 422)
        assert answer.json()["errors"][0]["code"] == "text_unreadable"

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"first": "a"}, "second"),
            ({"first": " ", "second": "b"}, "first"),
            ({"first": 5, "second": "b"}, "first"),
            ({"first": "a\x00", "second": "b"}, "first"),
            ({"first": "a", "second": "b" * 20_001}, "second"),
            ({"first": "a", "second": "b", "third": "c"}, "third"),
        ],
    )
    def test_refuses_what_is_no_pair_of_texts(self, body, field, caller):
        answer = caller.post("/similarity", body)

        assert_problem(answer, 400)
        assert fields_in(answer) == [field]

    def test_is_open_to_hiring_managers(self, worker):
        manager = Caller(make_user(Role.HIRING_MANAGER), [Scope.MATCHES_READ])

        assert manager.post("/similarity", PAIR).status_code == 503

    def test_is_closed_to_a_token_without_the_scope(self):
        other = Caller(make_user(), [Scope.JOBS_READ, Scope.JOBS_WRITE])

        assert_problem(other.post("/similarity", PAIR), 403)
