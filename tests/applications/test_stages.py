from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from recruit.applications.applying import apply_all
from recruit.applications.bulk import advance_all
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import JobTemplate, PipelineStage, StageTemplate
from recruit.applications.moving import NotAtOffer
from recruit.applications.operations import (
    advance,
    hire,
    undo_last_transition,
)
from recruit.applications.stages import (
    NotAStageOfThisJob,
    stages_of,
    stages_of_jobs,
    unknown_stages,
)
from recruit.applications.templates import (
    DefaultTemplateNeeded,
    StageIsStandard,
    StageOccupied,
    TemplateIncomplete,
    TemplateNameTaken,
    choose_template,
    create_stage,
    rename_stage,
    save_template,
)
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
)

pytestmark = pytest.mark.django_db

STANDARD = ["applied", "screening", "interview", "offer"]


def stage(label: str, kind: Stage = Stage.INTERVIEW) -> PipelineStage:
    return create_stage(label=label, kind=kind, actor=ACTOR, created_at=NOW)


def template(*stages: PipelineStage, name: str = "Sales", is_default: bool = False):
    return save_template(
        template_id=None,
        name=name,
        is_default=is_default,
        stage_ids=[one.pk for one in stages],
        actor=ACTOR,
        saved_at=NOW,
    )


def choose(job, chosen):
    choose_template(job_id=job.pk, template_id=chosen.pk, actor=ACTOR, chosen_at=NOW)


def codes(job):
    return [one.code for one in stages_of(job)]


def move(application, to_stage):
    return advance(
        application_id=application.pk, to_stage=to_stage, actor=ACTOR, moved_at=LATER
    )


@pytest.fixture
def call():
    return stage("Phone call", Stage.APPLIED)


@pytest.fixture
def pitch():
    return stage("Sales pitch")


@pytest.fixture
def contract():
    return stage("Contract", Stage.OFFER)


@pytest.fixture
def sales(call, pitch, contract):
    return template(call, pitch, contract)


@pytest.fixture
def job(sales):
    made = make_job()
    choose(made, sales)
    return made


class TestStagesOf:
    def test_a_job_without_a_choice_are_the_standard_ones(self):
        assert codes(make_job()) == STANDARD

    def test_a_job_are_those_of_its_template_in_their_order(
        self, job, call, pitch, contract
    ):
        assert codes(job) == [call.code, pitch.code, contract.code]
        assert [one.label for one in stages_of(job)] == [
            "Phone call",
            "Sales pitch",
            "Contract",
        ]

    def test_an_installation_that_lost_its_templates_are_the_standard_ones(self):
        StageTemplate.objects.all().delete()

        assert codes(make_job()) == STANDARD

    def test_many_jobs_take_two_queries(self, job, django_assert_num_queries):
        jobs = [job.pk, *(make_job().pk for _number in range(5))]

        with django_assert_num_queries(2):
            found = stages_of_jobs(jobs)

        assert len(found[job.pk]) == 3
        assert [one.code for one in found[jobs[-1]]] == STANDARD


class TestMoves:
    def test_begin_at_the_first_stage_of_the_job(self, job, call):
        person = make_candidate()
        apply_all(job_id=job.pk, candidate_ids=[person.pk], actor=ACTOR, applied_at=NOW)
        make_application(job)

        assert set(job.applications.values_list("stage", flat=True)) == {call.code}

    def test_go_to_the_stages_of_the_job_alone(self, job, pitch):
        application = make_application(job)

        with pytest.raises(NotAStageOfThisJob, match=pitch.code):
            move(application, "screening")
        with pytest.raises(NotAStageOfThisJob):
            advance_all(
                job_id=job.pk,
                seen={application.pk: 1},
                to_stage="screening",
                actor=ACTOR,
                moved_at=LATER,
            )

        assert move(application, pitch.code).get_stage_display() == "Sales pitch"

    def test_lead_to_a_hire_from_an_offer_by_any_name(self, job, pitch, contract):
        application = make_application(job)
        said: Any = {
            "application_id": application.pk,
            "actor": ACTOR,
            "moved_at": LATER,
        }
        move(application, pitch.code)

        with pytest.raises(NotAtOffer):
            hire(**said)
        move(application, contract.code)

        assert hire(**said).outcome == Outcome.HIRED


class TestTemplate:
    def test_needs_an_offer_and_each_stage_once(self, call, contract):
        for stages in ([], [call], [call, contract, call]):
            with pytest.raises(TemplateIncomplete):
                template(*stages)

        assert StageTemplate.objects.count() == 1

    def test_needs_a_name_of_its_own(self, sales, contract):
        with pytest.raises(TemplateNameTaken):
            template(contract, name="Sales")

    def test_loses_no_stage_where_somebody_stands(self, job, sales, call, contract):
        application = make_application(job)
        said = {
            "template_id": sales.pk,
            "name": "Sales",
            "is_default": False,
            "stage_ids": [contract.pk],
            "actor": ACTOR,
            "saved_at": LATER,
        }

        with pytest.raises(StageOccupied, match="Phone call"):
            save_template(**said)
        assert len(codes(job)) == 3
        move(application, contract.code)
        save_template(**said)

        assert codes(job) == [contract.code]

    def test_that_becomes_the_default_leaves_the_jobs_there_are(self, contract):
        before = make_job()
        own = template(contract, name="Short", is_default=True)
        after = make_job()

        assert codes(before) == STANDARD
        assert codes(after) == [contract.code]
        assert StageTemplate.objects.get(is_default=True) == own

    def test_stays_the_default_until_another_is(self, contract):
        standard = StageTemplate.objects.get(is_default=True)

        with pytest.raises(DefaultTemplateNeeded):
            save_template(
                template_id=standard.pk,
                name="Standard",
                is_default=False,
                stage_ids=[contract.pk],
                actor=ACTOR,
                saved_at=LATER,
            )


class TestChoosing:
    def test_is_refused_while_somebody_would_lose_their_stage(self, sales):
        job = make_job()
        make_application(job)

        with pytest.raises(StageOccupied, match="Applied"):
            choose(job, sales)

        assert not JobTemplate.objects.exists()
        assert codes(job) == STANDARD

    def test_keeps_the_stages_that_were_passed(self, sales, pitch):
        job = make_job()
        application = make_application(job)
        move(application, "offer")
        standard = list(
            PipelineStage.objects.filter(code="offer").values_list("pk", flat=True)
        )
        both = save_template(
            template_id=None,
            name="Both",
            is_default=False,
            stage_ids=[pitch.pk, *standard],
            actor=ACTOR,
            saved_at=NOW,
        )

        choose(job, both)
        back = undo_last_transition(
            application_id=application.pk, actor=ACTOR, moved_at=LATER
        )

        assert codes(job) == [pitch.code, "offer"]
        assert back.get_stage_display() == "Applied"


class TestStage:
    def test_is_renamed_everywhere(self, job, call, django_capture_on_commit_callbacks):
        application = make_application(job)
        assert application.get_stage_display() == "Phone call"

        with django_capture_on_commit_callbacks(execute=True):
            rename_stage(
                stage_id=call.pk, label="First call", actor=ACTOR, changed_at=LATER
            )

        assert application.get_stage_display() == "First call"

    def test_of_every_installation_keeps_its_name(self):
        standard = PipelineStage.objects.get(code="offer")

        with pytest.raises(StageIsStandard):
            rename_stage(
                stage_id=standard.pk, label="Deal", actor=ACTOR, changed_at=LATER
            )

    def test_needs_a_name(self):
        with pytest.raises(ValidationError):
            stage("")

    def test_may_have_a_name_of_letters_that_no_code_has(self):
        assert stage("面接").code.startswith("stage-")

    def test_may_share_its_name(self):
        assert stage("Trial").code != stage("Trial").code


class TestMigration:
    def test_gives_the_stages_there_were_and_can_go_back(self):
        added = import_module(
            "recruit.applications.migrations.0007_standard_stage_template"
        )
        application = make_application()

        with connection.schema_editor() as editor:
            added.remove_templates(apps, editor)
            added.add_standard(apps, editor)

        application.refresh_from_db()
        assert application.stage == "applied"
        assert codes(application.job) == STANDARD


class TestUnknownStages:
    def test_are_those_of_no_pipeline(self, call, django_assert_num_queries):
        with django_assert_num_queries(1):
            found = unknown_stages(["nope", call.code, "offer", "hired"])

        assert found == ["nope", "hired"]

    def test_are_not_looked_for_among_the_standard_ones(
        self, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            assert unknown_stages(STANDARD) == []
