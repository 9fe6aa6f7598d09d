"""People found by words."""

import pytest

from matching.models import CandidateSearch
from matching.search import SearchRefused, search_candidates
from matching.search_rows import refresh_search_rows
from matching.search_words import MOST_BYTES, fitting
from recruit.accounts.choices import Role
from recruit.candidates.inputs import DocumentInput, EducationInput, ExperienceInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db


def found(words: str, *, viewer=None) -> set[Candidate]:
    refresh_search_rows(Candidate.objects.values_list("pk", flat=True))
    return set(search_candidates(words=words, viewer=viewer))


class TestSearchCandidates:
    @pytest.mark.parametrize(
        "words",
        [
            "Nguyễn",
            "nguyen",
            "GARDENER",
            "gardening",
            "roses",
            "secateurs",
            "greenhouse",
            "kew",
            "botany",
            "Mulch",
            '"pruned old roses"',
            "roses mulch",
        ],
    )
    def test_finds_names_headline_summary_skills_work_and_documents(self, words):
        candidate = make_candidate(
            "Secateurs",
            given_name="Minh",
            family_name="Nguyễn",
            headline="Head gardener",
            summary="Pruned old roses.",
            experience=[ExperienceInput("Grower", "Kew", description="A greenhouse.")],
            education=[EducationInput("Diploma", "Botany")],
            documents=[DocumentInput("CV", "Mulch, always.")],
        )
        make_candidate("Welding")

        assert found(words) == {candidate}

    @pytest.mark.parametrize(
        "skill", ["C++", "C#", ".NET", "Node.js", "IT", "R", "CI/CD", "Go"]
    )
    def test_finds_skills_that_look_like_noise(self, skill):
        candidate = make_candidate(skill)
        make_candidate("C", "Welding")

        assert found(skill) == {candidate}

    def test_finds_names_that_are_common_words(self):
        will = make_candidate(given_name="Will", family_name="Do")
        make_candidate(summary="They will do what others do.")

        assert found("will do") == {will}

    def test_leaves_out_what_is_not_wanted(self):
        nurse = make_candidate("Nursing")
        make_candidate("Nursing", summary="Paediatric wards.")

        assert found("nursing -paediatric") == {nurse}
        assert found('nursing -"paediatric wards"') == {nurse}
        assert found("-nursing") == set()

    def test_asks_for_either(self):
        both = {make_candidate("Welding"), make_candidate("Baking")}
        make_candidate("Nursing")

        assert found("welding or baking") == both

    @pytest.mark.parametrize(
        "words", ["", " ", "\x00", "!?…", "🙂", "-", '"', "- - &|!()"]
    )
    def test_refuses_words_that_are_none(self, words):
        with pytest.raises(SearchRefused):
            found(words)

    def test_refuses_words_without_end(self):
        with pytest.raises(SearchRefused):
            found("w" * 10_000)

    @pytest.mark.parametrize(
        "words", ["x", "the and of", "a\x00b", "'; DROP TABLE x", "a & | ! b", "𝕏"]
    )
    def test_finds_nobody_by_what_nobody_says(self, words):
        make_candidate("Welding")

        assert found(words) == set()

    def test_finds_only_whom_the_viewer_may_see(self):
        manager = make_user(Role.HIRING_MANAGER)
        known, _stranger = make_candidate("Welding"), make_candidate("Welding")
        make_application(make_job(hiring_manager=manager), known)

        assert found("welding", viewer=manager) == {known}

    def test_does_not_find_the_erased(self):
        candidate = make_candidate("Welding")
        refresh_search_rows([candidate.pk])
        erase_candidate(candidate_id=candidate.pk, actor=ACTOR, erased_at=LATER)

        assert set(search_candidates(words="welding", viewer=None)) == set()


class TestSearchRow:
    def test_holds_a_profile_of_a_hundred_thousand_words(self):
        words = " ".join(f"w{number}" for number in range(100_000))
        candidate = make_candidate("Welding", summary=words)

        assert found("w5") == {candidate}
        assert found("welding") == {candidate}

    def test_keeps_what_ranking_asks_for(self):
        candidate = make_candidate("Welding", country="DE", summary="One two three.")

        refresh_search_rows([candidate.pk])

        row = CandidateSearch.objects.get()
        assert row.country == "DE"
        assert row.skill_ids == [candidate.skills.get().skill_id]
        assert (row.skill_count, row.word_count) == (1, 3)
        assert not row.has_enough_data
        assert row.candidate_version == candidate.version


class TestFitting:
    def test_keeps_a_text_that_fits(self):
        assert fitting("word " * 300_000).split() == ["word"] * 300_000

    def test_cuts_a_text_whose_words_are_too_many(self):
        words = [f"{number:09}" for number in range(100_000)]

        kept = fitting(" ".join(words)).split()

        assert kept == words[: len(kept)]
        assert 10_000 < len(kept) < MOST_BYTES // 9
