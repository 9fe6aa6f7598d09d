"""Imports that are killed, and imports that meet."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, connections

from recruit.candidates.models import Candidate, CandidateSkill
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.skills.models import Skill
from tests.imports.files import counts, imported, jobs_imported, table

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
ROWS = 3_000


def people(count):
    rows = (
        [f"c{n}", f"Given{n} Family", f"p{n}@x.org", f"Skill {n % 90}x; Skill {n % 7}y"]
        for n in range(count)
    )
    return table(["external_id", "name", "email", "skills"], *rows)


def database_url():
    """Return the address of the database that the tests are writing to."""
    settings = connection.settings_dict
    where = {"host": settings["HOST"], "port": settings["PORT"] or "5432"}
    user = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    return f"postgresql://{user}@/{quote(settings['NAME'])}?{urlencode(where)}"


def importing(path, home):
    return subprocess.Popen(  # noqa: S603  this project's own command
        [sys.executable, "manage.py", "import_candidates", str(path)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url(), "RECRUIT_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def profiles():
    held = CandidateSkill.objects.order_by("candidate__external_id", "position")
    return (
        list(
            Candidate.objects.order_by("external_id").values_list(
                "external_id", "given_name", "emails", "version"
            )
        ),
        list(held.values_list("candidate__external_id", "skill__name")),
    )


class TestKilledImport:
    def test_ends_as_if_it_had_run_once_when_run_again(self, tmp_path):
        imported(people(ROWS))
        once = profiles()
        Candidate.objects.all().delete()
        path = tmp_path / "people.csv"
        path.write_text(people(ROWS))

        first = importing(path, tmp_path / "home")
        while Candidate.objects.count() < 1_000:
            assert first.poll() is None, first.communicate()
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        landed = Candidate.objects.count()
        again = importing(path, tmp_path / "home")
        told, _ = again.communicate(timeout=120)

        assert landed < ROWS
        assert again.returncode == 0, told
        assert f"{ROWS - landed} created, 0 changed, {landed} unchanged" in told
        assert profiles() == once


class TestTwoImportsAtOnce:
    def at_once(self, *calls):
        def run(call):
            try:
                return call()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))

    def test_of_people_end_as_one(self):
        content = people(1_200)

        results = self.at_once(*[lambda: imported(content)] * 2)

        assert sum(result.created for result in results) == 1_200
        assert sum(result.unchanged for result in results) == 1_200
        assert Candidate.objects.count() == 1_200
        assert Skill.objects.count() == 97
        told = [
            len(ids) for ids in Event.objects.values_list("candidate_ids", flat=True)
        ]
        assert sum(told) == 1_200

    def test_of_jobs_end_as_one(self):
        content = table(["title"], *[[f"Job {n}"] for n in range(60)])

        results = self.at_once(*[lambda: jobs_imported(content)] * 2)

        assert sum(result.created for result in results) == 60
        assert Job.objects.count() == 60

    def test_of_other_sources_share_their_skills(self):
        content = people(600)

        results = self.at_once(
            lambda: imported(content.replace("@", "@one."), source="one"),
            lambda: imported(content.replace("@", "@two."), source="two"),
        )

        assert [counts(result) for result in results] == [(600, 0, 0, 0)] * 2
        assert Skill.objects.count() == 97
