from recruit.dashboard.found_sentences import Part, Sentence, around, cut, marked

TEXT = "Cared for roses.\nPruned   old\ntrees. Sold tools."


class TestMarked:
    def test_marks_a_sentence_whatever_its_white_space(self):
        parts = marked(TEXT, [Sentence(2, "Pruned old trees.")])

        assert parts == (
            Part("Cared for roses.\n"),
            Part("Pruned   old\ntrees.", (2,), (2,)),
            Part(" Sold tools."),
        )

    def test_marks_one_sentence_for_two_requirements(self):
        sentences = [Sentence(1, "Sold tools."), Sentence(3, "Sold tools.")]

        assert marked(TEXT, sentences)[-1] == Part("Sold tools.", (1, 3), (1, 3))

    def test_cuts_where_sentences_overlap(self):
        sentences = [Sentence(1, "for roses."), Sentence(2, "Cared for")]

        parts = marked("Cared for roses.", sentences)

        assert parts == (
            Part("Cared ", (2,), (2,)),
            Part("for", (1, 2), (1,)),
            Part(" roses.", (1,)),
        )
        assert "".join(part.text for part in parts) == "Cared for roses."

    def test_marks_nothing_that_is_not_there(self):
        assert marked(TEXT, [Sentence(1, "Flew kites.")]) == (Part(TEXT),)
        assert marked(TEXT, [Sentence(1, " ")]) == (Part(TEXT),)
        assert marked("", []) == ()

    def test_takes_words_as_they_are(self):
        assert marked("C++ (a.b)", [Sentence(1, "C++ (a.b)")])[0].numbers == (1,)


class TestCut:
    def test_counts_bytes_and_never_halves_a_character(self):
        assert cut("äöü", 3) == "ä…"
        assert cut("abc", 3) == "abc"


class TestAround:
    def test_keeps_a_sentence_behind_the_end(self):
        text = "First. " * 100 + "The last one."

        shown = around(text, [Sentence(1, "The last one.")], 60)

        assert len(shown) < 100
        assert shown.endswith("…\nThe last one.")
