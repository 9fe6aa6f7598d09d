"""docs/recipes/nightly_sync.py"""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from recruit.api.models import KeptAnswer
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.changes.operations import forget_changes
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.imports.models import FileImport
from recruit.jobs.models import Job
from tests.api.recipes.losing import LosingServer
from tests.api.recipes.working import a_worker
from tests.factories import ACTOR, LATER, make_candidate, make_job

pytestmark = pytest.mark.django_db(transaction=True)

JOBS = """id,code,title,status,text,skills
9,GARDEN-1,Gardener,open,Look after the roses of our parks.,Pruning; Planting
"""
CANDIDATES = """id,first,last,mail,does,skills
4711,Noor,Vos,noor.vos@example.org,Gardener,Pruning; Planting
4712,Kim,Peeters,,Baker,
"""


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "jobs.csv").write_text(JOBS)
    (folder / "candidates.csv").write_text(CANDIDATES)
    return folder


@pytest.fixture
def sync(run, tmp_path: Path):
    """Give one night: the export of the other system, and the mirror of ours."""

    def one_night(url: str, export: Path, *, works: bool = True) -> Any:
        with a_worker():
            return run(url, "nightly_sync.py", export, "mirror.sqlite", works=works)

    return one_night


def mirrored(folder: Path, kind: str) -> dict[str, Any]:
    """Return the rows of a kind in the mirror by their ids."""
    mirror = sqlite3.connect(folder / "mirror.sqlite")
    rows = mirror.execute("SELECT id, body FROM row WHERE kind = ?", [kind]).fetchall()
    mirror.close()
    return {row_id: json.loads(body) for row_id, body in rows}


class TestNightlySync:
    def test_pushes_and_pulls_everything(self, live_server, sync, export, tmp_path):
        ours = make_candidate(family_name="Ours")

        done = sync(live_server.url, export)

        noor = Candidate.objects.get(source="our-ats", external_id="4711")
        assert (noor.emails, noor.skills.count()) == (["noor.vos@example.org"], 2)
        assert Job.objects.get(external_id="9").requirements.count() == 2
        people = mirrored(tmp_path, "candidates")
        assert people[str(noor.pk)]["given_name"] == "Noor"
        assert people[str(ours.pk)]["family_name"] == "Ours"
        assert len(mirrored(tmp_path, "jobs")) == 1
        assert "candidates sent: 2 new" in done.stdout
        assert "candidates taken in: 3 new or changed, 0 gone" in done.stdout

    def test_changes_nothing_when_run_again(self, live_server, sync, export, tmp_path):
        sync(live_server.url, export)
        changes = Event.objects.exclude(kind=Happened.IMPORTED)
        count, people = changes.count(), mirrored(tmp_path, "candidates")

        again = sync(live_server.url, export)

        assert changes.count() == count
        assert mirrored(tmp_path, "candidates") == people
        assert "jobs sent: 0 new, 0 changed, 1 as they were" in again.stdout
        assert "candidates sent: 0 new, 0 changed, 2 as they were" in again.stdout
        assert "candidates taken in: 0 new or changed, 0 gone" in again.stdout

    def test_brings_back_what_stood_there_earlier_the_same_day(
        self, live_server, sync, export
    ):
        for title in ("Gardener", "Head gardener", "Gardener"):
            (export / "jobs.csv").write_text(JOBS.replace("Gardener", title))
            done = sync(live_server.url, export)

        assert Job.objects.get().title == "Gardener"
        assert "jobs sent: 0 new, 1 changed" in done.stdout

    def test_takes_in_what_changed_and_what_is_gone(
        self, live_server, sync, export, tmp_path
    ):
        gone = make_candidate()
        sync(live_server.url, export)
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)
        new = make_job(title="Baker")
        (export / "candidates.csv").write_text(CANDIDATES.replace("Baker", "Cook"))

        done = sync(live_server.url, export)

        people = mirrored(tmp_path, "candidates")
        assert str(gone.pk) not in people
        assert {one["headline"] for one in people.values()} == {"Gardener", "Cook"}
        assert str(new.pk) in mirrored(tmp_path, "jobs")
        assert "candidates sent: 0 new, 1 changed, 1 as they were" in done.stdout
        assert "candidates taken in: 1 new or changed, 1 gone" in done.stdout

    def test_settles_answers_that_get_lost(self, live_server, sync, export, tmp_path):
        def loses(method: str, path: str) -> bool:
            return method == "POST" or "/candidates?" in path

        with LosingServer(live_server.url, loses) as lossy:
            done = sync(lossy.url, export)

        assert len(lossy.lost) == 3
        assert Candidate.objects.count() == 2
        assert "candidates sent: 2 new" in done.stdout
        assert len(mirrored(tmp_path, "candidates")) == 2

    def test_settles_what_a_killed_run_has_sent_by_the_same_key(
        self, live_server, sync, begin, export
    ):
        begun: list[Any] = []

        def kills(method: str, _path: str) -> bool:
            if method == "POST":
                begun[0].kill()
            return method == "POST"

        with LosingServer(live_server.url, kills) as lossy:
            begun.append(begin(lossy.url, "nightly_sync.py", export, "mirror.sqlite"))
            begun[0].communicate()
        first_key = KeptAnswer.objects.get().key
        (export / "jobs.csv").write_text(JOBS.replace("Gardener", "Head gardener"))
        with LosingServer(live_server.url, lambda *_call: False) as passing:
            done = sync(passing.url, export)

        keys = [said["Idempotency-Key"] for said in passing.headers_of("POST")]
        assert keys[0] == first_key
        assert len(set(keys)) == 3
        assert FileImport.objects.filter(kind="jobs").count() == 2
        assert done.stdout.splitlines()[:3] == [
            "jobs: an earlier run was cut off; what it sent is settled first",
            "jobs sent: 1 new, 0 changed, 0 as they were, 0 rejected",
            "jobs sent: 0 new, 1 changed, 0 as they were, 0 rejected",
        ]
        assert Job.objects.get().title == "Head gardener"

    def test_gets_over_a_run_whose_key_is_spent(
        self, live_server, sync, export, tmp_path
    ):
        sync(live_server.url, export)
        spent = KeptAnswer.objects.earliest("created_at")
        spent_row = ["jobs", spent.key, b"other rows\n"]
        mirror = sqlite3.connect(tmp_path / "mirror.sqlite")
        with mirror:
            mirror.execute("INSERT INTO sending VALUES (?, ?, ?)", spent_row)
        mirror.close()

        done = sync(live_server.url, export)

        assert "nothing to settle: 422" in done.stderr
        assert "jobs sent: 0 new, 0 changed, 1 as they were" in done.stdout

    def test_begins_anew_where_its_token_is_too_old(
        self, live_server, sync, export, tmp_path
    ):
        sync(live_server.url, export)
        mirror = sqlite3.connect(tmp_path / "mirror.sqlite")
        with mirror:
            mirror.execute("INSERT INTO row VALUES ('candidates', 'nobody', '{}')")
        mirror.close()
        make_candidate()
        forget_changes(before=datetime.now(UTC) + timedelta(hours=1))

        sync(live_server.url, export)

        people = mirrored(tmp_path, "candidates")
        assert len(people) == 3
        assert "nobody" not in people

    def test_tells_which_rows_were_rejected(self, live_server, sync, export):
        (export / "jobs.csv").write_text(JOBS.replace("open", "perhaps"))

        done = sync(live_server.url, export, works=False)

        assert done.returncode == 1
        assert "row 1: status" in done.stderr
        assert Candidate.objects.count() == 2
