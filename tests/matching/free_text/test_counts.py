"""How many people a search speaks of, by facets."""

from datetime import date

import pytest

from matching.facets.asked import Facets
from matching.free_text.asking import Asked
from matching.free_text.counts import SearchCounts, count_found, count_listed
from matching.search import search_candidates
from recruit.accounts.choices import Role
from recruit.notes.tagging import tag_candidates
from tests.factories import ACTOR, NOW, make_application, make_candidate, make_job
from tests.factories import make_user as user_of
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 5)


def values(counts: SearchCounts, facet: str) -> dict[str, int]:
    return {one.value: one.people for one in counts.counted.values[facet]}


def found(text: str, **asked) -> SearchCounts:
    return count_found(Asked.of(text, None, None, Facets(today=TODAY, **asked)))


class TestCountFound:
    @pytest.fixture(autouse=True)
    def people(self, db: None) -> None:
        make_candidate("Roses", "Soil", country="NL", source="fair")
        make_candidate("Roses", country="DE")  # says too little to be compared
        make_candidate("Bread", "Pastry", country="NL")
        index_everything()

    def test_counts_who_holds_a_word_and_who_is_gated_out(self):
        counts = found("roses", countries=("NL",))

        assert (counts.counted.passing, counts.counted.gated) == (1, 1)
        assert values(counts, "country") == {"DE": 1, "NL": 1}
        assert values(counts, "source") == {"fair": 1}
        assert counts.is_by_words

    def test_counts_all_of_the_list_where_nobody_holds_a_word(self):
        counts = found("asdfgh qwerty -pastry")

        assert values(counts, "country") == {"DE": 1, "NL": 1}
        assert counts.holds_no_word


class TestCountListed:
    def test_counts_the_skills_and_tags_people_have(self):
        ada = make_candidate("Roses", "Soil")
        make_candidate("Roses")
        tag_candidates(
            name="medallist", candidate_ids=[ada.pk], actor=ACTOR, tagged_at=NOW
        )
        index_everything()
        people = search_candidates(words="roses", viewer=None)

        counts = count_listed(people, viewer=None, facets=Facets(today=TODAY))

        assert sorted(values(counts, "skill").values()) == [1, 2]
        assert list(values(counts, "tag").values()) == [1]

    def test_counts_only_whom_a_viewer_may_see(self):
        manager = user_of(Role.HIRING_MANAGER)
        job = make_job("Roses", hiring_manager=manager)
        make_application(job, make_candidate("Roses", country="NL"))
        make_candidate("Roses", country="DE")
        index_everything()

        counts = count_listed(None, viewer=manager, facets=Facets(today=TODAY))

        assert values(counts, "country") == {"NL": 1}
