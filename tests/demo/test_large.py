from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from matching.models import CandidateEmbedding, CandidateSearch, JobEmbedding
from matching.queries import stale_candidates, stale_jobs
from recruit.accounts.choices import Role
from recruit.applications.models import Application, StageTransition
from recruit.candidates.models import Candidate
from recruit.demo.large import many_applications, many_jobs, many_people
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.reports.catalogue import TIME_IN_STAGE
from recruit.reports.queries import Scope
from recruit.reports.values import Period
from tests.factories import NOW, make_user

AMOUNTS = ["--candidates=30", "--jobs=6", "--applications=50"]


class TestManyPeople:
    def test_are_the_same_each_time(self):
        first, second = (list(many_people(400, NOW)) for _time in range(2))

        assert first == second
        assert len({one.external_id for one in first}) == 400

    def test_have_other_names_in_each_turn(self):
        names = Counter(
            (one.profile.fields["given_name"], one.profile.fields["family_name"])
            for one in many_people(900, NOW)
        )

        assert max(names.values()) <= 3


class TestManyJobs:
    def test_share_the_applications_unevenly_and_leave_none(self):
        jobs = many_jobs(40, 1000, NOW)

        assert sum(job.applications for job in jobs) == 1000
        assert jobs[0].applications > 3 * jobs[30].applications
        assert {job.applications for job in jobs if job.status == "draft"} == {0}

    def test_are_applied_for_by_each_person_once(self):
        job = many_jobs(2, 100, NOW)[0]

        ways = many_applications(job, [3, 5, 7], 40, NOW)

        assert len({way.candidate for way in ways}) == len(ways) == 40
        assert {3, 5, 7} <= {way.candidate for way in ways}
        for way in ways:
            moments = [way.applied_at, *(step.move.at for step in way.moves)]
            assert moments == sorted(moments)
            assert moments[-1] <= NOW


@pytest.mark.django_db
class TestLoadLargeDemo:
    @pytest.fixture
    def loaded(self) -> None:
        make_user(Role.ADMINISTRATOR)
        command = ["load_large_demo", *AMOUNTS, "--random-vectors"]
        call_command(*command, stdout=StringIO())

    @pytest.mark.usefixtures("loaded")
    def test_writes_as_much_as_asked(self):
        assert Candidate.objects.count() == 30
        assert Job.objects.count() == 6
        # A pipeline holds everybody at most.
        assert 30 <= Application.objects.count() <= 50

    @pytest.mark.usefixtures("loaded")
    def test_leaves_rows_as_the_operations_would(self):
        for application in Application.objects.prefetch_related("transitions"):
            moves = list(application.transitions.all())
            assert application.version == len(moves) + 1
            assert [move.sequence for move in moves] == list(range(1, len(moves) + 1))
            if moves:
                assert moves[-1].to_stage == application.stage
                assert moves[-1].to_outcome == application.outcome
        undone = StageTransition.objects.filter(undoes__isnull=False)
        assert not undone.exclude(application=F("undoes__application")).exists()

    @pytest.mark.usefixtures("loaded")
    def test_gives_ways_that_reports_can_follow(self):
        scope = Scope(viewer=None, now=NOW, period=Period())
        last = {
            one.application_id: one
            for one in sorted(TIME_IN_STAGE.behind(scope), key=lambda one: one.began_at)
        }

        told = Application.objects.exclude(job__status=JobStatus.CLOSED)
        for application in told:
            stay = last[application.pk]
            assert stay.line == application.stage
            assert stay.ended_at == application.ended_at

    @pytest.mark.usefixtures("loaded")
    def test_leaves_nothing_for_the_encoder_where_vectors_were_asked_for(self):
        encoder = CandidateEmbedding.objects.values_list("encoder", flat=True)[0]

        assert not stale_candidates(encoder).exists()
        assert not stale_jobs(encoder).exists()
        assert CandidateSearch.objects.count() == 30
        assert JobEmbedding.objects.count() == 6

    def test_gives_no_vectors_unasked(self):
        call_command("load_large_demo", *AMOUNTS, stdout=StringIO())

        assert not CandidateEmbedding.objects.exists()

    @pytest.mark.usefixtures("loaded")
    def test_is_not_loaded_twice(self):
        with pytest.raises(CommandError, match="loaded already"):
            call_command("load_large_demo", *AMOUNTS, stdout=StringIO())
