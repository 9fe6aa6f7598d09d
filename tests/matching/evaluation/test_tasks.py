"""Reading task folders: each mistake is one sentence that names its place."""

from pathlib import Path

import pytest

from matching.evaluation.tasks import (
    TaskFolderInvalid,
    check_tasks,
    groups_of,
    in_text_order,
    read_task,
    task_folders,
)
from tests.matching.evaluation.folders import write_task


def written(folder: Path, **changed: object) -> Path:
    """Write a task of two queries and three documents, but for what is changed."""
    content = {
        "queries": ["welds steel", {"text": "bakes bread", "source": "b"}],
        "corpus": ["Baker", "Cook", "Welder"],
        "qrels": "0\t0\t2\t1\n1\t0\t0\t2\n1\t0\t1\t1\n",
    }
    return write_task(folder / "work", **(content | changed))  # type: ignore[arg-type]


class TestReadTask:
    def test_reads_texts_fields_and_grades(self, tmp_path):
        task = read_task(written(tmp_path))

        assert task.name == "work"
        assert task.query_texts() == ["welds steel", "bakes bread"]
        assert task.queries[1].fields == {"source": "b"}
        assert task.document_texts() == ["Baker", "Cook", "Welder"]
        assert task.relevant == ({2: 1}, {0: 2, 1: 1})

    def test_takes_grade_0_for_not_relevant(self, tmp_path):
        qrels = "0 0 2 1\n0 0 1 0\n1 0 0 1\n"

        task = read_task(written(tmp_path, qrels=qrels))

        assert task.relevant == ({2: 1}, {0: 1})

    def test_ends_lines_at_line_feeds_only(self, tmp_path):
        corpus = ["Baker\u2028of bread\u0085", "Cook\x0c", "Welder"]

        task = read_task(written(tmp_path, corpus=corpus))

        assert task.document_texts() == corpus

    def test_reads_what_another_system_wrote(self, tmp_path):
        folder = written(tmp_path)
        for path in folder.iterdir():
            windows = path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n")
            path.write_bytes(b"\xef\xbb\xbf" + windows)

        assert read_task(folder).relevant == ({2: 1}, {0: 2, 1: 1})

    def test_takes_half_a_surrogate_pair(self, tmp_path):
        folder = written(tmp_path)
        (folder / "corpus.jsonl").write_text('{"text": "\\ud800"}\n' * 3)

        task = in_text_order(read_task(folder))

        assert task.document_texts() == ["\ud800"] * 3

    @pytest.mark.parametrize(
        ("file", "line", "mistake"),
        [
            ("queries.jsonl", "welds steel", "this is not JSON"),
            ("queries.jsonl", '{"text": "welds', "this is not JSON"),
            ("queries.jsonl", "", "the line is empty"),
            ("queries.jsonl", '["welds"]', "this is no JSON object"),
            ("queries.jsonl", "null", "this is no JSON object"),
            ("queries.jsonl", '{"title": "welds"}', 'the object has no string "text"'),
            ("corpus.jsonl", '{"text": 7}', 'the object has no string "text"'),
            ("corpus.jsonl", '{"text": null}', 'the object has no string "text"'),
            ("corpus.jsonl", "[" * 100_000, "this is not JSON"),
            ("qrels.tsv", "", "0 columns instead of"),
            ("qrels.tsv", "1 0 1", "3 columns instead of"),
            ("qrels.tsv", "1 0 1 1 run", "5 columns instead of"),
            ("qrels.tsv", "1 Q0 1 1", "the second column is 'Q0', not 0"),
            ("qrels.tsv", "q1 0 1 1", "the query id 'q1' is not a whole number"),
            ("qrels.tsv", "-1 0 1 1", "the query id '-1' is not a whole number"),
            ("qrels.tsv", "1 0 1.0 1", "the document id '1.0' is not a whole number"),
            ("qrels.tsv", "1 0 1 high", "the grade 'high' is not a whole number"),
            ("qrels.tsv", "1 0 1 -1", "the grade '-1' is not a whole number"),
            ("qrels.tsv", "1 0 1 ²", "the grade '²' is not a whole number"),
            ("qrels.tsv", f"1 0 1 {'9' * 5000}", "is not a whole number"),
            ("qrels.tsv", "2 0 1 1", "no query 2; queries.jsonl has 2 lines"),
            ("qrels.tsv", "1 0 3 1", "no document 3; corpus.jsonl has 3 lines"),
            ("qrels.tsv", "0 0 2 1", "document 2 is judged a second time for query 0"),
        ],
    )
    def test_names_file_line_and_mistake(self, tmp_path, file, line, mistake):
        path = written(tmp_path) / file
        lines = path.read_text().splitlines()
        lines[1] = line
        path.write_text("\n".join(lines) + "\n")

        with pytest.raises(TaskFolderInvalid) as raised:
            read_task(path.parent)

        assert str(raised.value).startswith(f"{path}, line 2: ")
        assert mistake in str(raised.value)

    @pytest.mark.parametrize("file", ["queries.jsonl", "corpus.jsonl", "qrels.tsv"])
    def test_names_a_missing_file(self, tmp_path, file):
        path = written(tmp_path) / file
        path.unlink()

        with pytest.raises(TaskFolderInvalid, match=rf"^{path} is missing\.$"):
            read_task(path.parent)

    @pytest.mark.parametrize("file", ["queries.jsonl", "corpus.jsonl"])
    def test_names_an_empty_file(self, tmp_path, file):
        path = written(tmp_path) / file
        path.write_text("")

        with pytest.raises(TaskFolderInvalid, match=rf"^{path} is empty\.$"):
            read_task(path.parent)

    @pytest.mark.parametrize("file", ["queries.jsonl", "corpus.jsonl", "qrels.tsv"])
    def test_names_the_line_that_is_not_utf_8(self, tmp_path, file):
        path = written(tmp_path) / file
        first, _second, *rest = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join([first, b'{"text": "\xe9"}\n', *rest]))

        with pytest.raises(TaskFolderInvalid, match=r"line 2: this is not UTF-8\.$"):
            read_task(path.parent)

    def test_names_a_file_that_is_a_folder(self, tmp_path):
        path = written(tmp_path) / "qrels.tsv"
        path.unlink()
        path.mkdir()

        with pytest.raises(TaskFolderInvalid, match="cannot be read"):
            read_task(path.parent)

    @pytest.mark.parametrize("qrels", ["", "0 0 2 1\n", "0 0 2 1\n1 0 1 0\n"])
    def test_names_a_query_without_a_relevant_document(self, tmp_path, qrels):
        folder = written(tmp_path, qrels=qrels)
        line = 1 if not qrels else 2

        with pytest.raises(
            TaskFolderInvalid,
            match=rf"queries\.jsonl, line {line}: qrels\.tsv names no relevant",
        ):
            read_task(folder)


class TestInTextOrder:
    def test_orders_documents_by_the_digest_of_their_text(self, tmp_path):
        # SHA-256: cook 03fb..., python 11a4..., nurse 781e...
        task = read_task(written(tmp_path, corpus=["nurse", "python", "cook"]))

        ordered = in_text_order(task)

        assert ordered.document_texts() == ["cook", "python", "nurse"]
        assert ordered.relevant == ({0: 1}, {2: 2, 1: 1})

    def test_keeps_equal_texts_in_the_order_of_their_lines(self, tmp_path):
        lines = [{"text": "cook", "line": number} for number in range(3)]

        ordered = in_text_order(read_task(written(tmp_path, corpus=lines)))

        assert [document.fields["line"] for document in ordered.corpus] == [0, 1, 2]


class TestTaskFolders:
    def test_finds_every_folder_below_sorted_by_name(self, tmp_path):
        for name in ["words", "deep/down/lookup", "titles"]:
            written(tmp_path / name)
            (tmp_path / name / "work").rename(tmp_path / name / Path(name).name)

        found = task_folders(tmp_path)

        assert [path.name for path in found] == ["lookup", "titles", "words"]

    def test_takes_a_task_folder_itself(self, tmp_path):
        folder = written(tmp_path)

        assert task_folders(folder) == [folder]

    def test_passes_by_what_is_hidden_or_no_task(self, tmp_path):
        written(tmp_path / ".hidden")
        (tmp_path / "notes").mkdir()
        (tmp_path / "readme.md").write_text("Tasks")

        assert task_folders(written(tmp_path).parent) == [tmp_path / "work"]

    def test_follows_a_link_once(self, tmp_path):
        folder = written(tmp_path / "elsewhere")
        tasks = tmp_path / "tasks"
        tasks.mkdir()
        (tasks / "linked").symlink_to(folder)
        (folder / "round").symlink_to(tasks)

        assert task_folders(tasks) == [tasks / "linked"]

    def test_takes_a_folder_that_lacks_a_file_for_a_task(self, tmp_path):
        (written(tmp_path) / "corpus.jsonl").unlink()

        with pytest.raises(TaskFolderInvalid, match=r"corpus\.jsonl is missing"):
            check_tasks(task_folders(tmp_path))

    def test_refuses_two_tasks_of_one_name(self, tmp_path):
        written(tmp_path / "first")
        written(tmp_path / "second")

        with pytest.raises(TaskFolderInvalid, match="are tasks of one name"):
            task_folders(tmp_path)

    def test_says_that_there_is_none(self, tmp_path):
        with pytest.raises(TaskFolderInvalid, match="holds no task"):
            task_folders(tmp_path)

    def test_says_that_there_is_no_folder(self, tmp_path):
        with pytest.raises(TaskFolderInvalid, match="There is no folder"):
            task_folders(tmp_path / "absent")


class TestGroupsOf:
    def test_tells_the_field_of_each_query(self, tmp_path):
        queries = [{"text": "a", "source": 1}, {"text": "b", "source": "1"}]

        groups = groups_of(read_task(written(tmp_path, queries=queries)), "source")

        assert groups is not None
        assert len(set(groups)) == 2

    def test_is_none_where_no_query_has_the_field(self, tmp_path):
        assert groups_of(read_task(written(tmp_path)), "language") is None

    def test_names_a_query_that_lacks_the_field(self, tmp_path):
        task = read_task(written(tmp_path))

        with pytest.raises(
            TaskFolderInvalid,
            match=r"^work/queries\.jsonl, line 1: the query has no 'source'",
        ):
            groups_of(task, "source")

    def test_is_a_mistake_where_no_task_has_the_field(self, tmp_path):
        written(tmp_path)

        with pytest.raises(TaskFolderInvalid, match="No query of any task has"):
            check_tasks(task_folders(tmp_path), macro="language")
