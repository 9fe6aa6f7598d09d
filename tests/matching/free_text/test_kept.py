"""Who matches searches that somebody keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.facets.asked import NO_FACETS, Facets
from matching.free_text import kept as kept_module
from matching.free_text.kept import KeptSearch, Matching, matching_people
from matching.models import QueryEmbedding
from matching.types import Meaning
from tests.factories import LATER, make_candidate
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_no_worker, see_worker

pytestmark = pytest.mark.django_db


def kept(text: str, *, every_word: bool = False, facets=NO_FACETS) -> KeptSearch:
    return KeptSearch(text, every_word, facets)


def asked(*searches: KeptSearch) -> list[Matching]:
    return matching_people(searches, viewer=None, asked_at=LATER)


def names(found: Matching) -> list[str]:
    return sorted(found.people.values_list("given_name", flat=True))


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    make_candidate("Nursing", "Care", given_name="Ada", country="NL")
    make_candidate("Bread", "Pastry", given_name="Ben", emails=["ben@example.org"])
    make_candidate("Nursing", given_name="Thin")
    index_everything()


class TestMatchingPeople:
    def test_finds_by_words_until_the_meaning_is_read(self):
        see_worker()

        (first,) = asked(kept("nursing"))
        early = names(first)
        read_queries()
        (second,) = asked(kept("nursing"))

        assert (first.meaning, first.is_partial, early) == (
            Meaning.BEING_READ,
            True,
            ["Ada", "Thin"],
        )
        assert (second.meaning, names(second)) == (
            Meaning.COMPARED,
            ["Ada", "Ben", "Thin"],
        )

    def test_takes_only_the_nearest_of_those_who_hold_what_is_demanded(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(kept_module, "NEAREST", 1)
        see_worker()
        searches = [
            kept("nursing in hospitals"),
            kept("nursing in hospitals -care"),
            kept("nursing in hospitals", facets=Facets(countries=("unsaid",))),
            kept("ben@example.org"),
            kept("nursing", every_word=True),
            kept("", facets=Facets(countries=("NL",))),
            kept("-nursing"),
        ]
        asked(*searches)
        read_queries()

        found = asked(*searches)

        assert [names(one) for one in found] == [
            ["Ada"],
            ["Ben"],
            ["Ben"],
            ["Ben"],
            ["Ada", "Thin"],
            ["Ada"],
            ["Ben"],
        ]

    @pytest.mark.parametrize(
        ("one_in", "least", "expected"),
        [(2, 0, ["Ada"]), (20, 0, []), (20, 1, ["Ada"]), (1, 0, ["Ada", "Ben"])],
    )
    def test_takes_fewer_of_the_nearest_in_a_small_pool(
        self, monkeypatch: pytest.MonkeyPatch, one_in, least, expected
    ):
        monkeypatch.setattr(kept_module, "ONE_IN", one_in)
        monkeypatch.setattr(kept_module, "LEAST_NEAREST", least)
        see_worker()
        searches = [kept("nursing in hospitals")]
        asked(*searches)
        read_queries()

        (found,) = asked(*searches)

        assert names(found) == expected

    def test_asks_nothing_of_nobody(self):
        see_no_worker()

        (found,) = asked(kept("nursing"))

        assert found.meaning is Meaning.NO_WORKER
        assert not QueryEmbedding.objects.exists()

    def test_asks_as_much_for_many_searches_as_for_one(self):
        see_worker()
        texts = ["nursing roses", "Ada Number", "bread skill:Care", "title:nurse care"]

        def questions(searches: list[KeptSearch]) -> int:
            with CaptureQueriesContext(connection) as told:
                asked(*searches)
            return len(told)

        questions([kept(text) for text in texts])
        read_queries()

        many = questions([kept(text) for text in texts])
        assert many == questions([kept(texts[1])])
