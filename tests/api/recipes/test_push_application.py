"""docs/recipes/push_application.py"""

import json
from pathlib import Path

import pytest

from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.events.models import Event
from tests.api.recipes.losing import LosingServer
from tests.factories import make_job

pytestmark = pytest.mark.django_db(transaction=True)

APPLICATION = {
    "id": "A-17",
    "job": "GARDEN-1",
    "person": {
        "id": "4711",
        "given_name": "Noor",
        "family_name": "Vos",
        "emails": ["noor.vos@example.org"],
        "skills": [{"skill": "Pruning"}],
    },
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "application.json"
    file.write_text(json.dumps(APPLICATION))
    return file


class TestPushApplication:
    def test_makes_the_person_and_the_application(self, live_server, run, file):
        make_job(requisition_code="GARDEN-1")

        done = run(live_server.url, "push_application.py", file)

        (application,) = Application.objects.all()
        assert done.stdout.strip() == str(application.pk)
        assert application.external_id == "A-17"
        assert application.candidate.emails == ["noor.vos@example.org"]

    def test_changes_nothing_when_run_again(self, live_server, run, file):
        make_job(requisition_code="GARDEN-1")
        first = run(live_server.url, "push_application.py", file)
        events = Event.objects.count()

        again = run(live_server.url, "push_application.py", file)

        assert again.stdout == first.stdout
        assert Event.objects.count() == events
        assert Candidate.objects.count() == Application.objects.count() == 1

    def test_settles_answers_that_get_lost(self, live_server, run, file):
        make_job(requisition_code="GARDEN-1")
        with LosingServer(live_server.url, lambda method, _: method == "POST") as lossy:
            done = run(lossy.url, "push_application.py", file)

        assert len(lossy.lost) == 2
        (application,) = Application.objects.all()
        assert done.stdout.strip() == str(application.pk)
        assert Candidate.objects.count() == 1

    def test_says_that_there_is_no_such_job(self, live_server, run, file):
        done = run(live_server.url, "push_application.py", file, works=False)

        assert "There is no job GARDEN-1" in done.stderr
        assert not Candidate.objects.exists()

    def test_says_what_the_platform_refuses(self, live_server, run, file):
        make_job(requisition_code="GARDEN-1", status="closed")

        done = run(live_server.url, "push_application.py", file, works=False)

        assert "409" in done.stderr
