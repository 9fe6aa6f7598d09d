"""Words and meaning together, over rows of the database."""

from collections import Counter
from uuid import UUID

import pytest

from matching.bm25 import Bm25, fuse, tokens
from matching.conf import encoder_identity
from matching.contents import candidate_content
from matching.hybrid import hybrid_candidates
from matching.models import CandidateEmbedding
from matching.profile_text import candidate_text
from matching.retrieval import Pool, similarities
from matching.search_rows import refresh_search_rows
from matching.types import HybridHit
from matching.word_retrieval import asked_words, found_by_words, held_words
from recruit.candidates.models import Candidate
from recruit.skills.models import Skill
from tests.factories import make_candidate
from tests.matching.encoders import HashingEncoder
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

TRADES = ["Roses", "Soil", "Bread", "Welding", "Pruning", "C++", "Law", "Banking"]


def make_people(count: int) -> list[UUID]:
    """Make people of every mixture of trades, some of them alike."""
    return [
        make_candidate(
            TRADES[number % 8],
            TRADES[(number + 1 + number // 8 % 6) % 8],
            summary=f"Years of {TRADES[number % 5]} and {TRADES[number % 3]}.",
        ).pk
        for number in range(count)
    ]


def vector_of(words: str) -> list[float]:
    encoder = HashingEncoder.__new__(HashingEncoder)
    return [float(part) for part in encoder.encode_queries([words])[0]]


def hybrid(words: str, *, limit: int = 10, pool: Pool | None = None, meaning=True):
    return hybrid_candidates(
        query=vector_of(words) if meaning else None,
        words=words,
        encoder=encoder_identity(),
        pool=pool or Pool(),
        limit=limit,
    )


def ids(hits: list[HybridHit]) -> list[UUID]:
    return [hit.candidate_id for hit in hits]


def by_hand(words: str) -> list[UUID]:
    """Score everybody in Python, without tables of terms."""
    texts = {
        one.pk: tokens(candidate_text(candidate_content(one)))
        for one in Candidate.objects.with_profile()
    }
    bm25 = Bm25(
        document_count=len(texts),
        average_length=sum(map(len, texts.values())) / len(texts),
        frequency=Counter(term for said in texts.values() for term in set(said)),
    )
    cosines = similarities(
        query=vector_of(words), encoder=encoder_identity(), ids=texts.keys()
    )
    order = sorted(texts)
    scores = fuse(
        [
            bm25.score(tokens(words), Counter(texts[one]), len(texts[one]))
            for one in order
        ],
        [cosines[one] for one in order],
    )
    ranked = sorted(zip(scores, order, strict=True), key=lambda one: (-one[0], one[1]))
    return [candidate_id for _score, candidate_id in ranked]


class TestHybridCandidates:
    def test_are_ordered_as_everybody_scored_by_hand(self):
        make_people(60)
        index_everything()

        for words in ("roses and soil", "C++ law", "bread bread welding", "banking"):
            assert ids(hybrid(words, limit=60)) == by_hand(words)

    def test_are_complete_and_begin_with_the_same_whatever_the_limit(self):
        people = make_people(40)
        index_everything()

        everybody = hybrid("roses law soil", limit=100)

        assert sorted(ids(everybody)) == sorted(people)
        for limit in (1, 7, 39):
            assert hybrid("roses law soil", limit=limit) == everybody[:limit]

    def test_break_ties_by_id(self):
        people = sorted(make_candidate("Roses", "Soil").pk for _number in range(5))
        index_everything()

        assert ids(hybrid("roses", limit=3)) == people[:3]

    def test_tell_the_words_found_the_most_telling_first(self):
        make_candidate("C++", "Roses", summary="Soil everywhere.")
        make_candidate("Soil", "Roses")
        make_candidate("Soil", "Bread")
        index_everything()

        hit = hybrid("Soils, C++ and the roses of Kew")[0]

        assert hit.words_found == ("c++", "roses", "soils")

    def test_rank_words_above_an_equal_meaning(self):
        first, second = (make_candidate("Roses", "Soil").pk for _number in range(2))
        worded = make_candidate("Topiary", "Hedges").pk
        index_everything()
        alike = CandidateEmbedding.objects.get(candidate_id=first).vector
        CandidateEmbedding.objects.update(vector=alike)

        assert ids(hybrid("topiary")) == [worded, *sorted((first, second))]

    def test_find_by_words_who_has_no_vector_yet(self):
        make_candidate("Bread", "Law")
        index_everything()
        fresh = make_candidate("Roses", "Soil").pk
        refresh_search_rows([fresh])

        hits = hybrid("roses")

        assert fresh in ids(hits)
        assert {hit.candidate_id: hit.similarity for hit in hits}[fresh] is None

    def test_without_a_vector_are_those_who_hold_a_word(self):
        rose = make_candidate("Roses", "Roses garden", "Soil").pk
        soil = make_candidate("Soil", "Bread").pk
        make_candidate("Law", "Bread")
        index_everything()

        hits = hybrid("roses and soil", meaning=False)

        assert ids(hits) == [rose, soil]
        assert [hit.similarity for hit in hits] == [None, None]

    @pytest.mark.parametrize("words", ["", "?!", "the and of", "zymurgy", "\x00", "🙂"])
    def test_of_words_that_nobody_holds_are_ordered_by_meaning(self, words):
        people = make_people(5)
        index_everything()

        hits = hybrid(words)

        assert sorted(ids(hits)) == sorted(people)
        assert [hit.words_found for hit in hits] == [()] * 5
        assert hits == sorted(hits, key=lambda hit: -(hit.similarity or 0))
        assert hybrid(words, meaning=False) == []

    def test_pass_the_same_gates(self):
        pruning = make_candidate("Roses", "Soil").pk
        piped = make_candidate("Roses", "Soil").pk
        excluded = make_candidate("Roses", "Smoking").pk
        make_candidate("Roses")  # too little to be ranked
        index_everything()
        smoking = Skill.objects.get(name="Smoking").pk
        pool = Pool(left_out=(piped,), excluded_skills=(smoking,))

        for meaning in (True, False):
            assert ids(hybrid("roses", pool=pool, meaning=meaning)) == [pruning]
        seen = Pool(only=(excluded,))
        assert ids(hybrid("roses", pool=seen, meaning=False)) == [excluded]

    def test_of_an_empty_pool_are_none(self):
        assert hybrid("roses") == []


class TestFoundByWords:
    def test_goes_on_with_common_words_where_rare_ones_find_few(self):
        people = make_people(30)
        make_candidate("Topiary", "Hedges")
        index_everything()
        asked = asked_words("topiary years")

        # "years" stands in 30 profiles: more than may be looked through here.
        found = found_by_words(asked=asked, pool=Pool(), limit=5, most_rows=10)

        assert len(found) == 5
        assert found[1:] == sorted(people, reverse=True)[:4]
        everybody = found_by_words(asked=asked, pool=Pool(), limit=99, most_rows=10)
        assert sorted(everybody) == sorted(
            Candidate.objects.values_list("pk", flat=True)
        )

    def test_finds_who_holds_all_common_words_before_who_holds_one(self):
        both = [make_candidate("Roses", "Soil").pk for _number in range(3)]
        for _number in range(9):
            make_candidate("Roses", "Bread")
        index_everything()

        found = found_by_words(
            asked=asked_words("roses soil"), pool=Pool(), limit=4, most_rows=2
        )

        assert sorted(found[:3]) == both
        assert len(found) == 4

    def test_looks_through_no_more_profiles_than_it_may(self):
        make_people(30)
        index_everything()
        asked = asked_words("years c++ law banking")

        finding = asked.finding(most_rows=20)

        rows = [asked.bm25.count(term) for term in finding]
        assert sum(rows) <= 20
        assert rows == sorted(rows)
        assert finding == list(asked.weights)[: len(finding)]

    def test_finds_those_first_in_whom_the_rarest_words_weigh_most(self):
        both = make_candidate("Topiary", "Hedges").pk
        one = make_candidate("Topiary", "Bread").pk
        make_people(10)
        index_everything()

        found = found_by_words(
            asked=asked_words("topiary hedges"), pool=Pool(), limit=9
        )

        assert found == [both, one]

    def test_bounds_what_a_text_of_many_words_asks(self):
        words = " ".join(f"w{number}" for number in range(2000))
        make_candidate("Roses", "Soil", summary=words)
        index_everything()

        asked = asked_words(words)

        assert len(asked.weights) == 512
        assert len(asked.finding()) == 64


class TestHeldWords:
    def test_tells_how_often_each_asked_word_stands_there(self):
        rose = make_candidate("Roses", "Soil", summary="A rose is a rose.").pk
        bread = make_candidate("Bread", "Law").pk
        index_everything()

        held = held_words(asked_words("roses, Kew"), [rose, bread])

        assert held.keys() == {rose}
        assert (held[rose].counts, held[rose].length) == ({"rose": 3}, 4)
