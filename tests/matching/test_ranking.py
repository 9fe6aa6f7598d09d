"""Hits to final order."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from matching.ranking import rank
from matching.types import Hit

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))


class TestRank:
    def test_puts_the_most_similar_first(self):
        hits = [Hit(FIRST, 0.2), Hit(SECOND, 0.9), Hit(THIRD, 0.5)]

        ranked = rank(hits, limit=3)

        assert [hit.candidate_id for hit in ranked] == [SECOND, THIRD, FIRST]

    def test_breaks_equal_similarity_by_candidate(self):
        hits = [Hit(SECOND, 0.5), Hit(FIRST, 0.5)]

        ranked = rank(hits, limit=2)

        assert [hit.candidate_id for hit in ranked] == [FIRST, SECOND]

    def test_keeps_to_the_limit(self):
        ranked = rank([Hit(FIRST, 0.1), Hit(SECOND, 0.2)], limit=1)

        assert ranked == [Hit(SECOND, 0.2)]

    @given(st.randoms(), st.lists(st.sampled_from([0.1, 0.2]), max_size=20))
    def test_does_not_depend_on_the_order_it_is_given(self, random, similarities):
        hits = [Hit(UUID(int=n), one) for n, one in enumerate(similarities)]
        shuffled = random.sample(hits, k=len(hits))

        assert rank(hits, limit=10) == rank(shuffled, limit=10)
