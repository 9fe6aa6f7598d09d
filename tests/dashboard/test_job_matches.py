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
        assert "2 of 2 people in the sourcing pool are ranked" in shown

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

    @pytest.mark.parametrize("name", ["after", "before"])
    @pytest.mark.parametrize("cursor", ["0", "-1", "WyJhIl0", "W10", "٢٥", "a" * 1999])
    def test_refuses_an_address_of_a_page_that_was_never_given(
        self, recruiting: Client, name: str, cursor: str
    ):
        make_garden()

        page = recruiting.get(PAGE, {name: cursor})

        assert page.status_code == 400
        assert "Begin at the first page" in page.content.decode()

    def test_shows_fifty_people_and_the_way_to_the_next(self, recruiting: Client):
        make_garden()
        for number in range(60):
            make_candidate("Pruning", "Roses", headline=f"Gardener {number}" * 12)
        index_everything()

        page = recruiting.get(PAGE)
        later = recruiting.get(f"{PAGE}?{page.context['later']}")

        assert len(page.context["found"].matches) == 50
        assert [m.rank for m in later.context["found"].matches] == list(range(51, 61))
        assert len(page.content) < 300_000
        assert 'rel="next"' in page.content.decode()
        assert 'rel="prev"' in later.content.decode()

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
        assert 'class="key">o<' in page.content.decode()
        assert 'class="key">x<' not in page.content.decode()

    def test_does_not_exist_for_who_may_not_see_the_job(
        self, recruiting: Client, managing: Client
    ):
        make_garden(confidential=True)

        assert recruiting.get(PAGE).status_code == 404
        assert managing.get(PAGE).status_code == 404


class TestGates:
    def test_says_who_is_gated_out_and_why_with_the_counts_of_facets(
        self, recruiting: Client
    ):
        make_garden()
        make_candidate("Pruning", "Roses", given_name="Ada", country="NL")
        make_candidate("Pruning", "Roses", given_name="Bea", country="DE")
        index_everything()

        page = recruiting.get(PAGE, {"country": "DE", "order": "hybrid"})

        shown = page.content.decode()
        names = [m.candidate.given_name for m in page.context["found"].matches]
        assert names == ["Bea"]
        assert "1 person is gated out:" in shown
        assert 'href="?order=hybrid"' in shown
        assert 'value="NL"' in shown

    def test_names_a_skill_that_nobody_knows_beside_its_field(self, recruiting: Client):
        make_garden()
        make_candidate("Pruning", "Roses")
        index_everything()

        page = recruiting.get(PAGE, {"skill": "Telekinesis"})

        assert page.status_code == 400
        assert "No skill is called “Telekinesis”" in page.content.decode()
        assert len(page.context["found"].matches) == 1

    def test_names_what_nobody_can_have_gone_through(self, recruiting: Client):
        make_garden()
        make_candidate("Pruning", "Roses")
        index_everything()

        page = recruiting.get(PAGE, {"history": ["never", "stage:nope"]})

        assert page.status_code == 400
        assert "gone through “stage:nope”" in page.content.decode()
        assert len(page.context["found"].matches) == 1

    def test_narrows_by_the_words_of_skills(self, recruiting: Client):
        make_garden()
        make_candidate("Pruning", "Roses", given_name="Ada")
        make_candidate("Pruning", "Law", given_name="Bea")
        index_everything()

        without = recruiting.get(PAGE, {"without": "law", "skill": ["pruning", ""]})

        names = [m.candidate.given_name for m in without.context["found"].matches]
        assert names == ["Ada"]

    @pytest.mark.parametrize(
        "asked",
        [
            {"salary": "much"},
            {"salary": "-1"},
            {"available": "9"},
            {"contact": "yesterday"},
            {"since": "2026-99-99T00:00:00Z"},
            {"since": "yesterday"},
            {"country": "x" * 300},
            {"source": "a\x00b"},
            {"sort": "shoe size"},
        ],
    )
    def test_refuses_what_cannot_be_asked(self, recruiting: Client, asked):
        make_garden()
        make_candidate("Pruning", "Roses")
        index_everything()

        assert recruiting.get(PAGE, asked).status_code == 400

    def test_shows_what_somebody_went_through_with_us(self, recruiting: Client):
        make_garden()
        person = make_candidate("Pruning", "Roses")
        make_application(make_job(requisition_code="REQ-12"), person)
        index_everything()

        assert "Applied for REQ-12 in May 2026" in recruiting.get(PAGE).content.decode()

    def test_begins_anew_with_a_word_where_the_ranking_is_another(
        self, recruiting: Client
    ):
        make_garden()
        for _number in range(51):
            make_candidate("Pruning", "Roses")
        index_everything()
        later = recruiting.get(PAGE).context["later"]

        page = recruiting.get(f"{PAGE}?{later}&order=hybrid")

        assert "The ranking was made anew" in page.content.decode()
        assert page.context["found"].matches[0].rank == 1


class TestWhy:
    def test_marks_the_sentence_that_each_requirement_rests_on(
        self, recruiting: Client
    ):
        make_job("Pruning", "Roses", "Law", "Greek", requisition_code="GRD-1")
        person = make_candidate(
            "Pruning", "Soil", "Water", summary="I grew\n roses in parks. I sing."
        )

        shown = recruiting.get(f"{PAGE}candidates/{person.pk}/").content.decode()

        mark = f"evidence-{person.pk.hex}-"
        assert f'<mark id="{mark}2">' in shown
        assert f'href="#{mark}2"' in shown
        assert f'<mark class="tag" id="{mark}1">Pruning</mark>' in shown
        assert "Missing: Law, Greek" in shown
        assert "has not been read by the encoder yet" in shown

    def test_gives_the_cosine_under_details(self, recruiting: Client):
        make_garden()
        person = make_candidate("Pruning", "Roses")
        index_everything()

        shown = recruiting.get(f"{PAGE}candidates/{person.pk}/").content.decode()

        assert "not a percentage, not a probability" in shown

    def test_says_why_somebody_is_not_ranked(self, recruiting: Client):
        make_garden()
        person = make_candidate("Motor sport")

        shown = recruiting.get(f"{PAGE}candidates/{person.pk}/").content.decode()

        assert "Holds Motor sport, which this job excludes." in shown

    def test_shows_texts_as_text(self, recruiting: Client):
        make_garden()
        person = make_candidate(summary="<script>Pruning & more</script> words.")

        shown = recruiting.get(f"{PAGE}candidates/{person.pk}/").content.decode()

        assert "<script>Pruning" not in shown

    def test_does_not_exist_for_who_may_not_see_the_person(
        self, managing: Client, hiring_manager: User
    ):
        make_garden(hiring_manager=hiring_manager)
        person = make_candidate("Pruning", "Roses")

        assert managing.get(f"{PAGE}candidates/{person.pk}/").status_code == 404
