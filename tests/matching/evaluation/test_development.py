"""Development tasks: made of what is held out, the same each time."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matching.evaluation.development.adverts import DIGITS, advert_sentences
from matching.evaluation.development.build import TASKS, build_tasks
from matching.evaluation.development.drafts import Draft, picked
from matching.evaluation.development.material import (
    Material,
    onet_summary,
    read_material,
    sentences,
    without_words,
)
from matching.evaluation.tasks import Task, read_task, task_folders
from matching.training.splits import is_held_out
from tests.matching.evaluation.sources import write_sources

KINDS = {"titles", "lookup", "adverts", "description", "skills", "long"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tasks")
    build_tasks(source, folder)
    return folder


@pytest.fixture(scope="module")
def material(source) -> Material:
    return read_material(source)


@pytest.fixture
def tasks(built) -> dict[str, Task]:
    return {folder.name: read_task(folder) for folder in task_folders(built)}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.*")
    }


def answers(task: Task, query: str) -> dict[str, int]:
    relevant = task.relevant[task.query_texts().index(query)]
    return {task.corpus[at].text: grade for at, grade in relevant.items()}


class TestBuildTasks:
    def test_writes_tasks_of_every_kind_that_can_be_read(self, tasks):
        assert {name.split("-")[0] for name in tasks} == KINDS
        assert len(tasks) == len(TASKS)

    def test_gives_the_same_bytes_twice(self, source, built, tmp_path):
        build_tasks(source, tmp_path)

        assert contents(tmp_path) == contents(built)

    def test_asks_only_about_what_is_held_out(self, tasks):
        groups = {
            str(query.fields["group"])
            for task in tasks.values()
            for query in task.queries
            if "group" in query.fields
        }

        assert groups
        assert all(is_held_out(group) for group in groups)

    def test_says_which_documents_training_may_know(self, tasks, material):
        held_out = {
            onet_summary(one) for one in material.onet if is_held_out(one.group)
        }

        for document in tasks["titles-onet"].corpus:
            assert document.fields["held_out"] is (document.text in held_out)

    @pytest.mark.parametrize(
        "name", ["lookup-sentences", "lookup-words", "lookup-masked"]
    )
    def test_takes_only_held_out_labels_for_right(self, tasks, name):
        task = tasks[name]

        right = {at for relevant in task.relevant for at in relevant}

        assert right
        assert all(task.corpus[at].fields["held_out"] for at in right)
        assert {document.fields["held_out"] for document in task.corpus} == {
            True,
            False,
        }

    def test_names_the_source_of_each_query(self, tasks):
        assert all(
            query.fields["source"] for task in tasks.values() for query in task.queries
        )


class TestTitles:
    def test_lead_to_the_occupation(self, tasks, material):
        (one, *_others) = [one for one in material.onet if is_held_out(one.group)]

        found = answers(tasks["titles-onet"], one.titles[0])

        assert found == {onet_summary(one): 1}

    def test_leave_out_what_others_are_called_too_or_it_is_called_itself(self, tasks):
        asked = tasks["titles-onet"].query_texts()

        assert all(title.startswith("Workman") for title in asked)


class TestLookup:
    def test_asks_no_sentence_that_training_may_know(self, tasks, material):
        known = {
            sentence
            for skill in material.skills
            if not is_held_out(skill.group)
            for sentence in sentences(skill.description)
        }
        told = {
            sentence
            for skill in material.skills
            if is_held_out(skill.group)
            for sentence in sentences(skill.description)
        }

        assert told & known
        assert known.isdisjoint(tasks["lookup-sentences"].query_texts())


class TestLongTexts:
    def test_share_no_sentence_between_job_and_career(self, tasks):
        task = tasks["long-careers"]

        for query, relevant in zip(task.queries, task.relevant, strict=True):
            told = set(sentences(query.text))
            for document in relevant:
                assert told.isdisjoint(sentences(task.corpus[document].text))

    def test_are_masked_without_the_words_of_the_title(self, tasks):
        texts = tasks["long-careers-masked"].query_texts()

        assert any("workers" in text for text in tasks["long-careers"].query_texts())
        assert not any("worker" in text.casefold() for text in texts)


class TestAdverts:
    def test_lead_to_the_labels_that_their_digests_name(self, tasks):
        task = tasks["adverts-other"]

        assert task.query_texts()
        for text in task.query_texts():
            assert answers(task, text) == {"manage budgets": 1}

    def test_are_technical_or_not(self, tasks):
        for text in tasks["adverts-technical"].query_texts():
            assert "machine learning" in answers(tasks["adverts-technical"], text)

    def test_hold_no_sentence_twice_and_no_label(self):
        sentences_told = [one["text"] for one in advert_sentences()]

        assert len(sentences_told) == len(set(sentences_told)) == 300
        assert all(
            len(label) == DIGITS and int(label, 16) >= 0
            for one in advert_sentences()
            for label in one["labels"]
        )


class TestTasksOfTheTrueData:
    def test_are_of_a_size_that_is_scored_in_minutes(self, settings, tmp_path):
        if not Path(settings.TRAINING_DATA).is_dir():
            pytest.skip(f"{settings.TRAINING_DATA} is not there")

        build_tasks(Path(settings.TRAINING_DATA), tmp_path)

        tasks = [read_task(folder) for folder in task_folders(tmp_path)]
        assert len(tasks) == len(TASKS)
        assert all(10 <= len(task.queries) <= 400 for task in tasks)
        assert all(100 <= len(task.corpus) <= 5200 for task in tasks)
        long = [task for task in tasks if task.name.startswith("long")]
        assert all(len(task.corpus) <= 150 for task in long)


class TestDraft:
    def test_takes_both_answers_of_a_query_asked_twice(self, tmp_path):
        draft = Draft("twice")
        for text in ("cook", "baker"):
            draft.add_document(text, held_out=True)
        draft.add_query("bread", {"baker": 2}, source="a")
        draft.add_query("bread", {"cook": 1, "baker": 1}, source="b")

        draft.write(tmp_path / "twice")

        assert answers(read_task(tmp_path / "twice"), "bread") == {
            "baker": 2,
            "cook": 1,
        }

    def test_holds_a_document_out_that_is_held_out_anywhere(self):
        draft = Draft("both")

        draft.add_document("cook", held_out=True)
        draft.add_document("cook", held_out=False)

        assert draft.documents == {"cook": True}


class TestPicked:
    def test_draws_the_same_whatever_the_order(self):
        names = [f"name {number}" for number in range(50)]

        drawn = picked(names, 5)

        assert drawn == picked(reversed(names), 5) == sorted(drawn)
        assert len(drawn) == 5
        assert drawn != picked(names, 5, salt="other")


class TestWithoutWords:
    def test_takes_out_singular_and_plural_in_any_case(self):
        text = "Fundraising managers manage a Manager's funds.\nManagers!"

        assert without_words(text, "Fundraising Manager") == "manage a 's funds.\n!"

    def test_leaves_words_that_only_begin_so(self):
        assert without_words("goes to gas, going", "Go") == "goes to gas, going"


class TestSentences:
    def test_parts_at_full_stops_before_capitals(self):
        text = "Use tools, e.g. hammers and saws. Mend them as well daily! Too short."

        assert sentences(text) == [
            "Use tools, e.g. hammers and saws.",
            "Mend them as well daily!",
        ]


class TestBuildEvaluationTasks:
    def test_names_what_it_wrote(self, source, tmp_path):
        out = StringIO()

        call_command("build_evaluation_tasks", str(source), output=tmp_path, stdout=out)

        lines = out.getvalue().splitlines()
        assert len(lines) == len(TASKS)
        assert lines[0].startswith("titles-onet: ")

    def test_says_which_file_is_missing(self, tmp_path):
        with pytest.raises(CommandError, match=r"\.csv cannot be read"):
            call_command("build_evaluation_tasks", str(tmp_path), output=tmp_path)

    def test_says_that_it_cannot_write(self, source, tmp_path):
        (tmp_path / "file").write_text("")

        with pytest.raises(CommandError, match="cannot be written"):
            call_command(
                "build_evaluation_tasks", str(source), output=tmp_path / "file"
            )
