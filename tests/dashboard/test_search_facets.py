"""The list of candidates narrowed by facets."""

import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.candidates.inputs import LanguageInput
from recruit.candidates.models import Candidate
from recruit.notes.tagging import tag_candidates
from recruit.talent.models import SavedSearch
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

CANDIDATES = "/candidates/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db: None) -> Candidate:
    ada = make_candidate(
        "Roses",
        "Soil",
        given_name="Ada",
        country="NL",
        source="fair",
        open_to_remote=True,
        languages=[LanguageInput("nl")],
        last_contact_at=NOW,
    )
    tag_candidates(
        name="silver medallist", candidate_ids=[ada.pk], actor=ACTOR, tagged_at=LATER
    )
    make_candidate("Roses", "Bread", given_name="Ben", country="DE")
    index_everything()
    return ada


def shown(client: Client, **asked: str | list[str]) -> str:
    answer = client.get(CANDIDATES, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def names(page: str) -> list[str]:
    return [name for name in ("Ada", "Ben") if f">{name} " in page]


@pytest.mark.usefixtures("ada")
class TestFacets:
    @pytest.mark.parametrize(
        "asked",
        [
            {"country": "NL"},
            {"remote": "on"},
            {"language": "nl"},
            {"skill": "soil"},
            {"source": "fair"},
            {"tag": "Silver Medallist"},
            {"contact": ["30", "90", "365", "older"]},
        ],
    )
    @pytest.mark.parametrize("how", [{}, {"q": "roses"}, {"every_word": "on"}])
    def test_narrow_every_kind_of_list(self, recruiting: Client, asked, how):
        how = {"q": "roses", **how} if "every_word" in how else how

        page = shown(recruiting, **how, **asked)

        assert names(page) == ["Ada"]
        assert "1 person is gated out" in page

    def test_narrow_before_people_are_compared(self, recruiting: Client):
        see_worker()
        shown(recruiting, q="garden flowers", country="DE")
        read_queries()

        page = shown(recruiting, q="garden flowers", country="DE")

        assert names(page) == ["Ben"]
        assert "None of these words stands in a profile" in page

    def test_are_kept_by_a_saved_search(self, recruiting: Client, recruiter: User):
        page = shown(recruiting, q="roses", country="NL", skill="Soil", page="2")
        query = "q=roses&amp;country=NL&amp;skill=Soil"

        assert f'name="query" value="{query}"' in page
        sent = {"name": "Dutch", "query": query.replace("&amp;", "&")}
        recruiting.post("/searches/", sent)

        search = SavedSearch.objects.get()
        opened = recruiting.get(f"/searches/{search.pk}/", follow=True)
        assert names(opened.content.decode()) == ["Ada"]

    def test_may_be_all_that_is_searched_for(self, recruiting: Client):
        assert 'value="country=NL"' in shown(recruiting, country="NL")

    @pytest.mark.parametrize("asked", [{"skill": "Telekinesis"}, {"tag": "x\x00"}])
    def test_with_a_mistake_narrow_nothing(self, recruiting: Client, asked):
        answer = recruiting.get(CANDIDATES, asked)

        assert answer.status_code == 400
        assert names(answer.content.decode()) == ["Ada", "Ben"]
        assert 'class="error"' in answer.content.decode()

    @pytest.mark.parametrize(
        "since", ["", "yesterday", "2026-13-45", "\x00", "9" * 5000, "2026-01-01"]
    )
    def test_take_what_is_no_moment_for_none(self, recruiting: Client, since: str):
        make_candidate(given_name="Ada", headline="Nurse")
        index_everything()

        for words in ({}, {"q": "nurse"}):
            answer = recruiting.get(
                "/candidates/", {"since": since, "new": "on", **words}
            )

            assert "Ada" in answer.content.decode()

    def test_say_that_nobody_passes(self, recruiting: Client):
        page = shown(recruiting, country="FR")

        assert "Nobody passes all of these gates" in page

    def test_ask_no_more_for_more_people(self, recruiting: Client):
        address = f"{CANDIDATES}?q=roses&country=NL&tag=silver+medallist&skill=Soil"
        few = count_queries(recruiting, address)
        for number in range(6):
            person = make_candidate("Roses", "Soil", f"Skill {number}", country="NL")
            tag_candidates(
                name=f"tag {number}",
                candidate_ids=[person.pk],
                actor=ACTOR,
                tagged_at=LATER,
            )
        index_everything()

        assert count_queries(recruiting, address) == few


class TestUnknownField:
    def test_is_told_of(self, recruiting: Client):
        page = shown(recruiting, q="foo:bar")

        assert "There is no field “foo”" in page
        assert "<code>tag:</code>" in page


class TestManyValues:
    @pytest.mark.parametrize("address", [CANDIDATES, "/jobs/GRD-1/"])
    def test_lets_one_reach_them_all(self, recruiting: Client, address: str):
        make_job("Roses", requisition_code="GRD-1")
        for number in range(12):
            make_candidate("Roses", "Soil", source=f"Fair {number}")
        index_everything()

        page = recruiting.get(address).content.decode()

        assert "4 more" in page
        assert all(f'value="Fair {number}"' in page for number in range(12))
