from django.test import Client

from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import DispositionReason
from recruit.applications.operations import advance, reject
from recruit.jobs.models import Job
from tests.factories import ACTOR, LATER, make_application, make_candidate, make_job

PIPELINE = "/jobs/GRD-1/pipeline/"


def fill(job: Job, people: int, *, stage: Stage = Stage.APPLIED) -> None:
    for _number in range(people):
        application = make_application(job, make_candidate())
        advance(
            application_id=application.pk, to_stage=stage, actor=ACTOR, moved_at=LATER
        )


class TestPipeline:
    def test_shows_people_at_their_stages_and_who_left(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        fill(job, 2, stage=Stage.INTERVIEW)
        gone = make_application(job)
        reject(
            application_id=gone.pk,
            reason=DispositionReason.objects.filter(outcome=Outcome.REJECTED)[0],
            actor=ACTOR,
            moved_at=LATER,
        )

        page = recruiting.get(PIPELINE)

        counts = {c.stage: c.count for c in page.context["columns"]}
        assert counts[Stage.INTERVIEW] == 2
        assert counts[Stage.APPLIED] == 0
        assert [one.pk for one in page.context["ended"]] == [gone.pk]

    def test_asks_equally_often_for_many_people(
        self, recruiting: Client, django_assert_num_queries
    ):
        job = make_job(requisition_code="GRD-1")
        fill(job, 8)
        fill(job, 8, stage=Stage.OFFER)

        with django_assert_num_queries(13):
            recruiting.get(PIPELINE)

    def test_cuts_a_long_column_and_leads_to_all_of_it(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        fill(job, 33, stage=Stage.SCREENING)

        board = recruiting.get(PIPELINE)
        column = recruiting.get(PIPELINE, {"stage": "screening"})

        assert "?stage=screening" in board.content.decode()
        assert len(column.context["page"]) == 33

    def test_shows_the_board_for_a_stage_that_is_none(self, recruiting: Client):
        make_job(requisition_code="GRD-1")

        page = recruiting.get(PIPELINE, {"stage": "moon", "ended": "abc"})

        assert page.status_code == 200
        assert "columns" in page.context

    def test_lets_a_hiring_manager_read_and_not_move(
        self, managing: Client, hiring_manager: User
    ):
        job = make_job(requisition_code="GRD-1", hiring_manager=hiring_manager)
        fill(job, 1)

        page = managing.get(PIPELINE)

        assert page.status_code == 200
        assert "/advance/" not in page.content.decode()

    def test_does_not_exist_for_another_hiring_manager(self, managing: Client):
        make_job(requisition_code="GRD-1")

        assert managing.get(PIPELINE).status_code == 404
