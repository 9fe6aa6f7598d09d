import pytest

from matching.matches import JobHasTooLittleText, JobNotEmbedded
from matching.rediscovery import people_met_before
from recruit.accounts.choices import Role
from recruit.applications.choices import Outcome
from recruit.applications.operations import reject
from recruit.jobs.models import Job
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def met(job, *, limit=25, viewer=None):
    loaded = Job.objects.with_requirements().get(pk=job.pk)
    return people_met_before(job=loaded, limit=limit, viewer=viewer)


def names(found) -> list[str]:
    return [one.candidate.given_name for one in found.people]


class TestPeopleMetBefore:
    def test_returns_the_nearest_first_with_how_it_went(self):
        job, other = make_job("Roses", "Soil"), make_job(requisition_code="REQ-OLD")
        far = make_candidate("Bread", "Pastry", given_name="Far")
        near = make_candidate("Roses", "Soil", given_name="Near")
        make_candidate("Roses", "Soil", given_name="Stranger")
        make_application(other, far)
        application = make_application(other, near)
        reason = reason_for(Outcome.REJECTED)
        reject(
            application_id=application.pk, reason=reason, actor=ACTOR, moved_at=LATER
        )
        index_everything()

        found = met(job)

        assert names(found) == ["Near"]
        assert (found.met_count, found.has_more) == (2, False)
        assert (found.looked_at, found.showing_nothing) == (2, 1)
        contact = found.people[0].contacts[0]
        assert (contact.requisition_code, contact.reason, contact.at) == (
            "REQ-OLD",
            reason.label,
            LATER,
        )

    def test_leaves_out_who_is_in_this_pipeline(self):
        job, person = make_job("Roses"), make_candidate("Roses", "Soil")
        make_application(make_job(), person)
        make_application(job, person)
        index_everything()

        assert met(job).people == ()

    def test_knows_nobody_from_a_job_out_of_sight(self):
        job = make_job("Roses", "Soil")
        secret = make_candidate("Roses", "Soil", given_name="Secret")
        make_application(make_job(confidential=True), secret)
        index_everything()

        hidden = met(job, viewer=make_user())

        assert (hidden.people, hidden.met_count) == ((), 0)
        assert names(met(job)) == ["Secret"]

    def test_tells_a_hiring_manager_of_their_own_jobs(self):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job("Roses", hiring_manager=manager)
        own = make_candidate("Roses", "Soil", given_name="Own")
        foreign = make_candidate("Roses", "Soil", given_name="Foreign")
        make_application(make_job(hiring_manager=manager), own)
        make_application(make_job(), foreign)
        index_everything()

        assert names(met(job, viewer=manager)) == ["Own"]

    def test_says_that_there_are_more(self):
        job = make_job("Roses", "Soil")
        for _number in range(3):
            make_application(make_job(), make_candidate("Roses", "Soil"))
        index_everything()

        found = met(job, limit=2)

        assert (len(found.people), found.has_more) == (2, True)

    def test_asks_equally_often_for_many_people(self, django_assert_max_num_queries):
        job = make_job("Roses", "Soil")
        for _number in range(12):
            make_application(make_job(), make_candidate("Roses", "Soil"))
        index_everything()

        with django_assert_max_num_queries(25):
            assert len(met(job).people) == 12

    def test_refuses_what_cannot_be_compared(self):
        with pytest.raises(JobNotEmbedded):
            met(make_job("Roses"))
        with pytest.raises(JobHasTooLittleText):
            met(make_job())
