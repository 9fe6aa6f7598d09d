"""BM25 over a corpus: the product's scores."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.bm25 import Bm25, tokens
from matching.evaluation.words import InvertedLists

TEXTS = st.lists(
    st.lists(st.sampled_from(["steel", "bread", "c++", "nodes", "of"]), max_size=6).map(
        " ".join
    ),
    min_size=1,
    max_size=6,
)


class TestInvertedLists:
    def test_scores_rare_words_higher_than_common_ones(self):
        lists = InvertedLists(["welds steel", "sells steel", "bakes bread"])

        welder, seller, baker = lists.scores("steel that somebody welds")

        assert welder > seller > baker == 0

    def test_knows_no_word_of_an_empty_query(self):
        assert InvertedLists(["steel", ""]).scores("").tolist() == [0, 0]

    @given(corpus=TEXTS, query=TEXTS)
    def test_agrees_with_the_score_of_each_text(self, corpus, query):
        counts = [Counter(tokens(text)) for text in corpus]
        bm25 = Bm25(
            document_count=len(corpus),
            average_length=sum(map(Counter.total, counts)) / len(corpus),
            frequency=Counter(term for count in counts for term in count),
        )
        asked = tokens(" ".join(query))

        scores = InvertedLists(corpus).scores(" ".join(query))

        assert scores.tolist() == pytest.approx(
            [bm25.score(asked, count, count.total()) for count in counts]
        )
