"""evaluate_encoder, as a person types it. None of these may ask the database."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matching.conf import EncoderFolderMissing, encoder_settings
from tests.matching.encoders import FOLDER
from tests.matching.evaluation.folders import write_task
from tests.matching.evaluation.test_judging import BY_HAND, CORPUS, QRELS, QUERIES

MEASURES = ["MRR", "MAP", "nDCG@10", "RP@10", "R@10"]


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    queries = [
        {"text": text, "source": source}
        for text, source in zip(QUERIES, ["a", "b"], strict=True)
    ]
    folder = tmp_path / "tasks"
    write_task(folder / "hand", queries=queries, corpus=CORPUS, qrels=QRELS)
    return folder


@pytest.fixture(autouse=True)
def _packaged(settings, monkeypatch):
    """Let the base be the encoder of the tests too."""
    monkeypatch.setattr("matching.conf.packaged_folder", lambda: FOLDER)
    monkeypatch.setattr(
        "matching.encoder.verify_packaged_weights", lambda _encoder: None
    )


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate_encoder", *arguments, stdout=out)
    return out.getvalue()


def rows(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json").splitlines()]


class TestEvaluateEncoder:
    def test_prints_what_was_computed_by_hand(self, tasks):
        found = rows("--tasks", str(tasks))

        for row in found[:-1]:  # the last is chance
            for at, measure in enumerate(MEASURES):
                figures = [query[at] for query in BY_HAND]
                # Drawn from two queries are both, one twice, or the other twice.
                assert row[measure] == {
                    "value": pytest.approx(sum(figures) / 2, abs=1e-6),
                    "low": pytest.approx(min(figures), abs=1e-6),
                    "high": pytest.approx(max(figures), abs=1e-6),
                }

    def test_prints_one_object_a_line_for_each_task_and_system(self, tasks):
        write_task(tasks / "more", queries=QUERIES, corpus=CORPUS, qrels=QRELS)

        found = rows("--tasks", str(tasks))

        identity = encoder_settings().identity
        systems = ["encoder", "product", "hybrid", "base", "bm25", "random"]
        assert [(row["task"], row["system"]) for row in found] == [
            (task, system) for task in ("hand", "more") for system in systems
        ]
        assert {row["encoder"] for row in found[:3]} == {identity}
        assert found[4]["encoder"] is found[5]["encoder"] is None
        assert list(found[0]) == [
            "task",
            "system",
            "encoder",
            "queries",
            *MEASURES,
            "difference_to_base",
        ]
        assert found[0]["queries"] == 2
        assert list(found[0]["difference_to_base"]) == MEASURES
        assert found[0]["difference_to_base"]["MRR"] == {
            "value": 0.0,
            "low": 0.0,
            "high": 0.0,
            "significant": False,
        }

    def test_prints_a_table(self, tasks):
        printed = run("--tasks", str(tasks))

        assert "hand: 2 queries, 3 documents" in printed
        assert "0.667 [0.333 1.000]" in printed
        assert "95 % interval" in printed

    def test_prints_the_same_bytes_twice(self, tasks):
        arguments = ["--tasks", str(tasks), "--json"]

        assert run(*arguments) == run(*arguments)

    def test_judges_the_encoders_that_are_named(self, tasks, tmp_path):
        other = tmp_path / "other"
        shutil.copytree(FOLDER, other)

        found = rows("--encoder", str(FOLDER), str(other), "--tasks", str(tasks))
        again = rows(
            "--encoder", str(FOLDER), "--encoder", str(other), "--tasks", str(tasks)
        )

        names = [row["encoder"].split("@")[0] for row in found if row["encoder"]]
        assert names[:6] == ["hashing_encoder"] * 3 + ["other"] * 3
        assert found == again

    def test_judges_an_encoder_that_is_named_twice_once(self, tasks):
        found = rows("--encoder", str(FOLDER), str(FOLDER), "--tasks", str(tasks))

        assert [row["system"] for row in found].count("encoder") == 1

    def test_averages_over_a_field(self, tasks):
        (row, *_others) = rows("--tasks", str(tasks), "--macro", "source")

        # A group each: nothing is drawn but these two.
        assert row["MRR"] == {"value": 0.666667, "low": 0.666667, "high": 0.666667}

    def test_is_silent_where_nobody_watches(self, tasks, capsys):
        run("--tasks", str(tasks))

        assert capsys.readouterr().err == ""


class TestEvaluateEncoderMistakes:
    def test_names_the_malformed_line(self, tasks):
        with (tasks / "hand" / "qrels.tsv").open("a") as opened:
            opened.write("1 0 7 1\n")

        with pytest.raises(CommandError, match=r"qrels\.tsv, line 4: there is no"):
            run("--tasks", str(tasks))

    def test_reads_every_task_before_the_first_is_judged(self, tasks, encoded):
        write_task(tasks / "zero", queries=["a"], corpus=["b"], qrels="0 0 0 0\n")

        with pytest.raises(CommandError, match=r"zero/queries\.jsonl, line 1"):
            run("--tasks", str(tasks))
        assert encoded == []

    def test_says_that_no_query_has_the_field(self, tasks):
        with pytest.raises(CommandError, match="No query of any task has the field"):
            run("--tasks", str(tasks), "--macro", "language")

    def test_says_that_there_is_no_encoder(self, tasks, tmp_path):
        with pytest.raises(CommandError, match="does not exist"):
            run("--encoder", str(tmp_path / "absent"), "--tasks", str(tasks))

    def test_says_that_an_encoder_has_other_dimensions(self, tasks, tmp_path):
        other = tmp_path / "other"
        shutil.copytree(FOLDER, other)
        config = json.loads((other / "config.json").read_text())
        (other / "config.json").write_text(json.dumps(config | {"hidden_size": 768}))

        with pytest.raises(CommandError, match=r"768\s+dimensions; 384 are needed"):
            run("--encoder", str(other), "--tasks", str(tasks))

    def test_says_that_the_base_is_not_installed(self, tasks, monkeypatch):
        def missing() -> Path:
            raise EncoderFolderMissing("It is not installed.", hint="Install it.")

        monkeypatch.setattr("matching.conf.packaged_folder", missing)

        with pytest.raises(CommandError, match=r"not installed\. Install it\."):
            run("--encoder", str(FOLDER), "--tasks", str(tasks))
