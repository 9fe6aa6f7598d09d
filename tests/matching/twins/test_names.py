from uuid import UUID

import pytest

from matching.twins.names import are_told_apart, initials, shortened, spelt_alike


def names(*given: str) -> dict[UUID, str]:
    return {UUID(int=number): name for number, name in enumerate(given)}


def said(pairs: set[tuple[UUID, UUID]], given: dict[UUID, str]) -> set[frozenset[str]]:
    return {frozenset(given[one] for one in pair) for pair in pairs}


class TestSpeltAlike:
    def test_looks_past_blanks_marks_and_case(self):
        given = names("Power BI", "PowerBI", "power-bi", "Power Apps")

        found = said(spelt_alike(given), given)

        assert found == {
            frozenset({"Power BI", "PowerBI"}),
            frozenset({"Power BI", "power-bi"}),
            frozenset({"PowerBI", "power-bi"}),
        }

    def test_keeps_marks_that_tell_languages_apart(self):
        assert spelt_alike(names("C", "C++", "C#")) == set()

    def test_says_nothing_of_names_without_letters(self):
        assert spelt_alike(names("…", "—")) == set()


class TestShortened:
    def test_finds_the_initials_of_a_name(self):
        given = names("Machine learning", "ML", "Marketing", "FP&A", "M")
        given[UUID(int=9)] = "Research and development"
        given[UUID(int=10)] = "R D"

        found = said(shortened(given), given)

        assert found == {
            frozenset({"Machine learning", "ML"}),
            frozenset({"Research and development", "R D"}),
        }

    @pytest.mark.parametrize("name", ["Python", "and", ""])
    def test_single_words_have_no_initials(self, name):
        assert initials(name) == ""


class TestAreToldApart:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("IFRS 9", "IFRS 16", True),
            ("Eurocode 2", "Eurocode", True),
            ("Level 3 welding", "Welding, level 3", False),
            ("Python", "Java", False),
        ],
    )
    def test_by_their_numbers(self, one, other, expected):
        assert are_told_apart(one, other) is expected
