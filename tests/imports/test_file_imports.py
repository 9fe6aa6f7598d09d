import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from recruit.applications.models import Application, StageTransition
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.imports import landing, run
from recruit.imports.choices import ImportState
from recruit.imports.models import KEPT, FileImport
from recruit.imports.operations import (
    WrongMoment,
    cancel,
    choose_columns,
    discard,
    is_queued,
    remembered,
    remove_left_behind,
    remove_old,
    resume,
    start_check,
    start_import,
)
from recruit.imports.readers import Sender
from recruit.imports.rejections import rejected_csv
from recruit.imports.sending import Sent, send_file
from recruit.imports.types import FileFormat, ImportKind, UnusableFile
from tests.factories import NOW, make_job, make_user
from tests.imports.files import table
from tests.imports.sent import checked, figures, imported_file, kept, work_on
from tests.imports.test_cut_off import database_url, people
from tests.imports.workbooks import workbook

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
MIXED = "name,email\nKim,kim@x.org\nAnn,none\nLee,lee@x.org\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def after_batch(monkeypatch):
    """Import two rows at a time, and do something after one of the batches."""
    monkeypatch.setattr(run, "BATCH_ROWS", 2)

    def do(number, action):
        land = landing.Landing.land
        landed: Counter[str] = Counter()

        def land_then_act(self, records):
            results = land(self, records)
            landed["batches"] += 1
            if landed["batches"] == number:
                action()
            return results

        monkeypatch.setattr(landing.Landing, "land", land_then_act)

    return do


def begin_table(count):
    one = kept(people(count))
    return start_import(import_id=one.pk, begun_at=NOW)


def begin_lines(count):
    """Send people without ids of their own, as another system does."""
    line = b'{"family_name": "Family", "skills": [{"skill": "Pruning"}]}\n'
    sent = Sent(ImportKind.CANDIDATES, FileFormat.LINES, "hr", "hr.ndjson")
    return send_file([line * count], sent, sender=Sender(make_user()), sent_at=NOW)


def told_of_people():
    """Return how often the log tells of each new person."""
    events = Event.objects.filter(kind=Happened.CANDIDATE_CREATED)
    return Counter(one for event in events for one in event.candidate_ids)


class TestKeptFile:
    def test_says_what_its_columns_may_mean(self):
        one = kept("Full Name,Shoe size,E-Mail\nKim,42,k@x.org\n")

        assert one.fields == ["name", "", "email"]
        assert one.first_rows == [["Kim", "42", "k@x.org"]]
        assert one.state == ImportState.MAPPING

    def test_may_have_columns_that_nobody_has_heard_of(self):
        assert kept(workbook(["Wer", "Was"], ["Kim", "Gärtnerin"])).fields == ["", ""]

    def test_of_a_known_source_means_what_it_meant_before(self):
        first = kept("Wer,Was\nKim,Gardener\n")
        choose_columns(import_id=first.pk, fields=["name", "headline"])

        assert kept("was,wer\nCook,Lee\n").fields == ["headline", "name"]
        assert kept("Wer,Was\nKim,Cook\n", source="other").fields == ["", ""]

    @pytest.mark.parametrize("content", ["", "name\n", b"\x00\x01\x02"])
    def test_that_holds_nothing_is_not_kept(self, uploads, content):
        with pytest.raises(UnusableFile):
            kept(content)

        assert not FileImport.objects.exists()
        assert not list(uploads.glob("*"))


class TestChooseColumns:
    def test_is_remembered_with_what_is_left_out(self):
        one = kept("name,title\nKim,Gardener\n")

        choose_columns(import_id=one.pk, fields=["name", ""])

        known = remembered(ImportKind.CANDIDATES, "old-ats")
        assert known == {"name": "name", "title": ""}

    @pytest.mark.parametrize(
        "fields", [["name", "shoes"], ["name", "name"], ["", "email"]]
    )
    def test_refuses_what_cannot_be(self, fields):
        one = kept("a,b\nKim,k@x.org\n")

        with pytest.raises(UnusableFile):
            choose_columns(import_id=one.pk, fields=fields)

        assert remembered(ImportKind.CANDIDATES, "old-ats") == {}

    def test_decides_what_is_read(self):
        one = kept("a,b\nKim,k@x.org\n")

        choose_columns(import_id=one.pk, fields=["headline", "name"])
        imported_file(one)

        person = Candidate.objects.get()
        assert (person.name, person.headline) == ("k@x.org", "Kim")


class TestCheck:
    def test_names_row_and_field_and_writes_nothing(self):
        one = checked(kept(MIXED))

        assert (one.state, figures(one)) == (ImportState.CHECKED, (2, 0, 0, 1))
        told = one.rejected_rows.get()
        assert told.reason == "Row 3, email: “none” is not an e-mail address."
        assert told.cells == ["Ann", "none"]
        assert not Candidate.objects.exists()

    def test_leaves_nothing_behind_for_the_import(self):
        one = imported_file(checked(kept(MIXED)))

        assert (one.state, figures(one)) == (ImportState.FINISHED, (2, 0, 0, 1))
        assert one.rejected_rows.count() == 1

    def test_counts_the_rows_of_the_file(self):
        assert checked(kept(MIXED)).rows_total == 3


class TestImport:
    def test_is_told_in_the_log_with_its_figures(self):
        imported_file(kept(MIXED))

        told = Event.objects.get(kind=Happened.IMPORTED)
        assert (told.details["created"], told.details["rejected"]) == (2, 1)

    def test_begins_once(self):
        one = kept(MIXED)
        start_import(import_id=one.pk, begun_at=NOW)

        for again in (
            lambda: start_import(import_id=one.pk, begun_at=NOW),
            lambda: start_check(import_id=one.pk),
            lambda: resume(import_id=one.pk),
            lambda: discard(import_id=one.pk),
        ):
            with pytest.raises(WrongMoment):
                again()

        assert ProcrastinateJob.objects.filter(lock=one.task_lock).count() == 1

    def test_needs_a_name_among_the_columns(self):
        one = kept("wer\nKim\n")

        with pytest.raises(UnusableFile):
            start_import(import_id=one.pk, begun_at=NOW)

    def test_done_again_by_another_worker_changes_nothing(self):
        one = imported_file(kept(MIXED))

        again = work_on(one.pk)

        assert figures(again) == (2, 0, 0, 1)
        assert set(told_of_people().values()) == {1}

    def test_that_cannot_go_on_says_why(self):
        one = kept(MIXED)
        start_import(import_id=one.pk, begun_at=NOW)
        one.file.unlink()

        failed = work_on(one.pk)

        assert failed.state == ImportState.FAILED
        assert "There is no file" in failed.failure


class TestStoppedImport:
    ROWS = table(["name", "email"], *[[f"Kim {n}", f"k{n}@x.org"] for n in range(9)])

    def test_ends_before_the_next_batch_and_goes_on_from_there(self, after_batch):
        one = kept(self.ROWS)
        after_batch(2, lambda: cancel(import_id=one.pk))

        stopped = imported_file(one)
        resume(import_id=one.pk)
        done = work_on(one.pk)

        assert (stopped.state, figures(stopped)) == ("cancelled", (4, 0, 0, 0))
        assert (done.state, figures(done)) == ("finished", (9, 0, 0, 0))
        assert sorted(told_of_people().values()) == [1] * 9

    def test_knows_what_earlier_rows_have_said(self, after_batch):
        content = self.ROWS + "Kim again,k0@x.org\n"
        one = kept(content)
        after_batch(1, lambda: cancel(import_id=one.pk))
        imported_file(one)

        resume(import_id=one.pk)
        done = work_on(one.pk)

        assert figures(done) == (9, 0, 0, 1)
        told = done.rejected_rows.get()
        assert told.reason == "Row 11, email: “k0@x.org” stands in row 2 already."

    def test_without_its_memory_begins_anew_and_doubles_nothing(self, after_batch):
        one = kept(self.ROWS)
        after_batch(2, lambda: cancel(import_id=one.pk))
        imported_file(one)
        for claims in one.folder.glob("claims*"):
            claims.unlink()

        resume(import_id=one.pk)
        done = work_on(one.pk)

        assert figures(done) == (5, 0, 4, 0)
        assert Candidate.objects.count() == 9

    def test_of_a_check_goes_back_to_the_columns(self, after_batch):
        one = kept(self.ROWS)
        after_batch(1, lambda: cancel(import_id=one.pk, asks_again=True))

        assert checked(one).state == ImportState.MAPPING

    def test_of_a_check_goes_on_as_a_check(self, after_batch):
        one = kept(self.ROWS)
        after_batch(1, lambda: cancel(import_id=one.pk))
        stopped = checked(one)

        resume(import_id=one.pk)
        done = work_on(one.pk)

        assert (stopped.state, stopped.is_check) == ("cancelled", True)
        assert (done.state, figures(done)) == ("checked", (9, 0, 0, 0))
        assert not Candidate.objects.exists()

    def test_leaves_nothing_to_stop_twice(self):
        with pytest.raises(WrongMoment):
            cancel(import_id=kept(MIXED).pk)

    def test_gives_way_to_the_worker_that_took_over(self, after_batch):
        one = kept(self.ROWS)

        def take_over():
            work_on(one.pk)

        after_batch(2, take_over)

        done = imported_file(one)

        assert (done.state, figures(done)) == ("finished", (9, 0, 0, 0))
        assert sorted(told_of_people().values()) == [1] * 9

    def test_is_noted_once_where_the_answer_of_a_commit_was_lost(self, monkeypatch):
        write = landing.Landing._write
        answers = iter(["lost"])

        def write_and_lose_the_answer(self, rows, rejected):
            results = write(self, rows, rejected)
            return write(self, rows, rejected) if next(answers, "") else results

        monkeypatch.setattr(run, "BATCH_ROWS", 2)
        monkeypatch.setattr(landing.Landing, "_write", write_and_lose_the_answer)

        done = imported_file(kept(self.ROWS))

        assert (done.rows_done, figures(done)) == (9, (9, 0, 0, 0))


class TestRejectedCsv:
    def test_has_reasons_first_and_can_come_back_mended(self):
        one = imported_file(kept(MIXED))

        text = "".join(rejected_csv(one))
        back = kept(text.replace(",none", ",ann@x.org"))

        assert text.startswith("\ufeffreason,name,email\r\n")
        assert back.fields == ["", "name", "email"]
        assert figures(imported_file(back)) == (1, 0, 0, 0)
        assert "".join(rejected_csv(back)).startswith("\ufeffreason,name,email\r\n")

    def test_runs_no_formula(self):
        one = imported_file(kept('name,email\nAnn,"=1+1"\n'))

        assert "'=1+1" in "".join(rejected_csv(one))


class TestRemoveOld:
    def test_takes_files_and_rows_that_nobody_comes_back_to(
        self, uploads, django_capture_on_commit_callbacks
    ):
        imported_file(kept(MIXED))
        running = kept(MIXED)
        start_check(import_id=running.pk)

        with django_capture_on_commit_callbacks(execute=True):
            remove_old(now=NOW + KEPT + timedelta(hours=1))

        assert list(FileImport.objects.all()) == [running]
        assert [folder.name for folder in uploads.glob("*")] == [str(running.pk)]

    def test_takes_what_killed_processes_have_left(self, uploads):
        known = kept(MIXED)
        unknown, body = uploads / "unknown", uploads.parent / "incoming" / "tmp1"
        unknown.mkdir()
        body.parent.mkdir()
        body.touch()
        written_at = datetime.now(UTC)

        remove_left_behind(now=written_at + timedelta(hours=1))
        assert unknown.exists()
        assert body.exists()

        remove_left_behind(now=written_at + timedelta(days=2))
        assert (unknown.exists(), body.exists()) == (False, False)
        assert known.file.exists()


@pytest.mark.django_db(transaction=True)
class TestKilledWorker:
    ROWS = 3_000

    def kill_after(self, one, model, count, uploads):
        """Let a worker of its own begin, and kill it when so many rows are there."""
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "RECRUIT_HOME": str(uploads.parent / "home"),
        }
        working = (
            "from uuid import UUID; from django.conf import settings;"
            f"settings.MEDIA_ROOT = {str(uploads.parent)!r};"
            "from recruit.imports.tasks import run_file_import;"
            f"run_file_import(import_id='{one.pk}')"
        )
        worker = subprocess.Popen(  # noqa: S603  this project's own command
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", working],
            cwd=ROOT,
            env=environment,
        )
        while model.objects.count() < count:
            assert worker.poll() is None
            time.sleep(0.01)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    @pytest.mark.parametrize("begin", [begin_table, begin_lines])
    def test_loses_nothing_and_doubles_nothing(self, uploads, begin):
        one = begin(self.ROWS)
        self.kill_after(one, Candidate, 1_000, uploads)
        cut = FileImport.objects.get()
        landed = Candidate.objects.count()

        done = work_on(one.pk)

        assert cut.created == landed < self.ROWS
        assert (done.state, figures(done)) == ("finished", (self.ROWS, 0, 0, 0))
        assert Candidate.objects.count() == self.ROWS
        assert Counter(told_of_people().values()) == {1: self.ROWS}
        assert one.rows.filter(outcome="created").count() == self.ROWS

    def test_of_applications_moves_each_once(self, uploads):
        job, rows = make_job(), self.ROWS // 2
        people = Candidate.objects.bulk_create(
            Candidate(family_name="P", created_at=NOW, profile_changed_at=NOW)
            for _ in range(rows)
        )
        lines = [[job.pk, one.pk, "interview"] for one in people]
        content = table(["job", "candidate", "stage"], *lines)
        one = kept(content, kind=ImportKind.APPLICATIONS)
        start_import(import_id=one.pk, begun_at=NOW)
        self.kill_after(one, Application, 500, uploads)
        landed = Application.objects.count()

        done = work_on(one.pk)

        assert landed < rows
        assert (done.state, figures(done)) == ("finished", (rows, 0, 0, 0))
        assert Application.objects.filter(stage="interview", version=2).count() == rows
        assert StageTransition.objects.count() == rows
        for kind in (Happened.APPLIED, Happened.STAGE_CHANGED):
            told = Event.objects.filter(kind=kind).values_list("application_id")
            assert Counter(Counter(told).values()) == {1: rows}

    def test_can_be_gone_on_with_by_hand(self):
        one = kept(MIXED)
        start_import(import_id=one.pk, begun_at=NOW)
        _forget_tasks()

        resume(import_id=one.pk)

        assert is_queued(one)


def _forget_tasks():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
