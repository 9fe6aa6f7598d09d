import numpy as np

from matching.training.negatives import mined
from matching.training.pairs import Pair


def unit(*rows):
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class TestMined:
    def test_takes_the_nearest_positive_of_another_group(self):
        pairs = [Pair("a", "own", "k", "1"), Pair("b", "near", "k", "2"),
                 Pair("c", "far", "k", "3")]  # fmt: skip
        anchors = unit([1, 0], [0, 1], [-1, 0])
        positives = unit([1, 0.1], [1, 0.8], [-1, 0])

        found = mined(pairs, anchors=anchors, positives=positives, count=1)

        assert found[0] == ("near",)

    def test_passes_over_a_text_of_the_same_group(self):
        pairs = [Pair("a", "own", "k", "1"), Pair("b", "sibling", "k", "1"),
                 Pair("c", "far", "k", "3")]  # fmt: skip
        anchors = unit([1, 0], [0, 1], [-1, 0])
        positives = unit([1, 0.1], [1, 0.8], [-1, 0])

        found = mined(pairs, anchors=anchors, positives=positives, count=1)

        assert found[0] == ("far",)

    def test_passes_over_a_text_that_may_belong_as_well(self):
        pairs = [Pair("a", "own", "k", "1"), Pair("b", "nearer still", "k", "2"),
                 Pair("c", "near", "k", "3")]  # fmt: skip
        anchors = unit([1, 0], [0, 1], [-1, 0])
        positives = unit([1, 0.3], [1, 0.1], [1, 0.9])

        found = mined(pairs, anchors=anchors, positives=positives, count=1)

        assert found[0] == ("near",)

    def test_gives_as_many_as_asked_for(self):
        pairs = [Pair(f"a{n}", f"p{n}", "k", str(n)) for n in range(6)]
        vectors = np.eye(6, dtype=np.float32)

        found = mined(pairs, anchors=vectors, positives=vectors, count=2)

        assert all(len(set(texts)) == 2 for texts in found)
        assert all(f"p{n}" not in texts for n, texts in enumerate(found))
