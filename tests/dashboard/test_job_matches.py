import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.jobs.operations import RequirementInput
from tests.dashboard.conftest import count_queries
from tests.factories import make_application, make_candidate, make_job
from tests.matching.indexed import index_everything

PAGE = "/jobs/GRD-1/"


def make_garden(**fields):
    return make_job(
        "Pruning",
        RequirementInput("Motor sport", importance="excluded"),
        requisition_code="GRD-1",
        **fields,
    )


class TestRankedCandidates:
    def test_shows_people_in_the_order_of_the_ranking_with_evidence(
        self, recruiting: Client
    ):
        make_garden()
        make_candidate("Pruning", "Roses", given_name="Ada")
        make_candidate("Banking", "Law", given_name="Bea")
        index_everything()

        page = recruiting.get(PAGE)

        shown = page.content.decode()
        assert [match.rank for match in page.context["found"].matches] == [1, 2]
        assert shown.index("Ada") < shown.index("Bea")
        assert 'class="chip met"' in shown
        assert "not a percentage, not a probability" in shown
        assert "The nearest 2 of" in shown

    def test_lists_who_is_left_out_and_why(self, recruiting: Client):
        make_garden()
        make_candidate("Pruning", "Motor sport", given_name="Rex")
        make_candidate(given_name="Thin")
        index_everything()

        page = recruiting.get(PAGE)

        found = page.context["found"]
        assert [who.candidate.given_name for who in found.excluded] == ["Rex"]
        assert [who.candidate.given_name for who in found.not_enough_data] == ["Thin"]
        assert "Motor sport" in page.content.decode()

    def test_leaves_out_who_is_in_the_pipeline(self, recruiting: Client):
        job = make_garden()
        make_application(job, make_candidate("Pruning", "Roses"))
        index_everything()

        assert not recruiting.get(PAGE).context["found"].matches

    def test_says_that_matches_are_prepared_and_refreshes_itself(
        self, recruiting: Client
    ):
        make_garden()

        shown = recruiting.get(PAGE).content.decode()

        assert 'http-equiv="refresh"' in shown
        assert 'hx-trigger="load' in shown

    def test_says_that_a_job_has_too_little_text(self, recruiting: Client):
        make_job(requisition_code="GRD-1")

        shown = recruiting.get(PAGE).content.decode()

        assert "Too little text to rank by" in shown

    @pytest.mark.parametrize("limit", ["0", "-1", "1000000000", "abc", "7", "", "٢٥"])
    def test_refuses_a_limit_that_is_not_offered(self, recruiting: Client, limit: str):
        make_garden()

        page = recruiting.get(PAGE, {"limit": limit})

        assert page.status_code == 400
        assert "limit" in page.content.decode()

    def test_asks_equally_often_for_few_and_for_many_people(
        self, recruiting: Client, hiring_manager: User
    ):
        make_garden(hiring_manager=hiring_manager)
        make_candidate("Pruning", "Roses")
        index_everything()
        recruiting.get(PAGE)
        few = count_queries(recruiting, PAGE)
        for _number in range(20):
            make_candidate("Pruning", "Roses", "Soil")
        index_everything()

        assert count_queries(recruiting, PAGE) == few

    def test_shows_a_hiring_manager_no_button_to_add(
        self, managing: Client, hiring_manager: User
    ):
        make_garden(hiring_manager=hiring_manager)
        index_everything()

        page = managing.get(PAGE)

        assert page.status_code == 200
        assert "/applications/" not in page.content.decode()
        assert "/imports/" not in page.content.decode()
        assert "Open the pipeline" in page.content.decode()

    def test_does_not_exist_for_who_may_not_see_the_job(
        self, recruiting: Client, managing: Client
    ):
        make_garden(confidential=True)

        assert recruiting.get(PAGE).status_code == 404
        assert managing.get(PAGE).status_code == 404
