"""The front door: ranked, explained, complete, as people are now."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from matching.matches import (
    CandidateHasTooLittleText,
    CandidateNotEmbedded,
    JobHasTooLittleText,
    JobNotEmbedded,
    LimitOutOfRange,
    jobs_for_candidate,
    matches_for_job,
)
from matching.types import Band, EvidenceKind, EvidenceState
from recruit.accounts.choices import Role
from recruit.applications.blinding import hide_names
from recruit.candidates.inputs import (
    DocumentInput,
    ExperienceInput,
    ProfileInput,
    SkillInput,
)
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate, update_candidate
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

WELDER = ("TIG welding", "Pressure vessels")
BAKER = ("Bread", "Pastry")
TODAY = date(2026, 5, 5)


def welding_job(*more: str | RequirementInput, **fields) -> Job:
    fields.setdefault("title", "Welder")
    return make_job(*WELDER, *more, **fields)


def excluding(skill: str) -> RequirementInput:
    return RequirementInput(skill, importance="excluded")


def ranked(job: Job, *, limit=10, viewer=None):
    loaded = Job.objects.with_requirements().get(pk=job.pk)
    return matches_for_job(job=loaded, limit=limit, viewer=viewer, today=TODAY)


def people(found) -> list[Candidate]:
    return [match.candidate for match in found.matches]


def evidence(found, skill: str, *, place=0):
    requirements = found.matches[place].explanation.requirements
    return next(one for one in requirements if one.skill == skill)


class TestMatchesForJob:
    def test_ranks_by_similarity_from_one(self):
        baker, welder = make_candidate(*BAKER), make_candidate(*WELDER)
        job = welding_job()
        index_everything()

        found = ranked(job)

        assert people(found) == [welder, baker]
        assert [match.rank for match in found.matches] == [1, 2]
        assert found.matches[0].similarity > found.matches[1].similarity
        assert found.encoder.startswith("hashing_encoder@")

    def test_is_the_same_every_time(self):
        for _ in range(30):
            make_candidate(*WELDER)
        job = welding_job()
        index_everything()

        found = ranked(job, limit=7)

        assert people(found) == people(ranked(job, limit=7))
        assert people(found) == people(ranked(job, limit=30))[:7]

    def test_orders_twins_by_id(self):
        twins = [make_candidate(*WELDER) for _ in range(5)]
        job = welding_job()
        index_everything()

        assert people(ranked(job)) == sorted(twins, key=lambda twin: twin.pk)

    def test_leaves_out_who_is_in_the_pipeline(self):
        job = welding_job()
        applied, other = make_candidate(*WELDER), make_candidate(*WELDER)
        index_everything()
        make_application(job, applied)

        found = ranked(job)

        assert people(found) == [other]
        assert found.pool_count == 1

    def test_lists_who_holds_an_excluded_skill(self):
        job = welding_job(excluding("Perl"))
        make_candidate(*WELDER)
        excluded = make_candidate(*WELDER, "Perl")
        index_everything()

        found = ranked(job)

        assert excluded not in people(found)
        assert found.excluded_count == 1
        assert found.excluded[0].candidate == excluded
        assert "Perl" in found.excluded[0].reason

    def test_lists_who_says_too_little(self):
        job = welding_job()
        thin = make_candidate("TIG welding", summary="Only a few words.")
        index_everything()

        found = ranked(job)

        assert people(found) == []
        assert found.not_enough_data_count == 1
        assert found.not_enough_data[0].candidate == thin

    def test_ranks_who_has_no_skills_but_enough_words(self):
        job = welding_job()
        wordy = make_candidate(summary="welding " * 15)
        index_everything()

        assert people(ranked(job)) == [wordy]

    def test_replaces_who_was_erased_a_moment_ago(self):
        job = welding_job()
        first, second, third = sorted(
            (make_candidate(*WELDER) for _ in range(3)), key=lambda one: one.pk
        )
        index_everything()
        erase_candidate(candidate_id=first.pk, actor=ACTOR, erased_at=LATER)

        assert people(ranked(job, limit=2)) == [second, third]

    def test_leaves_out_who_gained_an_excluded_skill_a_moment_ago(self):
        job = welding_job(excluding("Perl"))
        candidate, other = make_candidate(*WELDER), make_candidate(*WELDER)
        index_everything()
        skills = [SkillInput(skill) for skill in (*WELDER, "Perl")]
        update_candidate(
            candidate_id=candidate.pk,
            profile=ProfileInput(skills=skills),
            actor=ACTOR,
            changed_at=LATER,
        )

        assert people(ranked(job)) == [other]

    def test_fills_the_limit_however_many_are_gone(self):
        job = welding_job()
        gone = [make_candidate(*WELDER) for _ in range(40)]
        left = [make_candidate(*BAKER) for _ in range(3)]
        index_everything()
        Candidate.objects.filter(pk__in=[one.pk for one in gone]).update(
            erased_at=LATER
        )

        assert set(people(ranked(job, limit=2))) <= set(left)
        assert len(people(ranked(job, limit=2))) == 2

    def test_shows_a_hiring_manager_only_whom_they_may_see(self):
        manager = make_user(Role.HIRING_MANAGER)
        job = welding_job(hiring_manager=manager)
        known, _stranger = make_candidate(*WELDER), make_candidate(*WELDER)
        make_application(make_job(hiring_manager=manager), known)
        index_everything()

        found = ranked(job, viewer=manager)

        assert people(found) == [known]
        assert found.pool_count == 1

    def test_refuses_a_job_without_vector(self):
        with pytest.raises(JobNotEmbedded):
            ranked(welding_job())

    def test_refuses_a_job_that_says_nothing(self):
        job = make_job(title="Welder")
        index_everything()

        with pytest.raises(JobHasTooLittleText):
            ranked(job)

    @pytest.mark.parametrize("limit", [0, -1, 10**9])
    def test_refuses_a_senseless_limit(self, limit):
        job = welding_job()
        index_everything()

        with pytest.raises(LimitOutOfRange):
            ranked(job, limit=limit)

    def test_counts_who_waits_for_the_encoder(self):
        job = welding_job()
        index_everything()
        make_candidate(*WELDER)

        assert ranked(job).waiting_count == 1

    def test_asks_as_many_queries_for_many_as_for_few(
        self, django_assert_max_num_queries
    ):
        job = welding_job(excluding("Perl"))
        for _ in range(25):
            make_candidate(
                *WELDER,
                experience=[ExperienceInput("Welder", description="Welds.")],
                documents=[DocumentInput("CV", "Welding for years.")],
            )
            make_candidate(*WELDER, "Perl")
            make_candidate("TIG welding")
        index_everything()

        with django_assert_max_num_queries(34) as few:
            ranked(job, limit=2)
        with django_assert_max_num_queries(len(few)):
            ranked(job, limit=20)


class TestEvidence:
    def test_rests_on_the_skill_row(self):
        job = welding_job(
            RequirementInput("Robots", minimum_years=Decimal(3)),
        )
        make_candidate(*WELDER, SkillInput("Robots", years=Decimal(2)))
        index_everything()

        shown = evidence(ranked(job), "Robots")

        assert shown.state == EvidenceState.PARTIAL
        assert shown.evidence.text == "Robots, 2 years"
        assert shown.evidence.note == "3 years asked"

    def test_rests_on_the_sentence_of_work_long_enough(self):
        job = welding_job(RequirementInput("Robots", minimum_years=Decimal(3)))
        work = ExperienceInput(
            "Operator",
            started_on=date(2020, 1, 1),
            description="Ran a shift. Set up robots for car bodies! Left.",
        )
        candidate = make_candidate(*WELDER, experience=[work])
        index_everything()

        shown = evidence(ranked(job), "Robots")

        assert shown.state == EvidenceState.MET
        assert shown.evidence.kind == EvidenceKind.EXPERIENCE
        assert shown.evidence.text == "Set up robots for car bodies!"
        assert shown.evidence.source_id == candidate.experience.get().pk

    def test_rests_on_the_summary_or_a_document(self):
        job = welding_job("Robots", "Cranes")
        document = DocumentInput("CV", "Knows cranes.")
        make_candidate(*WELDER, summary="Fond of robots.", documents=[document])
        index_everything()

        found = ranked(job)

        assert evidence(found, "Robots").evidence.text == "Fond of robots."
        assert evidence(found, "Cranes").evidence.kind == EvidenceKind.TEXT

    def test_rests_on_a_near_skill_with_its_similarity(self):
        job = make_job("MIG welding steel", title="Welder")
        make_candidate("MIG welding aluminium", "Cranes", "Robots")
        index_everything()

        shown = evidence(ranked(job), "MIG welding steel")

        assert shown.state == EvidenceState.PARTIAL
        assert shown.evidence.text == "MIG welding aluminium"
        assert shown.evidence.similarity == pytest.approx(2 / 3, abs=0.01)

    def test_tells_missing_from_no_data(self):
        job = welding_job("Falconry")
        make_candidate(*WELDER, "Cranes")
        make_candidate(*BAKER)
        index_everything()

        found = ranked(job)

        assert evidence(found, "Falconry").state == EvidenceState.MISSING
        assert evidence(found, "Falconry", place=1).state == EvidenceState.NO_DATA
        assert found.matches[0].explanation.band == Band.MOST_REQUIRED_MET

    def test_never_changes_the_order(self):
        job = make_job("Falconry", title="Welder", description="Welding steel. " * 9)
        near = make_candidate("Welding", "Steel", summary="Welding steel. " * 9)
        fitting = make_candidate("Falconry", "Bread")
        index_everything()

        assert people(ranked(job)) == [near, fitting]


class TestJobsForCandidate:
    def found(self, candidate: Candidate, *, viewer=None, limit=10):
        loaded = Candidate.objects.with_profile().get(pk=candidate.pk)
        return [
            match.job
            for match in jobs_for_candidate(
                candidate=loaded, limit=limit, viewer=viewer, today=TODAY
            )
        ]

    def test_ranks_open_jobs_with_evidence(self):
        welding, baking = welding_job(), make_job(*BAKER, title="Baker")
        welding_job(status=JobStatus.DRAFT)
        candidate = make_candidate(*WELDER)
        index_everything()

        matches = jobs_for_candidate(
            candidate=Candidate.objects.with_profile().get(), limit=10, viewer=None
        )

        assert [match.job for match in matches] == [welding, baking]
        assert matches[0].explanation.band == Band.ALL_REQUIRED_MET
        assert self.found(candidate, limit=1) == [welding]

    def test_leaves_out_jobs_of_their_pipeline_and_jobs_that_exclude_them(self):
        candidate = make_candidate(*WELDER, "Perl")
        make_application(welding_job(), candidate)
        welding_job(excluding("Perl"))
        fitting = welding_job()
        index_everything()

        assert self.found(candidate) == [fitting]

    def test_leave_in_a_job_that_hides_that_they_applied(self):
        candidate, job = make_candidate(*WELDER), welding_job()
        make_application(job, candidate)
        index_everything()

        hide_names(
            job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=LATER
        )

        assert self.found(candidate) == [job]

    def test_shows_only_jobs_the_viewer_may_see(self):
        candidate = make_candidate(*WELDER)
        welding_job(confidential=True)
        index_everything()

        assert self.found(candidate, viewer=make_user()) == []

    def test_refuses_who_has_no_vector(self):
        with pytest.raises(CandidateNotEmbedded):
            self.found(make_candidate(*WELDER))

    def test_refuses_who_says_too_little(self):
        with pytest.raises(CandidateHasTooLittleText):
            self.found(make_candidate())


def test_present_work_counts_to_today_where_no_day_is_named():
    job = welding_job(RequirementInput("Robots", minimum_years=Decimal(1)))
    began = timezone.localdate().replace(day=1)
    work = ExperienceInput("Operator of robots", started_on=began)
    make_candidate(*WELDER, experience=[work])
    index_everything()
    loaded = Job.objects.with_requirements().get(pk=job.pk)

    found = matches_for_job(job=loaded, limit=1, viewer=None)

    assert evidence(found, "Robots").state == EvidenceState.PARTIAL
