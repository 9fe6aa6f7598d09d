"""Where the words of a search stand in a profile."""

from matching.free_text.highlights import (
    MOST_PLACES,
    Field,
    Found,
    Told,
    alike,
    folded,
    found_in,
    wanted_from,
)


def ends_cut(words):
    """Return a stem for each word but the common ones."""
    return {
        word: word.removesuffix("s").removesuffix("ing").removesuffix("er")
        for word in words
        if word not in {"the", "it", "will", "who", "in"}
    }


def found(text: str, *profile: Told) -> Found:
    typed = text.split()
    wanted = wanted_from(typed, ends_cut(map(folded, typed)))
    return found_in(profile, wanted, ends_cut(alike(profile, wanted)))


def shown(found: Found) -> list[str]:
    """Return the places with the found words in brackets."""
    return [
        "".join(f"[{part.text}]" if part.is_found else part.text for part in one.parts)
        for one in found.places
    ]


class TestFoundIn:
    def test_marks_words_in_their_sentence(self):
        text = "Grew roses. Ran Kubernetes for  a hospital, alone! Then rested."

        result = found("who ran kubernetes in hospitals", Told(Field.EXPERIENCE, text))

        assert result.words == ("ran", "kubernetes", "hospitals")
        assert shown(result) == ["[Ran] [Kubernetes] for a [hospital], alone!"]

    def test_finds_words_that_share_a_stem(self):
        result = found(
            "welding hospitals", Told(Field.SUMMARY, "A welder in hospital.")
        )

        assert result.words == ("welding", "hospitals")
        assert shown(result) == ["A [welder] in [hospital]."]

    def test_finds_common_words_only_where_they_are_names_or_skills(self):
        result = found(
            "will it",
            Told(Field.NAME, "Will Smith"),
            Told(Field.SKILL, "IT"),
            Told(Field.SUMMARY, "It will do."),
        )

        assert shown(result) == ["[Will] Smith", "[IT]"]

    def test_keeps_the_order_in_which_words_were_typed(self):
        result = found("roses Äpfel", Told(Field.SUMMARY, "apfel and ROSES"))

        assert result.words == ("roses", "Äpfel")
        assert shown(result) == ["[apfel] and [ROSES]"]

    def test_prefers_the_sentence_that_shows_most_and_repeats_nothing(self):
        result = found(
            "roses soil",
            Told(Field.HEADLINE, "Roses"),
            Told(Field.EXPERIENCE, "Roses again. Soil and roses."),
        )

        assert shown(result) == ["[Soil] and [roses]."]

    def test_shows_few_places(self):
        words = "alpha bravo charlie delta echo"
        skills = [Told(Field.SKILL, word) for word in words.split()]

        result = found(words, *skills)

        assert len(result.places) == MOST_PLACES
        assert result.words == tuple(words.split())

    def test_knows_skills_that_look_like_noise(self):
        told = [Told(Field.SKILL, word) for word in ("C++", "C#", ".NET", "Node.js")]

        result = found("c++ c# .net node.js", *told)

        assert result.words == ("c++", "c#", ".net", "node.js")

    def test_goes_through_a_document_without_end(self):
        result = found("rose", Told(Field.DOCUMENT, "A rose is a rose. " * 20_000))

        assert shown(result) == ["A [rose] is a [rose]."]

    def test_finds_nothing_in_nothing(self):
        assert found("", Told(Field.SUMMARY, "text")) == Found()
        assert found("roses") == Found()
