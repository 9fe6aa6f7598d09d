from uuid import uuid4

import pytest

from recruit.notes.mentioning import (
    Colleague,
    handle_of,
    named_in,
    parts_of,
    reaching_nobody,
)

MARTA = Colleague(uuid4(), "Marta Lindqvist", "marta@example.org")
OTHER_MARTA = Colleague(uuid4(), "Marta Li", "m.li@example.org")
CEM = Colleague(uuid4(), "Cem Öz", "cem@example.org")


def meant(text: str, *colleagues: Colleague) -> list[tuple[str, ...]]:
    return [
        tuple(person.name for person in named.people)
        for named in named_in(text, colleagues)
    ]


class TestNamedIn:
    @pytest.mark.parametrize(
        "text",
        [
            "@Marta Lindqvist please call",
            "please call, @marta lindqvist",
            "(@Marta) please call",
            "@marta@example.org please call",
            "@Marta: please call",
        ],
    )
    def test_finds_a_colleague_by_name_first_name_and_address(self, text):
        assert meant(text, MARTA, CEM) == [("Marta Lindqvist",)]

    def test_takes_the_longest_words_that_lead_to_somebody(self):
        assert meant("@Marta Lindqvist", MARTA, OTHER_MARTA) == [("Marta Lindqvist",)]
        assert meant("@Marta Li, hello", MARTA, OTHER_MARTA) == [("Marta Li",)]

    def test_tells_of_all_whom_a_first_name_may_mean(self):
        assert meant("@Marta", MARTA, OTHER_MARTA) == [("Marta Lindqvist", "Marta Li")]

    @pytest.mark.parametrize(
        "text", ["marta@example.org", "@nobody", "@ Marta", "@Martan", "x@Marta"]
    )
    def test_takes_no_address_or_other_word_for_a_mention(self, text):
        assert meant(text, MARTA) == []

    def test_finds_each_of_many(self):
        assert meant("@Cem Öz and @Marta", MARTA, CEM) == [
            ("Cem Öz",),
            ("Marta Lindqvist",),
        ]


class TestReachingNobody:
    def test_are_told_as_they_stand_and_once(self):
        text = "@Nobody, @Marta and @no.body@example.org: @Nobody again, x@y.org, @Cem"

        missed = reaching_nobody(text, [MARTA])

        assert missed == ["@Nobody", "@no.body@example.org", "@Cem"]

    def test_are_none_where_everybody_is_reached(self):
        assert reaching_nobody("@Marta: write to x@y.org @ noon", [MARTA]) == []


class TestHandleOf:
    def test_is_the_name_where_no_other_bears_it(self):
        assert handle_of(MARTA, [MARTA, OTHER_MARTA]) == "Marta Lindqvist"

    def test_is_the_address_of_who_shares_a_name(self):
        twin = Colleague(uuid4(), "marta lindqvist", "twin@example.org")

        assert handle_of(MARTA, [MARTA, twin]) == "marta@example.org"


class TestPartsOf:
    def test_cuts_a_text_at_its_mentions_and_loses_nothing(self):
        text = "Ask @Marta, then @Cem Öz."

        parts = list(parts_of(text, named_in(text, [MARTA, CEM])))

        assert "".join(part for part, _is_mention in parts) == text
        assert [part for part, is_mention in parts if is_mention] == [
            "@Marta",
            "@Cem Öz",
        ]
