"""Tokens, BM25 and the sums of words and meaning: arithmetic by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.bm25 import Bm25, fuse, rank_fusion, surfaces, tokens

scores = st.floats(min_value=0, max_value=100)
cosines = st.none() | st.floats(min_value=-1, max_value=1)


class TestTokens:
    def test_are_without_case_accents_and_marks(self):
        assert tokens("Naïve Bayes, ÉCLAIRS!") == ["naive", "baye", "eclair"]

    def test_keep_the_names_of_techniques(self):
        text = "C++, C#/F#, .NET and Node.js 18.2; ASP.NET"

        assert tokens(text) == [
            "c++", "c#", "f#", ".net", "node.js", "18.2", "asp.net",
        ]  # fmt: skip

    def test_leave_out_words_that_stand_everywhere(self):
        assert tokens("You will work with the IT team") == ["work", "it", "team"]

    def test_end_with_a_sentence(self):
        assert tokens("They ship. node. Next") == ["ship", "node", "next"]

    @pytest.mark.parametrize(
        ("plural", "singular"),
        [
            ("nurses", "nurse"),
            ("companies", "company"),
            ("analysts", "analyst"),
            ("status", "status"),
            ("business", "business"),
            ("sas", "sas"),
        ],
    )
    def test_join_plural_and_singular(self, plural, singular):
        assert tokens(plural) == tokens(singular) == [singular]

    def test_take_two_characters_at_a_time_where_no_blanks_are_written(self):
        assert tokens("日本語 AI") == ["日本", "本語", "ai"]

    def test_are_short(self):
        assert tokens("x" * 500) == ["x" * 64]

    @given(st.text())
    def test_of_any_text_are_the_same_when_read_again(self, text):
        assert list(surfaces(text)) == list(dict.fromkeys(tokens(text)))
        assert all(0 < len(term) <= 64 for term in tokens(text))

    @given(st.text(alphabet=st.characters(max_codepoint=127)))
    def test_do_not_depend_on_case(self, text):
        assert tokens(text) == tokens(text.upper())


class TestBm25:
    corpus = Bm25(document_count=4, average_length=3.0, frequency={"go": 1, "sql": 3})

    def test_gives_rare_terms_more_weight(self):
        assert self.corpus.idf("go") == pytest.approx(math.log(1 + 3.5 / 1.5))
        assert self.corpus.idf("sql") == pytest.approx(math.log(1 + 1.5 / 3.5))
        assert self.corpus.idf("rust") == pytest.approx(math.log(1 + 4.5 / 0.5))

    def test_adds_what_each_term_of_the_query_says(self):
        score = self.corpus.score(["go", "sql", "rust"], {"go": 2, "sql": 1}, 6)

        # k1 (1 - b + b L / A) = 1.2 (0.25 + 0.75 * 2) = 2.1
        go = math.log(1 + 3.5 / 1.5) * 2 * 2.2 / (2 + 2.1)
        sql = math.log(1 + 1.5 / 3.5) * 1 * 2.2 / (1 + 2.1)
        assert score == pytest.approx(go + sql)

    def test_is_nothing_for_a_text_without_the_words(self):
        assert self.corpus.score(["rust"], {"go": 2}, 6) == 0

    def test_never_weighs_a_term_below_nothing(self):
        everywhere = Bm25(document_count=2, average_length=1.0, frequency={"a": 5})

        assert everywhere.idf("a") > 0

    def test_says_nothing_of_an_empty_corpus(self):
        empty = Bm25(document_count=0, average_length=0.0, frequency={})

        assert empty.score(["go"], {}, 0) == 0

    @given(st.permutations(["go", "sql", "ada", "c", "d", "e", "f"]))
    def test_is_the_same_in_whatever_order_the_terms_come(self, query):
        counts = {term: number for number, term in enumerate(sorted(query), start=1)}
        shuffled = {term: counts[term] for term in query}

        score = self.corpus.score(query, shuffled, 28)

        assert score == self.corpus.score(sorted(query), counts, 28)

    def test_of_many_texts_is_weighed_once(self):
        weights = self.corpus.weights(["sql", "go", "sql"])

        assert list(weights) == ["sql", "go"]
        assert self.corpus.weighted_score(
            weights, {"go": 2, "rust": 9}, 6
        ) == self.corpus.score(["go", "sql"], {"go": 2}, 6)

    @given(st.integers(1, 50), st.integers(1, 50))
    def test_grows_with_repetition_and_falls_with_length(self, count, length):
        score = self.corpus.score(["go"], {"go": count}, length)

        assert self.corpus.score(["go"], {"go": count + 1}, length) > score
        assert self.corpus.score(["go"], {"go": count}, length + 1) < score


class TestFuse:
    def test_weighs_words_against_meaning(self):
        fused = fuse([60.0, 0.0, 120.0], [0.2, 0.6, 0.3], weight=0.3)

        # 60 is half of what words can say: 3600 / (3600 + 3600); 120 four fifths.
        assert fused == pytest.approx(
            [0.3 * 0.5 + 0.7 * 0.2, 0.7 * 0.6, 0.3 * 0.8 + 0.7 * 0.3]
        )

    def test_leaves_the_order_to_meaning_where_no_words_are_found(self):
        assert fuse([0.0, 0.0, 0.0], [0.1, 0.9, -0.5]) == [0.05, 0.45, -0.25]

    def test_leaves_the_order_to_words_where_there_is_no_meaning(self):
        assert fuse([60.0, 0.0], [None, None]) == [0.25, 0.0]

    def test_counts_a_row_without_a_cosine_as_unlike(self):
        assert fuse([60.0], [None]) == fuse([60.0], [0.0])

    def test_of_nothing_is_nothing(self):
        assert fuse([], []) == []

    def test_says_nothing_of_lists_that_do_not_belong_together(self):
        with pytest.raises(ValueError, match="zip"):
            fuse([1.0], [])

    @given(st.lists(st.tuples(scores, cosines), min_size=1))
    def test_of_a_row_does_not_depend_on_the_others(self, rows):
        words, meaning = [row[0] for row in rows], [row[1] for row in rows]

        together = fuse(words, meaning)

        assert together == [fuse([word], [one])[0] for word, one in rows]
        assert all(-1 <= score <= 1 for score in together)

    @given(scores, scores, st.floats(min_value=-1, max_value=1))
    def test_never_ranks_more_words_lower(self, some, more, cosine):
        first, second = fuse([min(some, more), max(some, more)], [cosine, cosine])

        assert first <= second


class TestRankFusion:
    def test_adds_reciprocal_ranks(self):
        fused = rank_fusion([9.0, 5.0, 5.0], [None, 0.4, 0.8])

        assert fused == pytest.approx([1 / 61, 1 / 62 + 1 / 62, 1 / 62 + 1 / 61])
