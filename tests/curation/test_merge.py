from decimal import Decimal
from typing import Any

import pytest

from recruit.candidates.choices import SkillOrigin
from recruit.candidates.inputs import SkillInput
from recruit.candidates.models import Candidate, CandidateSkill
from recruit.common.ids import uuid7
from recruit.curation.models import KeptApart
from recruit.curation.operations import (
    Merged,
    SkillGone,
    SkillsContradict,
    keep_apart,
    merge_skills,
    propose_again,
)
from recruit.curation.queries import merge_preview
from recruit.events.choices import Happened, Reader
from recruit.events.models import Event, PendingEvent
from recruit.jobs.models import Job, JobSkill
from recruit.jobs.operations import RequirementInput
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job

pytestmark = pytest.mark.django_db


def skill(name: str) -> Skill:
    return resolve_skills([name], actor=ACTOR, happened_at=NOW)[name]


def merge(merged: str, kept: str) -> Merged:
    return merge_skills(
        kept_id=skill(kept).pk,
        merged_id=skill(merged).pk,
        actor=ACTOR,
        merged_at=LATER,
    )


def held(candidate: Candidate) -> list[tuple[Any, ...]]:
    rows = CandidateSkill.objects.filter(candidate=candidate)
    return list(
        rows.values_list("skill__name", "proficiency", "years", "last_used", "origin")
    )


def required(job: Job) -> list[tuple[Any, ...]]:
    rows = JobSkill.objects.filter(job=job)
    return list(
        rows.values_list(
            "skill__name", "importance", "minimum_proficiency", "minimum_years"
        )
    )


class TestMergeSkills:
    def test_moves_words_people_and_jobs(self):
        candidate, job = make_candidate("JS"), make_job("JS")
        make_candidate("JavaScript")

        done = merge("JS", into := "JavaScript")

        assert done == Merged(people=1, people_with_both=0, jobs=1, jobs_with_both=0)
        assert [row[0] for row in held(candidate)] == [into]
        assert [row[0] for row in required(job)] == [into]
        assert skill("js").name == into
        assert not Skill.objects.filter(name="JS").exists()

    def test_leaves_everybody_else_as_they_are(self):
        other, job = make_candidate("JavaScript", "Go"), make_job("Go")
        make_candidate("JS")

        merge("JS", "JavaScript")

        other.refresh_from_db()
        job.refresh_from_db()
        assert (other.version, other.profile_changed_at) == (1, NOW)
        assert (job.version, job.profile_changed_at) == (1, NOW)

    def test_changes_versions_and_stamps_of_those_concerned(self):
        candidate, job = make_candidate("JS", "JavaScript"), make_job("JS")

        merge("JS", "JavaScript")

        candidate.refresh_from_db()
        job.refresh_from_db()
        assert (candidate.version, candidate.profile_changed_at) == (2, LATER)
        assert (job.version, job.profile_changed_at) == (2, LATER)
        assert candidate.updated_at == job.updated_at == LATER

    @pytest.mark.parametrize(
        ("js", "javascript", "expected"),
        [
            # The row with more facts is believed.
            (
                {"proficiency": "expert", "years": Decimal(5)},
                {"years": Decimal(9)},
                ("expert", 5, None),
            ),
            # What only one says is kept.
            (
                {"proficiency": "expert"},
                {"years": Decimal(4), "last_used": 2025},
                ("expert", 4, 2025),
            ),
            # As many facts: the one that reaches further.
            ({"years": Decimal(3)}, {"years": Decimal(2)}, ("", 3, None)),
            (
                {"proficiency": "basic"},
                {"proficiency": "expert"},
                ("expert", None, None),
            ),
            ({}, {}, ("", None, None)),
        ],
    )
    def test_joins_the_rows_of_who_has_both_and_sums_nothing(
        self, js, javascript, expected
    ):
        candidate = make_candidate(
            SkillInput("JS", **js), SkillInput("JavaScript", **javascript)
        )

        done = merge("JS", "JavaScript")

        assert done.people_with_both == 1
        assert [row[:4] for row in held(candidate)] == [("JavaScript", *expected)]

    @pytest.mark.parametrize(
        "origins", [("stated", "imported"), ("imported", "stated")]
    )
    def test_keeps_what_an_import_may_not_take_away(self, origins):
        candidate = make_candidate(
            SkillInput("JS", origin=SkillOrigin(origins[0]), years=Decimal(2)),
            SkillInput("JavaScript", origin=SkillOrigin(origins[1])),
        )

        merge("JS", "JavaScript")

        assert [row[-1] for row in held(candidate)] == ["stated"]

    @pytest.mark.parametrize(
        ("js", "javascript", "expected"),
        [
            (
                {"importance": "preferred", "minimum_years": Decimal(8)},
                {"importance": "required"},
                ("required", "", None),
            ),
            (
                {"minimum_years": Decimal(2), "minimum_proficiency": "expert"},
                {"minimum_years": Decimal(3), "minimum_proficiency": "basic"},
                ("required", "expert", 3),
            ),
            (
                {"importance": "excluded"},
                {"importance": "excluded"},
                ("excluded", "", None),
            ),
        ],
    )
    def test_joins_the_requirements_of_a_job_that_names_both(
        self, js, javascript, expected
    ):
        job = make_job(
            RequirementInput("JS", **js), RequirementInput("JavaScript", **javascript)
        )

        done = merge("JS", "JavaScript")

        assert done.jobs_with_both == 1
        assert required(job) == [("JavaScript", *expected)]

    def test_refuses_what_a_job_contradicts_and_changes_nothing(self):
        candidate = make_candidate("JS")
        job = make_job(
            "JavaScript",
            RequirementInput("JS", importance="excluded"),
            requisition_code="REQ-X",
        )

        with pytest.raises(SkillsContradict, match="REQ-X"):
            merge("JS", "JavaScript")

        assert len(required(job)) == 2
        assert [row[0] for row in held(candidate)] == ["JS"]

    def test_keeps_codes_and_confirmation_of_either(self):
        skill("JavaScript")
        js = skill("JS")
        Skill.objects.filter(pk=js.pk).update(confirmed=True, esco_code="esco/1")

        merge("JS", "JavaScript")

        kept = skill("JavaScript")
        assert (kept.confirmed, kept.esco_code) == (True, "esco/1")

    def test_refuses_a_skill_that_is_gone(self):
        with pytest.raises(SkillGone):
            merge_skills(
                kept_id=skill("JS").pk,
                merged_id=uuid7(),
                actor=ACTOR,
                merged_at=LATER,
            )

    def test_tells_of_confidential_jobs_apart(self):
        candidate = make_candidate("JS")
        job, secret = make_job("JS"), make_job("JS", confidential=True)
        Event.objects.all().delete()

        merge("JS", "JavaScript")

        told = Event.objects.exclude(kind=Happened.SKILL_CREATED).order_by("id")
        assert [(one.kind, one.job_ids, one.candidate_ids) for one in told] == [
            (Happened.SKILLS_MERGED, [], [candidate.pk]),
            (Happened.JOB_CHANGED, [job.pk], []),
            (Happened.JOB_CHANGED, [secret.pk], []),
        ]
        pending = PendingEvent.objects.of(Reader.INDEXING)
        assert pending.filter(event__in=told).count() == 3

    def test_asks_as_often_for_many_as_for_one(self, django_assert_max_num_queries):
        for _number in range(30):
            make_candidate("JS")
            make_candidate("JS", "JavaScript")
            make_job("JS", "JavaScript")
        kept, merged = skill("JavaScript"), skill("JS")

        with django_assert_max_num_queries(60):
            merge_skills(
                kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=LATER
            )


class TestMergePreview:
    def test_tells_what_a_merge_then_does(self):
        make_candidate("JS")
        make_candidate("JS", "JavaScript")
        make_job("JS", requisition_code="REQ-1")
        make_job("JS", "JavaScript", requisition_code="REQ-2")
        kept, merged = skill("JavaScript"), skill("JS")

        told = merge_preview(kept, merged)

        assert (told.people, told.people_with_both) == (2, 1)
        assert (told.jobs, told.jobs_with_both) == (2, 1)
        assert [job.requisition_code for job in told.first_jobs] == ["REQ-1", "REQ-2"]
        assert told.words == ("JS",)
        assert told.can_be_done
        assert merge("JS", "JavaScript") == Merged(2, 1, 2, 1)

    def test_names_the_jobs_that_forbid_it(self):
        job = make_job("JavaScript", RequirementInput("JS", importance="excluded"))

        told = merge_preview(skill("JavaScript"), skill("JS"))

        assert told.contradicting_jobs == (job,)
        assert not told.can_be_done


class TestKeepApart:
    def decide(self, one: str, other: str) -> KeptApart:
        return keep_apart(
            one_id=skill(one).pk,
            other_id=skill(other).pk,
            actor=ACTOR,
            decided_at=NOW,
        )

    def test_is_remembered_once_whichever_comes_first(self):
        pair = self.decide("Java", "JavaScript")

        assert self.decide("JavaScript", "Java") == pair
        decisions = Event.objects.filter(kind=Happened.SKILLS_KEPT_APART)
        assert decisions.count() == 1
        assert not PendingEvent.objects.filter(event__in=decisions).exists()

    def test_can_be_taken_back(self):
        pair = self.decide("Java", "JavaScript")

        propose_again(pair_id=pair.pk, actor=ACTOR, decided_at=LATER)

        assert not KeptApart.objects.exists()

    def test_holds_for_the_skill_that_the_pair_is_merged_into(self):
        self.decide("JS", "Java")
        skill("JavaScript")

        merge("JS", "JavaScript")

        pair = KeptApart.objects.get()
        assert {pair.first.name, pair.second.name} == {"JavaScript", "Java"}

    def test_is_forgotten_where_the_two_are_merged_after_all(self):
        self.decide("JS", "JavaScript")

        merge("JS", "JavaScript")

        assert not KeptApart.objects.exists()

    def test_refuses_a_skill_that_is_gone(self):
        with pytest.raises(SkillGone):
            keep_apart(
                one_id=skill("Java").pk, other_id=uuid7(), actor=ACTOR, decided_at=NOW
            )
