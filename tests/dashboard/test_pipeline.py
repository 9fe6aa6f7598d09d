import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.applications.bulk import advance_all
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import DispositionReason
from recruit.applications.operations import advance, reject
from recruit.jobs.models import Job
from tests.dashboard.conftest import count_queries
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

        counts = {c.stage.code: c.count for c in page.context["columns"]}
        assert counts[Stage.INTERVIEW] == 2
        assert counts[Stage.APPLIED] == 0
        assert [one.pk for one in page.context["ended"]] == [gone.pk]

    def test_asks_equally_often_for_many_people(
        self, recruiting: Client, django_assert_num_queries
    ):
        job = make_job(requisition_code="GRD-1")
        fill(job, 8)
        fill(job, 8, stage=Stage.OFFER)

        with django_assert_num_queries(19):
            recruiting.get(PIPELINE)

    def test_cuts_a_long_column_and_leads_to_all_of_it(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        fill(job, 33, stage=Stage.SCREENING)

        board = recruiting.get(PIPELINE)
        column = recruiting.get(PIPELINE, {"stage": "screening"})

        assert "?stage=screening" in board.content.decode()
        assert len(board.context["columns"][1].people) == 30
        assert len(column.context["page"]) == 33

    def test_gives_more_cards_of_a_column_without_repeating_anybody(
        self, recruiting: Client
    ):
        job = make_job(requisition_code="GRD-1")
        fill(job, 64, stage=Stage.SCREENING)

        column = recruiting.get(PIPELINE).context["columns"][1]
        shown = list(column.people)
        while column.is_cut:
            asked = {"stage": "screening", "after": column.cursor}
            column = recruiting.get(PIPELINE, asked).context["column"]
            shown += column.people

        assert len(shown) == len({one.pk for one in shown}) == 64

    @pytest.mark.parametrize("after", ["", "x", "2026-01-01~x", "2026-01-01T00:00~1"])
    def test_refuses_a_card_that_is_none(self, recruiting: Client, after: str):
        make_job(requisition_code="GRD-1")

        page = recruiting.get(PIPELINE, {"stage": "offer", "after": after})

        assert page.status_code == 400

    def test_stays_small_with_500_people_in_a_column(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        people = [make_candidate(headline="Gardener " * 20) for _number in range(50)]
        for stage in Stage:
            applications = [make_application(job, one) for one in people]
            advance_all(
                job_id=job.pk,
                seen={one.pk: 1 for one in applications},
                to_stage=stage,
                actor=ACTOR,
                moved_at=LATER,
            )
            people = [make_candidate(headline="Rose " * 30) for _number in range(50)]

        page = recruiting.get(PIPELINE)

        assert len(page.content) < 300_000

    def test_says_who_waits_too_long(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        fill(job, 2)

        page = recruiting.get(PIPELINE)

        assert page.context["columns"][0].waiting_long == 2
        assert "2 wait long" in page.content.decode()

    def test_lists_everybody_longest_waiting_first(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        fill(job, 1, stage=Stage.OFFER)
        first = make_application(job)

        page = recruiting.get(PIPELINE, {"view": "list"})

        assert next(iter(page.context["page"])) == first
        assert len(page.context["page"]) == 2

    def test_asks_equally_often_for_a_long_list(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")
        fill(job, 2)
        few = count_queries(recruiting, f"{PIPELINE}?view=list")
        fill(job, 9, stage=Stage.OFFER)

        assert count_queries(recruiting, f"{PIPELINE}?view=list") == few

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
        assert 'name="move"' not in page.content.decode()
        assert 'name="people"' not in page.content.decode()
        assert "and arrows to go" in page.content.decode()
        assert "to mark" not in page.content.decode()

    def test_does_not_exist_for_another_hiring_manager(self, managing: Client):
        make_job(requisition_code="GRD-1")

        assert managing.get(PIPELINE).status_code == 404
