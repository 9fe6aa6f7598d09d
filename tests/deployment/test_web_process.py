import subprocess
import sys

import pytest

from tests.deployment.processes import ROOT, environment

# What the web server does before the first request, and all URLs with it.
LOAD_SITE = """
import sys
from django.urls import get_resolver
import recruit.wsgi
get_resolver().url_patterns
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


class TestWebProcess:
    def test_never_loads_the_encoder(self, home):
        loaded = subprocess.run(  # noqa: S603  this interpreter
            [sys.executable, "-c", LOAD_SITE],
            cwd=ROOT,
            env=environment(home),
            capture_output=True,
            text=True,
            check=True,
        )

        assert loaded.stdout == "[]\n"


@pytest.mark.django_db
class TestHealthz:
    def test_answers_without_the_database(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = client.get("/healthz")

        assert answer.json() == {"alive": True}


@pytest.mark.django_db
class TestReadyz:
    def test_names_what_is_not_well(self, client):
        answer = client.get("/readyz")

        assert answer.status_code == 503
        assert answer.json()["problems"] == {"worker": "No worker runs."}

    def test_reports_the_encoder_and_what_waits_for_it(self, client):
        indexing = client.get("/readyz").json()["indexing"]

        assert "/profile-" in indexing["encoder"]
        assert indexing["waiting_candidates"] == 0
        assert indexing["waiting_jobs"] == 0
