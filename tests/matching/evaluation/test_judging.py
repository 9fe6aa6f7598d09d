"""Tasks to figures: what each system reaches, and how far from the base."""

from pathlib import Path

import numpy as np
import pytest

from matching.bm25 import fuse
from matching.evaluation.judging import Row, evaluate, judge
from matching.evaluation.measures import MEASURES
from matching.evaluation.systems import SystemName, words_of
from matching.evaluation.tasks import Task, Text, read_task
from matching.evaluation.vectors import Judged
from tests.matching.encoders import FOLDER, HashingEncoder
from tests.matching.evaluation.folders import write_task

# Of one word each, so that the encoder of the tests finds the words of a query and
# holds all others for equally far. SHA-256 of the texts, which orders equals:
# cook 03fb..., python 11a4..., nurse 781e...
CORPUS = ["nurse", "python", "cook"]

# Query 0, "python": python first; of the others, equally far, cook before nurse.
#   relevant are python (grade 2, rank 1) and nurse (grade 1, rank 3)
#   MRR 1/1; MAP (1/1 + 2/3) / 2
#   nDCG (2/log2(2) + 1/log2(4)) / (2/log2(2) + 1/log2(3)) = 2.5 / 2.6309
#   RP 2 of min(10, 2); R 2 of 2
# Query 1, "welder": all three are equally far: cook, python, nurse.
#   relevant is nurse (grade 1, rank 3)
#   MRR 1/3; MAP 1/3; nDCG (1/log2(4)) / (1/log2(2)); RP 1 of min(10, 1); R 1 of 1
QUERIES = ["python", "welder"]
QRELS = "0\t0\t1\t2\n0\t0\t0\t1\n1\t0\t0\t1\n"
BY_HAND = [
    [1, 0.8333333, 0.9502344, 1, 1],
    [0.3333333, 0.3333333, 0.5, 1, 1],
]


class Reversed(HashingEncoder):
    """An encoder that finds the farthest first."""

    def encode_first(self, texts, *, are_queries=False):
        vectors = super().encode_first(texts)
        return -vectors if are_queries else vectors


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return read_task(
        write_task(tmp_path / "hand", queries=QUERIES, corpus=CORPUS, qrels=QRELS)
    )


@pytest.fixture
def hashing() -> HashingEncoder:
    return HashingEncoder(FOLDER)


def judged(
    task: Task, *encoders: HashingEncoder, macro: str | None = None
) -> list[Row]:
    base = Judged("base@1", HashingEncoder(FOLDER))
    named = [Judged(f"own@{at}", encoder) for at, encoder in enumerate(encoders)]
    return judge(task, base=base, encoders=named, macro=macro)


def row_of(rows: list[Row], system: SystemName) -> Row:
    return next(row for row in rows if row.system == system)


class TestEvaluate:
    def test_gives_the_figures_of_each_query_as_computed_by_hand(self, task, hashing):
        figures = evaluate(
            task,
            encode_queries=hashing.encode_queries,
            encode_documents=hashing.encode_documents,
        )

        assert figures == pytest.approx(np.array(BY_HAND))

    def test_knows_no_order_of_lines(self, hashing):
        forwards = Task(
            "forwards",
            tuple(Text(text, {}) for text in QUERIES),
            tuple(Text(text, {}) for text in CORPUS),
            ({1: 2, 0: 1}, {0: 1}),
        )
        backwards = Task(
            "backwards",
            forwards.queries[::-1],
            forwards.corpus[::-1],
            ({2: 1}, {1: 2, 2: 1}),
        )

        figures, reversed_figures = (
            evaluate(
                one,
                encode_queries=hashing.encode_queries,
                encode_documents=hashing.encode_documents,
            )
            for one in (forwards, backwards)
        )

        assert np.array_equal(figures, reversed_figures[::-1])

    def test_finds_more_than_10_documents_of_one_text_in_line_order(self, hashing):
        # The 12th of twelve equal documents has rank 12, whatever is measured.
        task = Task("equal", (Text("cook", {}),), (Text("cook", {}),) * 12, ({11: 1},))

        (figures,) = evaluate(
            task,
            encode_queries=hashing.encode_queries,
            encode_documents=hashing.encode_documents,
        )

        assert figures == pytest.approx([1 / 12, 1 / 12, 0, 0, 0])


class TestJudge:
    def test_gives_a_row_for_each_system(self, task, hashing):
        rows = judged(task, hashing, Reversed(FOLDER))

        assert [(row.system, row.encoder) for row in rows] == [
            ("encoder", "own@0"),
            ("product", "own@0"),
            ("hybrid", "own@0"),
            ("encoder", "own@1"),
            ("product", "own@1"),
            ("hybrid", "own@1"),
            ("base", "base@1"),
            ("bm25", None),
            ("random", None),
        ]
        assert {(row.task, row.queries, row.documents) for row in rows} == {
            ("hand", 2, 3)
        }

    @pytest.mark.parametrize("system", ["encoder", "product", "hybrid", "base", "bm25"])
    def test_means_the_figures_over_the_queries(self, task, hashing, system):
        row = row_of(judged(task, hashing), SystemName(system))

        means = [row.measures[name].value for name in MEASURES]
        assert means == pytest.approx(list(np.mean(BY_HAND, axis=0)))

    def test_says_how_far_each_is_from_the_base(self, task):
        rows = judged(task, Reversed(FOLDER))

        own, base = (
            row_of(rows, name) for name in (SystemName.ENCODER, SystemName.BASE)
        )
        assert own.difference_to_base["MRR"].value == pytest.approx(
            own.measures["MRR"].value - base.measures["MRR"].value
        )
        assert base.difference_to_base["MRR"].value == 0
        assert not base.difference_to_base["MRR"].excludes_zero

    def test_finds_a_difference_significant_that_every_query_shows(self):
        words = [f"word{number}" for number in range(30)]
        texts = tuple(Text(word, {}) for word in words)
        task = Task("same", texts, texts, tuple({at: 1} for at in range(30)))

        rows = judged(task, Reversed(FOLDER))

        worse = row_of(rows, SystemName.ENCODER).difference_to_base["MRR"]
        assert worse.excludes_zero
        assert worse.high < 0

    def test_means_over_the_groups_of_a_field(self, task):
        grouped = Task(
            task.name,
            tuple(
                Text(text, {"source": source})
                for text, source in zip(
                    [*QUERIES, "welder"], ["a", "b", "b"], strict=True
                )
            ),
            task.corpus,
            (*task.relevant, task.relevant[1]),
        )

        row = row_of(judged(grouped, macro="source"), SystemName.BASE)

        # As without the third query, which is its group's second of one kind.
        assert row.measures["MRR"].value == pytest.approx((1 + 1 / 3) / 2)

    def test_means_over_all_queries_where_the_task_lacks_the_field(self, task):
        assert judged(task, macro="source") == judged(task)

    def test_finds_by_chance_what_chance_finds(self):
        texts = tuple(Text(f"word{number}", {}) for number in range(100))
        task = Task("chance", texts * 4, texts, tuple({at: 1} for at in range(100)) * 4)

        row = row_of(judged(task), SystemName.RANDOM)

        # Of 100 documents, 10 are among the first 10.
        assert row.measures["R@10"].value == pytest.approx(0.1, abs=0.05)

    def test_gives_the_same_rows_twice(self, task, hashing):
        assert judged(task, hashing) == judged(task, hashing)

    def test_fuses_words_and_cosines_as_the_product_does(self, hashing):
        texts = ["welds steel", "steel steel and bread", "bread", "sells shoes"]
        corpus = tuple(Text(text, {}) for text in texts)
        task = Task("fused", (Text("steel and shoes", {}),), corpus, ({3: 1},))
        words = words_of(task).scores(range(1))[0]
        (query,) = hashing.encode_queries(["steel and shoes"])
        fused = fuse(words.tolist(), (hashing.encode_documents(texts) @ query).tolist())
        rank = 1 + sum(score > fused[3] for score in fused)

        row = row_of(judged(task, hashing), SystemName.HYBRID)

        assert row.measures["MRR"].value == 1 / rank


class TestJudged:
    def test_encodes_each_distinct_text_once(self, task, hashing, encoded):
        own = Judged("own@1", hashing)

        judge(task, base=own, encoders=[own])
        judge(task, base=own, encoders=[own])

        texts = [text for batch in encoded for text in batch]
        assert sorted(texts) == sorted([*QUERIES, *CORPUS])

    def test_reads_long_texts_whole_as_the_product_does(self):
        long = "steel " * 300
        own = Judged("own@1", HashingOfBeginnings(FOLDER))

        whole = own.whole.documents([long + "bread", "steel"])
        first = own.first.documents([long + "bread", "steel"])

        assert not np.array_equal(whole[0], first[0])
        assert np.array_equal(whole[1], first[1])

    def test_tells_how_many_texts_it_has_encoded(self, hashing):
        told: list[int] = []

        Judged("own@1", hashing, told.append).first.queries(["a", "b", "a"])

        assert told == [2]

    def test_remembers_a_bounded_number_of_vectors(self, hashing, encoded, monkeypatch):
        monkeypatch.setattr("matching.evaluation.vectors.MOST_REMEMBERED", 2)
        own = Judged("own@1", hashing)

        own.first.queries(["a", "b", "c"])
        own.first.queries(["c", "a"])

        assert encoded == [["a", "b", "c"], ["a"]]


class HashingOfBeginnings(HashingEncoder):
    """Reads 256 words of a text at first."""

    def encode_first(self, texts, *, are_queries=False):
        return super().encode_first([" ".join(text.split()[:256]) for text in texts])
