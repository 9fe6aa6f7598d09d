"""Who is new, on the home page: in rankings and in saved searches."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.talent.models import RankingVisit, SavedSearch
from recruit.talent.searches import save_search
from tests.dashboard.conftest import client_of, count_queries
from tests.factories import ACTOR, NOW, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def keep(owner: User, name: str, query: str, *, is_shared: bool = False) -> SavedSearch:
    return save_search(
        owner=owner,
        name=name,
        query=query,
        is_shared=is_shared,
        actor=ACTOR,
        saved_at=timezone.now() - timedelta(days=1),
    )


def home(client: Client) -> str:
    return client.get("/").content.decode()


def new_links(page: str) -> list[str]:
    links = re.findall(r'class="pill accent" href="([^"]+)"', page)
    return [unescape(link) for link in links]


class TestNewForJobs:
    def test_leads_to_exactly_who_is_new_until_the_ranking_is_opened(
        self, recruiting: Client
    ):
        make_job("Roses", title="Head gardener", requisition_code="GRD-1")
        make_candidate("Roses", "Soil", given_name="Ada")
        make_candidate("Bread", "Pastry", given_name="Ben")
        index_everything()

        page = home(recruiting)
        (link,) = new_links(page)
        listed = recruiting.get(link)
        opened = RankingVisit.objects.get()

        assert "1 new match" in page
        assert not listed.context["is_panel_open"]
        assert [
            one.candidate.given_name for one in listed.context["found"].matches
        ] == ["Ada"]
        assert new_links(home(recruiting)) == []
        assert timezone.now() - opened.visited_at < timedelta(minutes=1)

    def test_counts_for_each_viewer_apart(self, recruiting: Client):
        make_job("Roses", requisition_code="GRD-1")
        make_candidate("Roses", "Soil")
        index_everything()

        recruiting.get("/jobs/GRD-1/")

        assert "new match" not in home(recruiting)
        assert "1 new match" in home(client_of(make_user()))

    def test_takes_no_prefetch_for_a_visit(self, recruiting: Client):
        make_job("Roses", requisition_code="GRD-1")

        recruiting.get("/jobs/GRD-1/", headers={"sec-purpose": "prefetch"})

        assert not RankingVisit.objects.exists()

    def test_says_nothing_of_jobs_that_hide_names(self, recruiting: Client):
        job = make_job("Roses", requisition_code="GRD-1")
        make_candidate("Roses", "Soil")
        index_everything()

        hide_names(job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=NOW)

        assert "new match" not in home(recruiting)


class TestNewInSearches:
    def test_leads_to_exactly_who_is_new_until_the_search_is_opened(
        self, recruiting: Client, recruiter: User
    ):
        make_candidate("Roses", "Soil", given_name="Old", created_at=NOW)
        now = timezone.now()
        make_candidate("Roses", "Soil", given_name="Ada", created_at=now, country="NL")
        make_candidate("Roses", "Soil", given_name="Ben", created_at=now)
        index_everything()
        search = keep(recruiter, "Dutch roses", "q=roses&country=NL")

        page = home(recruiting)
        (link,) = new_links(page)
        answer = recruiting.get(link, follow=True)

        assert "at least 1 new match" in page  # nobody reads the meaning here
        assert link == f"/searches/{search.pk}/?new=on"
        listed = answer.context["found"].matches
        assert [one.candidate.given_name for one in listed] == ["Ada"]
        assert "Only who is new since" in answer.content.decode()
        assert "New matches" not in home(recruiting)
        again = recruiting.get(link, follow=True).content.decode()
        assert "Nobody new" in again

    def test_lists_new_people_of_a_search_by_words(
        self, recruiting: Client, recruiter: User
    ):
        make_candidate("Roses", "Soil", given_name="Old", created_at=NOW)
        make_candidate("Roses", given_name="Ada", created_at=timezone.now())
        index_everything()
        search = keep(recruiter, "Roses", "q=roses&every_word=on")

        answer = recruiting.get(f"/searches/{search.pk}/?new=on", follow=True)
        again = recruiting.get(f"/searches/{search.pk}/?new=on", follow=True)

        assert [one.given_name for one in answer.context["page"]] == ["Ada"]
        assert "Nobody new" in again.content.decode()

    def test_shows_no_searches_of_others(self, recruiting: Client):
        make_candidate("Roses", "Soil", created_at=timezone.now())
        index_everything()
        keep(make_user(), "Theirs", "q=roses", is_shared=True)

        assert "Theirs" not in home(recruiting)

    def test_asks_no_more_for_more_searches_and_jobs(
        self, recruiting: Client, recruiter: User
    ):
        make_candidate("Roses", "Soil", created_at=timezone.now(), country="NL")
        index_everything()
        query = "q=roses&country=NL&skill=Soil"
        keep(recruiter, "0", query)
        make_job("Roses")
        few = count_queries(recruiting, "/")
        for number in range(1, 5):
            keep(recruiter, str(number), query)
            keep(recruiter, f"all {number}", f"{query}&every_word=on")
            make_job("Roses", "Soil")

        assert home(recruiting).count("new match") >= 14
        assert count_queries(recruiting, "/") == few
