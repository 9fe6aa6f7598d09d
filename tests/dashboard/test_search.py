"""The candidates page searched by a text, and people like one person."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching.models import QueryEmbedding
from recruit.accounts.models import User
from recruit.candidates.inputs import ExperienceInput
from recruit.candidates.operations import erase_candidate
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, make_application, make_candidate, make_job
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

CANDIDATES = "/candidates/"
TEXT = "nursing in hospitals"


def page_of(client: Client, text: str = TEXT, **query: str) -> str:
    answer = client.get(CANDIDATES, {"q": text, **query})
    assert answer.status_code == 200
    return answer.content.decode()


def asked_again(client: Client, text: str = TEXT) -> int:
    """Return the status of what the page asks while the text is read."""
    headers = {"hx-request": "true", "hx-trigger": "meaning"}
    return client.get(CANDIDATES, {"q": text}, headers=headers).status_code


@pytest.fixture
def worker(db: None) -> None:
    see_worker()


@pytest.fixture
def ward(db: None) -> None:
    make_candidate("Nursing", "Care", given_name="Ada", headline="A hospital nurse")
    make_candidate("Bread", "Pastry", given_name="Ben")
    index_everything()


@pytest.mark.usefixtures("worker", "ward")
class TestSearch:
    def test_shows_word_results_first_and_then_those_by_meaning(
        self, recruiting: Client
    ):
        first = page_of(recruiting)
        still = asked_again(recruiting)
        read_queries()
        ready = asked_again(recruiting)
        second = page_of(recruiting)

        assert "The meaning of your text is being read" in first
        assert "every 400ms" in first
        assert 'http-equiv="refresh"' in first
        assert "Ada" in first
        assert "Ben" not in first
        assert (still, ready) == (204, 200)
        assert "By meaning and words" in second
        assert "every 400ms" not in second
        assert second.index("Ada") < second.index("Ben")
        assert "near in meaning" in second

    def test_marks_the_words_where_they_stand(self, recruiting: Client):
        shown = page_of(recruiting)

        assert "A <mark>hospital</mark> <mark>nurse</mark>" in shown

    def test_says_in_one_sentence_that_no_worker_runs(self, recruiting: Client):
        see_worker(at=timezone.now() - timedelta(hours=1))

        shown = page_of(recruiting)

        assert "the indexing worker is not running" in shown
        assert "Ada" in shown
        assert not QueryEmbedding.objects.exists()
        assert asked_again(recruiting) == 200

    def test_reads_nothing_while_it_is_typed(self, recruiting: Client):
        answer = recruiting.get(CANDIDATES, {"q": "nurs", "as_typed": "on"})

        assert "Press Enter" in answer.content.decode()
        assert answer["HX-Replace-Url"] == "/candidates/?q=nurs"
        assert not QueryEmbedding.objects.exists()

    def test_leads_back_to_everybody_where_the_text_is_deleted(
        self, recruiting: Client
    ):
        answer = recruiting.get(CANDIDATES, {"q": "", "as_typed": "on"})

        assert answer["HX-Replace-Url"] == CANDIDATES
        assert "Ben" in answer.content.decode()

    def test_goes_on_after_enter_where_typing_came_late(self, recruiting: Client):
        page_of(recruiting)

        late = page_of(recruiting, as_typed="on")

        assert "every 400ms" in late
        assert "as_typed" not in late.split('id="results"')[1]

    def test_lists_who_holds_every_word_where_that_is_asked(self, recruiting: Client):
        shown = page_of(recruiting, "nursing", every_word="on")

        assert "Ada" in shown
        assert "Ben" not in shown
        assert 'name="every_word" id="id_every_word" checked' in shown
        assert not QueryEmbedding.objects.exists()

    def test_leads_to_more_people(self, recruiting: Client):
        for _number in range(26):
            make_candidate("Nursing", "Care")
        index_everything()

        shown = page_of(recruiting)

        assert "The first 25 people" in shown
        assert "/candidates/?q=nursing+in+hospitals&amp;limit=50" in shown
        assert "Show more" not in page_of(recruiting, limit="50")

    def test_takes_only_its_own_limits(self, recruiting: Client):
        answer = recruiting.get(CANDIDATES, {"q": TEXT, "limit": "7"})

        assert answer.status_code == 400

    def test_shows_user_text_as_text(self, recruiting: Client):
        make_candidate(
            "<i>nursing</i>",
            "Care",
            given_name="<script>alert(1)</script>",
            experience=[
                ExperienceInput("nurse", description="<img src=x onerror=hospitals>")
            ],
        )
        index_everything()

        shown = page_of(recruiting, 'nursing hospitals "<script>x" -<b>')
        shown += page_of(recruiting, "nursing hospitals <script>")

        for hostile in ("<script>x", "<script>alert", "<img src=x", "<i>nurs", "<b>"):
            assert hostile not in shown

    def test_names_what_must_and_must_not_stand_there(self, recruiting: Client):
        shown = page_of(recruiting, '"nursing" -bread')

        assert "Must stand in the profile:" in shown
        assert "Must not stand there:" in shown

    def test_lists_apart_who_says_too_little(self, recruiting: Client):
        make_candidate("Nursing", given_name="Thin")
        index_everything()

        shown = page_of(recruiting)

        assert "say too little to be compared" in shown
        assert "Thin" in shown

    def test_shows_a_hiring_manager_their_own_people(
        self, managing: Client, hiring_manager: User
    ):
        known = make_candidate("Nursing", "Care", given_name="Known")
        make_application(make_job(hiring_manager=hiring_manager), known)
        index_everything()
        page_of(managing)
        read_queries()

        shown = page_of(managing)

        assert "Known" in shown
        assert "Ada" not in shown
        assert "Ben" not in shown

    def test_forgets_the_erased_at_once(self, recruiting: Client):
        gone = make_candidate("Nursing", "Care", given_name="Gone")
        index_everything()
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)

        assert "Gone" not in page_of(recruiting)

    def test_asks_equally_often_for_many_people(self, recruiting: Client):
        page_of(recruiting, "nursing")
        few = count_queries(recruiting, f"{CANDIDATES}?q=nursing")
        for _number in range(15):
            make_candidate("Nursing", "Care")
        index_everything()

        assert count_queries(recruiting, f"{CANDIDATES}?q=nursing") == few


class TestPeopleLikeOne:
    def test_are_found_from_the_profile(self, recruiting: Client):
        person = make_candidate("Roses", "Soil", given_name="Ada")
        make_candidate("Roses", "Soil", "Bulbs", given_name="Bea")
        index_everything()

        profile = recruiting.get(f"/candidates/{person.pk}/").content.decode()
        shown = recruiting.get(f"/candidates/{person.pk}/similar/").content.decode()

        assert f'href="/candidates/{person.pk}/similar/"' in profile
        assert "Bea" in shown
        assert "Shared skills:" in shown
        assert "Cosine similarity of the two profiles" in shown

    def test_come_later_for_a_new_profile(self, recruiting: Client):
        person = make_candidate("Roses", "Soil")

        shown = recruiting.get(f"/candidates/{person.pk}/similar/").content.decode()

        assert "has not been read yet" in shown
        assert "hx-trigger" in shown

    def test_are_not_guessed_from_nothing(self, recruiting: Client):
        person = make_candidate("Roses")

        shown = recruiting.get(f"/candidates/{person.pk}/similar/").content.decode()

        assert "Too little to compare" in shown

    def test_do_not_exist_for_a_person_out_of_sight(self, managing: Client):
        person = make_candidate("Roses", "Soil")

        assert managing.get(f"/candidates/{person.pk}/similar/").status_code == 404

    def test_asks_equally_often_for_many_people(self, recruiting: Client):
        person = make_candidate("Roses", "Soil")
        make_candidate("Roses", "Soil")
        index_everything()
        few = count_queries(recruiting, f"/candidates/{person.pk}/similar/")
        for _number in range(15):
            make_candidate("Roses", "Soil", "Bulbs")
        index_everything()

        assert count_queries(recruiting, f"/candidates/{person.pk}/similar/") == few
