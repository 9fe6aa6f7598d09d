from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from recruit.imports.cells import (
    SkillWords,
    email_addresses,
    phone_numbers,
    skill_words,
    split_name,
    split_skills,
    total_years,
)


class TestSplitSkills:
    @pytest.mark.parametrize(
        ("text", "skills"),
        [
            ("Python; SQL, Go\nC++", ["Python", "SQL", "Go", "C++"]),
            ("Cloud (AWS, Azure); SQL", ["Cloud (AWS, Azure)", "SQL"]),
            ("A [b; c {d, e}], F", ["A [b; c {d, e}]", "F"]),
            ("Cooking (French, baking", ["Cooking (French", "baking"]),
            ("Odd), one (x, y)", ["Odd)", "one (x, y)"]),
            ("• Pruning\r\n• Digging", ["Pruning", "Digging"]),
            (" ;,\n ", []),
        ],
    )
    def test_splits_outside_brackets(self, text, skills):
        assert split_skills(text) == skills

    def test_is_quick_with_many_brackets(self):
        assert len(split_skills("(" * 200_000 + ", x" * 200_000)) == 200_001


class TestSkillWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Python", SkillWords("Python")),
            ("Python (5 years)", SkillWords("Python", years=Decimal("5.0"))),
            ("Python [2,5 yrs]", SkillWords("Python", years=Decimal("2.5"))),
            ("Python (10+ y)", SkillWords("Python", years=Decimal("10.0"))),
            ("Python (Expert)", SkillWords("Python", proficiency="expert")),
            ("Python (5)", SkillWords("Python (5)")),
            ("Cloud (AWS)", SkillWords("Cloud (AWS)")),
            ("(5 years)", SkillWords("(5 years)")),
        ],
    )
    def test_reads_years_and_proficiency_where_they_are_plain(self, text, words):
        assert skill_words(text) == words


class TestTotalYears:
    @pytest.mark.parametrize(
        ("text", "years"),
        [("7", "7"), ("7.25", "7.3"), ("7,5", "7.5"), ("10+ years", "10"), ("0", "0")],
    )
    def test_reads_a_number(self, text, years):
        assert total_years(text) == Decimal(years)

    @pytest.mark.parametrize("text", ["many", "-1", "NaN", "1e5", "2019-01-01", "9999"])
    def test_refuses_anything_else(self, text):
        with pytest.raises(ValidationError) as refusal:
            total_years(text)

        assert list(refusal.value.message_dict) == ["years"]


class TestSplitName:
    @pytest.mark.parametrize(
        ("text", "given", "family"),
        [
            ("Ada Lovelace", "Ada", "Lovelace"),
            ("Lovelace, Ada", "Ada", "Lovelace"),
            ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
            ("Madonna", "", "Madonna"),
            ("Van Morrison", "Van", "Morrison"),
            ("José María de la Cruz", "José María", "de la Cruz"),
            ("محمد علي", "محمد", "علي"),
            ("🦊 Fox", "🦊", "Fox"),
        ],
    )
    def test_finds_both_parts(self, text, given, family):
        assert split_name(text) == (given, family)


class TestAddresses:
    def test_reads_several_mails(self):
        found = email_addresses("<A@Example.org>; mailto:b@example.org a@example.org")

        assert found == ["a@example.org", "b@example.org"]

    @pytest.mark.parametrize("text", ["none", "a@", "=1+1@x", "a@b@c.org"])
    def test_names_what_is_no_mail(self, text):
        with pytest.raises(ValidationError, match="is not an e-mail address"):
            email_addresses(text)

    def test_refuses_a_number_that_a_spreadsheet_has_rounded(self):
        with pytest.raises(ValidationError, match="rounded"):
            phone_numbers("4,93012E+11")
