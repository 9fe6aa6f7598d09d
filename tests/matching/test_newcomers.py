"""How many people are new in rankings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.newcomers import count_new
from recruit.accounts.choices import Role
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from tests.factories import NOW, make_application, make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def loaded(*jobs: Job) -> list[Job]:
    wanted = Job.objects.with_requirements().filter(pk__in=[one.pk for one in jobs])
    return list(wanted.order_by("created_at", "id"))


def new_in(*jobs: Job, since=NOW, viewer=None) -> list[int]:
    counts = count_new(
        loaded(*jobs), viewer, since=dict.fromkeys((job.pk for job in jobs), since)
    )
    return [counts[job.pk] for job in jobs]


class TestCountNew:
    def test_counts_who_may_be_ranked_and_holds_a_skill_that_is_asked_for(self):
        roses = make_job(
            "Roses",
            RequirementInput("Soil", importance="preferred"),
            RequirementInput("Motor sport", importance="excluded"),
        )
        anything = make_job(description="Whoever likes to work outside in the park")
        make_candidate("Roses", "Bread")
        make_candidate("Soil", "Bread")
        make_candidate("Roses", "Motor sport")
        make_candidate("Bread", "Pastry")
        make_candidate("Roses")
        make_application(roses, make_candidate("Roses", "Soil"))
        index_everything()

        assert new_in(roses, anything) == [2, 5]

    def test_counts_nobody_who_was_there_before(self):
        job = make_job("Roses")
        make_candidate("Roses", "Soil")
        index_everything()

        assert new_in(job, since=timezone.now() + timedelta(seconds=1)) == [0]
        assert count_new([], None, since={}) == {}

    def test_counts_only_whom_a_viewer_may_see(self):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job("Roses", hiring_manager=manager)
        other = make_job("Roses", hiring_manager=manager)
        make_candidate("Roses", "Soil")
        make_application(other, make_candidate("Roses", "Soil"))
        index_everything()

        assert new_in(job, viewer=manager) == [1]

    def test_asks_as_much_for_many_jobs_as_for_one(self, django_assert_num_queries):
        jobs = loaded(*(make_job("Roses") for _number in range(5)))

        with django_assert_num_queries(2):
            count_new(jobs, None, since=dict.fromkeys((one.pk for one in jobs), NOW))
