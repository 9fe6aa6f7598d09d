"""Words and meaning together, over more documents than are scored together."""

import numpy as np
import pytest

from matching.bm25 import fuse
from matching.evaluation.systems import fused

WORDS = np.array([0.0, 0.0, 0.0, 5.0, 0.0])
COSINES = np.array([0.9, 0.8, 0.1, 0.2, 0.3])


class TestFused:
    def test_scores_few_documents_all_together(self):
        together = fuse(WORDS.tolist(), COSINES.tolist())

        assert fused(WORDS, COSINES).tolist() == together

    def test_scores_what_either_side_finds(self, monkeypatch):
        monkeypatch.setattr("matching.evaluation.systems.DEPTH", 2)
        together = fuse([0, 0, 5], [0.9, 0.8, 0.2])

        scores = fused(WORDS, COSINES)

        assert scores[[0, 1, 3]].tolist() == together

    def test_puts_what_neither_side_finds_last_the_nearest_first(self, monkeypatch):
        monkeypatch.setattr("matching.evaluation.systems.DEPTH", 2)

        order = np.argsort(-fused(WORDS, COSINES))

        assert order.tolist()[-2:] == [4, 2]

    def test_finds_all_that_equal_the_last_one_found(self, monkeypatch):
        monkeypatch.setattr("matching.evaluation.systems.DEPTH", 1)

        scores = fused(np.zeros(3), np.array([0.5, 0.5, 0.1]))

        assert scores.tolist() == [0.25, 0.25, pytest.approx(0.1 - 2)]
