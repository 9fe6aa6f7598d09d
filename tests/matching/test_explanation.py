"""What a profile shows for each requirement."""

from uuid import UUID

import pytest

from matching.explanation import band, explain, has_enough_data, is_substantial
from matching.phrases import TranslatedPhrases
from matching.types import (
    Band,
    EvidenceKind,
    EvidenceState,
    HeldSkill,
    Mention,
    Minimum,
    NearSkill,
    Profile,
    Requirement,
    RequirementEvidence,
)

PYTHON, DJANGO, PERL = (UUID(int=number) for number in (1, 2, 3))
ROW, WORK = UUID(int=10), UUID(int=11)
MET, PARTIAL, MISSING, NO_DATA = EvidenceState

ADVANCED = Minimum(proficiency="advanced", proficiency_rank=3)
FIVE_YEARS = Minimum(years=5.0)


def python(minimum: Minimum | None = None, importance="required") -> Requirement:
    return Requirement(PYTHON, "Python", importance, minimum or Minimum())


def held(**values) -> HeldSkill:
    return HeldSkill(PYTHON, "Python", source_id=ROW, **values)


def profile(*, rows=(), mentions=(), near=(), skill_count=5, word_count=0) -> Profile:
    return Profile(
        held={row.skill_id: row for row in rows},
        mentions={PYTHON: list(mentions)} if mentions else {},
        near={one.required_id: one for one in near},
        skill_count=skill_count,
        word_count=word_count,
    )


def evidence_of(requirement: Requirement, shown: Profile) -> RequirementEvidence:
    explanation = explain([requirement], profile=shown, phrases=TranslatedPhrases())
    return explanation.requirements[0]


def worked(years: float | None) -> Mention:
    return Mention(PYTHON, EvidenceKind.EXPERIENCE, "Wrote Python.", WORK, years)


class TestSkillRow:
    def test_without_minimum_is_met(self):
        shown = evidence_of(python(), profile(rows=[held()]))

        assert shown.state == MET
        assert shown.evidence.kind == EvidenceKind.SKILL
        assert shown.evidence.source_id == ROW

    def test_that_reaches_every_minimum_is_met(self):
        minimum = Minimum("advanced", 3, years=5.0)
        row = held(proficiency="expert", proficiency_rank=4, years=5.0)

        shown = evidence_of(python(minimum), profile(rows=[row]))

        assert shown.state == MET
        assert shown.evidence.text == "Python, expert, 5 years"

    @pytest.mark.parametrize(
        ("minimum", "row", "note"),
        [
            (FIVE_YEARS, held(years=4.5), "5 years asked"),
            (FIVE_YEARS, held(), "years not recorded"),
            (
                ADVANCED,
                held(proficiency="basic", proficiency_rank=1),
                "advanced proficiency asked",
            ),
            (ADVANCED, held(), "proficiency not recorded"),
        ],
    )
    def test_that_misses_a_minimum_is_partial_and_says_why(self, minimum, row, note):
        shown = evidence_of(python(minimum), profile(rows=[row]))

        assert shown.state == PARTIAL
        assert shown.evidence.note == note

    def test_counts_before_words_and_near_skills(self):
        row = held(years=1.0)

        shown = evidence_of(
            python(FIVE_YEARS), profile(rows=[row], mentions=[worked(9.0)])
        )

        assert shown.evidence.kind == EvidenceKind.SKILL


class TestMention:
    def test_is_met_where_no_minimum_is_asked(self):
        shown = evidence_of(python(), profile(mentions=[worked(None)]))

        assert shown.state == MET
        assert shown.evidence.text == "Wrote Python."
        assert shown.evidence.source_id == WORK

    def test_in_work_long_enough_proves_the_years(self):
        shown = evidence_of(python(FIVE_YEARS), profile(mentions=[worked(5.5)]))

        assert shown.state == MET

    @pytest.mark.parametrize("years", [None, 4.9])
    def test_that_does_not_prove_the_years_is_partial(self, years):
        shown = evidence_of(python(FIVE_YEARS), profile(mentions=[worked(years)]))

        assert shown.state == PARTIAL
        assert shown.evidence.note == "5 years asked"

    def test_cannot_show_proficiency(self):
        shown = evidence_of(python(ADVANCED), profile(mentions=[worked(20.0)]))

        assert shown.state == PARTIAL

    def test_rests_on_the_longest_work(self):
        summary = Mention(PYTHON, EvidenceKind.TEXT, "Python.", ROW)

        shown = evidence_of(
            python(), profile(mentions=[summary, worked(1.0), worked(7.0)])
        )

        assert shown.evidence.kind == EvidenceKind.EXPERIENCE


class TestNearSkill:
    def test_is_partial_with_its_similarity(self):
        near = NearSkill(PYTHON, HeldSkill(DJANGO, "Django"), 0.71)

        shown = evidence_of(python(), profile(near=[near]))

        assert shown.state == PARTIAL
        assert shown.evidence.kind == EvidenceKind.NEAR_SKILL
        assert shown.evidence.similarity == 0.71
        assert shown.evidence.text == "Django"


class TestAbsence:
    @pytest.mark.parametrize(
        ("skill_count", "word_count", "state"),
        [(3, 0, MISSING), (0, 100, MISSING), (2, 99, NO_DATA), (0, 0, NO_DATA)],
    )
    def test_is_missing_only_in_a_substantial_profile(
        self, skill_count, word_count, state
    ):
        shown = evidence_of(
            python(), profile(skill_count=skill_count, word_count=word_count)
        )

        assert shown.state == state
        assert shown.evidence.kind == EvidenceKind.NONE


class TestExplain:
    def test_keeps_the_order_of_the_requirements_and_leaves_out_exclusions(self):
        requirements = [
            Requirement(DJANGO, "Django", "preferred"),
            Requirement(PERL, "Perl", "excluded"),
            python(),
        ]

        explanation = explain(
            requirements, profile=profile(), phrases=TranslatedPhrases()
        )

        assert [one.skill for one in explanation.requirements] == ["Django", "Python"]

    def test_judges_the_band_by_required_skills_alone(self):
        requirements = [python(), Requirement(DJANGO, "Django", "preferred")]

        explanation = explain(
            requirements, profile=profile(rows=[held()]), phrases=TranslatedPhrases()
        )

        assert explanation.band == Band.ALL_REQUIRED_MET


class TestBand:
    @pytest.mark.parametrize(
        ("states", "expected"),
        [
            ([], Band.NO_REQUIREMENTS),
            ([MET, MET], Band.ALL_REQUIRED_MET),
            ([MET, MET, MISSING], Band.MOST_REQUIRED_MET),
            ([MET, MISSING], Band.SOME_REQUIRED_MET),
            ([PARTIAL, NO_DATA], Band.SOME_REQUIRED_MET),
            ([MISSING, NO_DATA], Band.NONE_REQUIRED_MET),
        ],
    )
    def test_follows_the_share_of_met_requirements(self, states, expected):
        assert band(states) == expected


class TestThresholds:
    @pytest.mark.parametrize(
        ("skills", "words", "enough"),
        [(0, 14, False), (1, 14, False), (2, 0, True), (0, 15, True)],
    )
    def test_two_skills_or_fifteen_words_are_enough(self, skills, words, enough):
        assert has_enough_data(skill_count=skills, word_count=words) == enough

    @pytest.mark.parametrize(
        ("skills", "words", "much"), [(2, 99, False), (3, 0, True), (0, 100, True)]
    )
    def test_three_skills_or_a_hundred_words_are_substantial(self, skills, words, much):
        assert is_substantial(skill_count=skills, word_count=words) == much
