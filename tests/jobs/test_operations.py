from decimal import Decimal
from typing import Any, cast

import pytest
from django.core.exceptions import ValidationError

from recruit.common.refusals import StaleVersion
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.choices import ALLOWED_STATUS_CHANGES, JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import (
    JobFields,
    RequirementInput,
    RequisitionCodeTaken,
    StatusChangeRefused,
    change_status,
    update_job,
)
from recruit.skills.choices import Importance, Proficiency
from recruit.skills.models import Skill
from tests.factories import ACTOR, LATER, NOW, make_job, make_user

pytestmark = pytest.mark.django_db


def update(job, requirements=None, expected_version=None, **fields: Any) -> Job:
    return update_job(
        job_id=job.pk,
        fields=cast(JobFields, fields),
        requirements=requirements,
        actor=ACTOR,
        changed_at=LATER,
        expected_version=expected_version,
    )


class TestCreateJob:
    def test_keeps_requirements_in_their_order(self):
        job = make_job(
            "Pruning", RequirementInput("Lying", importance=Importance.EXCLUDED)
        )

        stated = [(one.skill.name, one.importance) for one in job.requirements.all()]
        assert stated == [("Pruning", "required"), ("Lying", "excluded")]

    def test_refuses_a_code_in_use(self):
        make_job(requisition_code="REQ-A")

        with pytest.raises(RequisitionCodeTaken, match="REQ-A"):
            make_job(requisition_code="REQ-A")

    @pytest.mark.parametrize(
        "code", ["", " ", "a/b", "a?b", "a#b", "50%", "new", "..", "\x00", "x" * 65]
    )
    def test_refuses_a_code_that_cannot_stand_in_an_address(self, code):
        with pytest.raises(ValidationError) as refusal:
            make_job(requisition_code=code)

        assert "requisition_code" in refusal.value.message_dict

    @pytest.mark.parametrize("code", ["REQ-7", "7", "Büro 12", "a.b", "новая"])
    def test_takes_the_codes_that_people_use(self, code):
        assert make_job(requisition_code=code).requisition_code == code

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("title", "nul\x00"),
            ("status", "sleeping"),
            ("openings", 0),
            ("salary_max", Decimal(-1)),
            ("employment_type", "slavery"),
        ],
    )
    def test_names_the_bad_field(self, field, value):
        with pytest.raises(ValidationError) as refusal:
            make_job(**{field: value})

        assert field in refusal.value.message_dict

    def test_refuses_a_salary_range_upside_down(self):
        with pytest.raises(ValidationError) as refusal:
            make_job(salary_min=2, salary_max=1, salary_currency="EUR")

        assert list(refusal.value.message_dict) == ["salary_max"]

    def test_writes_nothing_where_a_requirement_is_bad(self):
        bad = RequirementInput("Pruning", minimum_years=Decimal(99))

        with pytest.raises(ValidationError, match="Pruning"):
            make_job(bad)

        assert not Job.objects.exists()
        assert not Skill.objects.exists()

    def test_refuses_a_skill_both_required_and_excluded(self):
        contrary = RequirementInput("pruning", importance=Importance.EXCLUDED)

        with pytest.raises(ValidationError, match="named twice"):
            make_job("Pruning", contrary)


class TestUpdateJob:
    def test_changes_nothing_where_nothing_differs(self):
        job = make_job("Pruning")

        same = update(job, [RequirementInput("pruning")], title=job.title)

        assert (same.version, same.profile_changed_at) == (1, NOW)
        kinds = Event.objects.about_job(job.pk).values_list("kind", flat=True)
        assert list(kinds) == [Happened.JOB_CREATED]

    def test_takes_the_line_ends_of_a_browser_for_no_change(self):
        job = make_job(description="Roses\nHedges")

        same = update(job, description="Roses\r\nHedges")

        assert (same.version, same.description) == (1, "Roses\nHedges")

    def test_stamps_a_change_of_the_profile(self):
        changed = update(make_job(), title="Head gardener")

        assert changed.profile_changed_at == LATER

    def test_leaves_the_stamp_where_the_profile_is_the_same(self):
        changed = update(make_job(), openings=3)

        assert (changed.version, changed.profile_changed_at) == (2, NOW)

    def test_stamps_a_change_of_the_requirements(self):
        job = make_job("Pruning")
        higher = RequirementInput("Pruning", minimum_proficiency=Proficiency.EXPERT)

        assert update(job, [higher]).profile_changed_at == LATER

    def test_refuses_who_read_an_older_version(self):
        job = make_job()
        update(job, title="First", expected_version=1)

        with pytest.raises(StaleVersion):
            update(job, title="Second", expected_version=1)

        job.refresh_from_db()
        assert job.title == "First"

    def test_names_the_recruiters(self):
        job, recruiter = make_job(), make_user()

        update(job, recruiters=[recruiter])

        assert list(job.recruiters.all()) == [recruiter]


class TestChangeStatus:
    @pytest.mark.parametrize("now", JobStatus)
    @pytest.mark.parametrize("then", JobStatus)
    def test_follows_the_allowed_changes(self, now, then):
        job = make_job(status=now)
        allowed = then in (now, *ALLOWED_STATUS_CHANGES[now])

        try:
            change_status(job_id=job.pk, to_status=then, actor=ACTOR, changed_at=LATER)
        except StatusChangeRefused:
            assert not allowed
        else:
            assert allowed
