import numpy as np
import pytest

from matching.groups.agreement import adjusted_rand, purity
from matching.groups.clustering import assigned, divide, divide_well

DIRECTIONS = 4
EACH = 40


@pytest.fixture(scope="module")
def known() -> tuple[np.ndarray, list[int]]:
    """Give unit vectors scattered a little around four directions."""
    chance = np.random.default_rng(7)
    kinds = [kind for kind in range(DIRECTIONS) for _number in range(EACH)]
    vectors = 0.1 * chance.standard_normal((len(kinds), 16)) + np.eye(16)[kinds]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / lengths).astype(np.float32), kinds


class TestDivide:
    def test_finds_the_known_groups(self, known):
        vectors, kinds = known

        found = divide(vectors, count=DIRECTIONS, seed=1)

        groups = list(assigned(vectors, found.centres))
        assert adjusted_rand(groups, kinds) == 1.0
        assert purity(groups, kinds) == 1.0

    def test_gives_the_same_groups_for_the_same_seed(self, known):
        vectors, _kinds = known

        one, other = (divide(vectors, count=6, seed=3) for _time in range(2))

        assert np.array_equal(one.centres, other.centres)

    def test_has_unit_centres(self, known):
        found = divide(known[0], count=5, seed=1)

        assert np.linalg.norm(found.centres, axis=1) == pytest.approx(1, abs=1e-5)

    def test_has_no_more_groups_than_different_vectors(self):
        vectors = np.eye(3, dtype=np.float32)[[0, 0, 1, 1, 1]]

        found = divide(vectors, count=4, seed=1)

        assert found.count == 2
        assert found.tightness == pytest.approx(1)

    def test_of_one_group_is_everybody(self, known):
        found = divide(known[0], count=1, seed=1)

        assert set(assigned(known[0], found.centres)) == {0}
        assert found.separation == 0


class TestDivideWell:
    def test_finds_how_many_groups_there_are(self, known):
        found = divide_well(known[0], seed=1, counts=(2, 3, 4, 5, 8))

        assert found.count == DIRECTIONS

    def test_asks_no_more_groups_of_a_small_pool_than_it_can_fill(self):
        found = divide_well(np.eye(5, dtype=np.float32), seed=1)

        assert found.count == 1


class TestAgreement:
    # Two groups of three, of which one person sits in the other.
    GROUPS = (1, 1, 1, 2, 2, 2)
    KNOWN = ("a", "a", "b", "b", "b", "b")

    def test_purity_counts_the_most_common_kind_of_each_group(self):
        assert purity(self.GROUPS, self.KNOWN) == pytest.approx(5 / 6)

    def test_adjusted_rand_is_as_computed_by_hand(self):
        # Pairs together in both: 1 + 3 = 4; in groups 6, known 1 + 6 = 7, of 15.
        by_chance = 6 * 7 / 15

        found = adjusted_rand(self.GROUPS, self.KNOWN)

        assert found == pytest.approx((4 - by_chance) / (6.5 - by_chance))

    def test_adjusted_rand_looks_past_names(self):
        assert adjusted_rand((1, 1, 2), ("x", "x", "y")) == 1.0
