"""Merging while others write, on real connections."""

import pytest
from django.db import connection, transaction

from recruit.candidates.inputs import ProfileInput, SkillInput
from recruit.candidates.models import Candidate, CandidateSkill
from recruit.candidates.operations import create_candidate, update_candidate
from recruit.curation import operations
from recruit.curation.operations import SkillGone, SkillsBusy, merge_skills
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.factories import ACTOR, LATER, NOW, make_candidate
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6


@pytest.fixture
def skills() -> tuple[Skill, Skill]:
    found = resolve_skills(["JavaScript", "JS"], actor=ACTOR, happened_at=NOW)
    return found["JavaScript"], found["JS"]


def merge(kept: Skill, merged: Skill) -> object:
    return merge_skills(
        kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=LATER
    )


def add_person(number: int) -> Candidate:
    profile = ProfileInput(
        fields={"given_name": f"Writer {number}"}, skills=[SkillInput("JS")]
    )
    return create_candidate(profile=profile, actor=ACTOR, created_at=NOW)


class TestMergeSkills:
    def test_loses_no_skill_of_who_is_written_meanwhile(self, skills):
        kept, merged = skills
        writes = [lambda number=number: add_person(number) for number in range(WRITERS)]

        results = at_once(lambda: merge(kept, merged), *writes)

        if isinstance(results[0], SkillsBusy):
            merge(kept, merged)
        assert Candidate.objects.count() == WRITERS
        held = CandidateSkill.objects.values_list("skill__name", flat=True)
        assert list(held) == ["JavaScript"] * WRITERS

    def test_happens_once_however_often_it_is_asked(self, skills):
        kept, merged = skills
        make_candidate("JS")

        results = at_once(*[lambda: merge(kept, merged)] * 3)

        assert sum(isinstance(one, SkillGone) for one in results) == 2
        assert Candidate.objects.get().version == 2

    def test_both_ways_at_once_leaves_one_skill(self, skills):
        kept, merged = skills
        make_candidate("JS", "JavaScript")

        results = at_once(lambda: merge(kept, merged), lambda: merge(merged, kept))

        assert sum(isinstance(one, SkillGone) for one in results) == 1
        assert Skill.objects.count() == CandidateSkill.objects.count() == 1

    def test_is_put_off_while_somebody_edits_a_holder(self, skills):
        kept, merged = skills
        candidate = make_candidate("JS")

        with transaction.atomic():
            Candidate.objects.select_for_update().get(pk=candidate.pk)
            (result,) = at_once(lambda: merge(kept, merged))

        assert isinstance(result, SkillsBusy)
        assert Skill.objects.count() == 2

    def test_is_put_off_while_a_long_import_uses_the_skill(self, skills, monkeypatch):
        monkeypatch.setattr(operations, "LOCK_WAIT", "100ms")
        kept, merged = skills

        with transaction.atomic():
            resolve_skills(["JS"], actor=ACTOR, happened_at=NOW)
            (result,) = at_once(lambda: merge(kept, merged))

        assert isinstance(result, SkillsBusy)

    def test_waits_again_as_long_as_others_do_afterwards(self, skills):
        kept, merged = skills

        with transaction.atomic():
            merge(kept, merged)
            with connection.cursor() as cursor:
                cursor.execute("SHOW lock_timeout")
                assert cursor.fetchone() == ("0",)

    def test_and_edits_of_holders_never_wait_for_each_other_for_good(self, skills):
        kept, merged = skills
        people = [make_candidate("JS") for _number in range(WRITERS)]

        def edit(candidate: Candidate) -> object:
            profile = ProfileInput(skills=[SkillInput("JS"), SkillInput("Go")])
            return update_candidate(
                candidate_id=candidate.pk,
                profile=profile,
                actor=ACTOR,
                changed_at=LATER,
            )

        edits = [lambda person=person: edit(person) for person in people]
        results = at_once(lambda: merge(kept, merged), *edits)

        if isinstance(results[0], SkillsBusy):
            merge(kept, merged)
        held = CandidateSkill.objects.values_list("skill__name", flat=True)
        assert set(held) == {"JavaScript", "Go"}
        assert len(held) == 2 * WRITERS
