"""Proposing a family on the form of a job."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from matching.conf import encoder_settings
from matching.families.encoding import encode_families
from matching.models import QueryEmbedding
from recruit.jobs.models import Job
from tests.dashboard.test_job_form import NEW, form_of
from tests.factories import make_job
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

pytestmark = pytest.mark.django_db

TREES: dict[str, Any] = {
    "title": "Tree surgeon",
    "description": "Climb, prune and fell trees.",
}
PROPOSED = "Proposed: <strong>Cleaning, facilities and grounds</strong>"


@pytest.fixture(autouse=True)
def _families(db) -> None:
    encode_families(encoder_settings())


@pytest.fixture
def worker(db) -> None:
    see_worker()


@pytest.fixture
def asked(recruiting: Client) -> Callable[..., str]:
    """Give a function that asks for a proposal and returns the page."""

    def ask(address: str = NEW, **fields: str) -> str:
        posted = form_of(**{"family-propose": "yes", **TREES, **fields})
        answer = recruiting.post(address, posted)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


class TestProposalForTypedText:
    def test_comes_once_the_worker_has_read_it(self, asked, worker):
        first = asked()
        read_queries()
        second = asked()

        assert "The text is being read" in first
        assert 'hx-trigger="load delay:1s"' in first
        assert PROPOSED in second
        assert "Tree surgeon: climb, prune and fell trees in town." in second

    def test_counts_for_nothing_until_it_is_taken(self, asked, worker):
        asked()
        read_queries()
        asked()

        assert not Job.objects.exists()

    def test_is_chosen_in_the_field_when_taken(self, recruiting: Client):
        posted = form_of(**{"family-take": "facilities", **TREES})

        page = recruiting.post(NEW, posted).content.decode()

        assert '<option value="facilities" selected>' in page
        assert 'value="Tree surgeon"' in page
        assert not Job.objects.exists()

    def test_is_not_taken_where_there_is_no_such_family(self, recruiting: Client):
        posted = form_of(**{"family-take": "piracy", **TREES})

        page = recruiting.post(NEW, posted)

        assert page.status_code == 200
        assert "piracy" not in page.content.decode()

    def test_is_not_made_where_two_fit_about_as_well(self, asked, worker):
        odd = {"title": "Xylophone", "description": "Quixotic zeppelins."}
        asked(**odd)
        read_queries()

        assert "No family fits this text clearly better" in asked(**odd)

    def test_is_not_made_over_a_choice(self, asked, worker):
        page = asked(family="legal")

        assert "Proposed" not in page
        assert not QueryEmbedding.objects.exists()

    def test_says_that_nobody_reads(self, asked):
        see_worker(at=timezone.now() - timedelta(hours=1))

        assert "The worker is not running" in asked()

    def test_asks_for_a_text_first(self, asked, worker):
        assert "Write a title or a description first." in asked(
            title=" ", description=""
        )

    def test_keeps_the_rows_that_were_typed(self, recruiting: Client, worker):
        posted = form_of({"skill": "Pruning"}, **{"family-propose": "yes"}, **TREES)

        page = recruiting.post(NEW, posted).content.decode()

        assert 'value="Pruning"' in page


class TestProposalForStoredJob:
    def shown(self, client: Client, job: Job) -> str:
        page = client.get(f"/jobs/{job.requisition_code}/edit/")
        return page.content.decode()

    def test_stands_on_the_form_of_a_job_without_family(self, recruiting: Client):
        job = make_job(**TREES)
        index_everything()

        assert PROPOSED in self.shown(recruiting, job)

    @pytest.mark.parametrize("family", ["legal", "facilities"])
    def test_stands_nowhere_once_a_family_was_chosen(self, family, recruiting: Client):
        job = make_job(**TREES, family=family)
        index_everything()

        assert "Proposed" not in self.shown(recruiting, job)

    def test_is_silent_while_unsure_or_unread(self, recruiting: Client):
        job = make_job(title="Xylophone")

        assert "No family fits" not in self.shown(recruiting, job)
