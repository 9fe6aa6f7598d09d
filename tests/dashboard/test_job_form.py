from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruit.accounts.models import User
from recruit.applications.models import PipelineStage
from recruit.applications.stages import stages_of_jobs
from recruit.applications.templates import save_template
from recruit.events.models import Event
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import update_job
from recruit.skills.models import Skill
from tests.factories import ACTOR, LATER, NOW, make_job

NEW = "/jobs/new/"


def form_of(*rows: dict[str, str], **fields: Any) -> dict[str, Any]:
    """Return a filled-in job form with its rows of requirements."""
    posted: dict[str, Any] = {
        "title": "Gardener",
        "requisition_code": "GRD-1",
        "openings": "2",
        "remote_policy": "hybrid",
        "employment_type": "full_time",
        "requirements-TOTAL_FORMS": str(len(rows)),
        "requirements-INITIAL_FORMS": "0",
        "open": "yes",
        **fields,
    }
    for number, row in enumerate(rows):
        for name, value in {"importance": "required", **row}.items():
            posted[f"requirements-{number}-{name}"] = value
    return posted


class TestNewJob:
    def test_makes_an_open_job_with_its_requirements(self, recruiting: Client):
        rows = (
            {"skill": "Pruning", "minimum_years": "2.5", "is_new_skill": "on"},
            {"skill": "Grafting", "importance": "preferred", "is_new_skill": "on"},
            {"skill": ""},
        )

        answer = recruiting.post(NEW, form_of(*rows, country="nl"))

        job = Job.objects.get(requisition_code="GRD-1")
        assert answer.headers["Location"] == "/jobs/GRD-1/"
        assert job.family == ""
        assert (job.status, job.openings, job.country) == (JobStatus.OPEN, 2, "NL")
        held = [(row.skill.name, row.importance) for row in job.requirements.all()]
        assert held == [("Pruning", "required"), ("Grafting", "preferred")]

    def test_flags_a_skill_that_is_not_known_and_takes_it_as_a_new_one(
        self, recruiting: Client
    ):
        flagged = recruiting.post(NEW, form_of({"skill": "Pythn"}))
        page = flagged.content.decode()

        assert flagged.status_code == 422
        assert "“Pythn” is not recognised" in page
        assert 'name="requirements-0-is_new_skill"' in page
        assert not Job.objects.exists()
        assert not Skill.objects.filter(name="Pythn").exists()

        recruiting.post(NEW, form_of({"skill": "Pythn", "is_new_skill": "on"}))

        assert Job.objects.get().requirements.get().skill.name == "Pythn"

    def test_refuses_a_skill_named_twice(self, recruiting: Client):
        make_job("Pruning", requisition_code="OLD-1")

        answer = recruiting.post(
            NEW, form_of({"skill": "Pruning"}, {"skill": "pruning"})
        )

        assert answer.status_code == 422
        assert "named in a row above" in answer.content.decode()

    def test_looks_all_its_skills_up_at_once(self, recruiting: Client):
        asked = []
        for count in (2, 2, 12):
            rows = [{"skill": f"Nothing {number}"} for number in range(count)]
            with CaptureQueriesContext(connection) as queries:
                recruiting.post(NEW, form_of(*rows))
            asked.append(len(queries))

        assert asked[1] == asked[2]

    def test_takes_the_stages_that_were_chosen(self, recruiting: Client):
        assert 'name="stages"' not in recruiting.get(NEW).content.decode()
        offer = PipelineStage.objects.get(code="offer")
        short = save_template(
            template_id=None,
            name="Short",
            is_default=False,
            stage_ids=[offer.pk],
            actor=ACTOR,
            saved_at=NOW,
        )

        page = recruiting.get(NEW).content.decode()
        recruiting.post(NEW, form_of(stages=str(short.pk)))

        job = Job.objects.get(requisition_code="GRD-1")
        assert 'name="stages"' in page
        assert [one.code for one in stages_of_jobs([job.pk])[job.pk]] == ["offer"]

    def test_saves_a_draft_by_the_other_button(self, recruiting: Client):
        posted = form_of(draft="yes")
        del posted["open"]

        recruiting.post(NEW, posted)

        assert Job.objects.get().status == JobStatus.DRAFT

    def test_refuses_a_code_in_use_and_a_second_post(self, recruiting: Client):
        recruiting.post(NEW, form_of())

        again = recruiting.post(NEW, form_of())

        assert again.status_code == 422
        assert "exists" in again.content.decode()
        assert Job.objects.count() == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"title": ""},
            {"title": "a\x00b"},
            {"title": "x" * 5000},
            {"requisition_code": "a/b"},
            {"openings": "0"},
            {"openings": "999999999999"},
            {"salary_min": "5", "salary_max": "4", "salary_currency": "EUR"},
            {"salary_min": "NaN"},
            {"country": "Netherlands"},
            {"remote_policy": "moon"},
            {"hiring_manager": "nobody"},
            {"recruiters": ["not-an-id"]},
        ],
    )
    def test_keeps_what_was_typed_and_marks_what_is_wrong(
        self, recruiting: Client, fields: dict[str, Any]
    ):
        page = recruiting.post(NEW, form_of({"skill": "Pruning"}, **fields))

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()
        assert 'value="Pruning"' in page.content.decode()
        assert not Job.objects.exists()

    @pytest.mark.parametrize(
        "row",
        [
            {"skill": "x" * 300},
            {"skill": "Pruning", "minimum_years": "-1"},
            {"skill": "Pruning", "minimum_years": "1e9"},
            {"skill": "Pruning", "importance": "sacred"},
            {"skill": "", "minimum_years": "3"},
            {"skill": "..."},
        ],
    )
    def test_marks_a_bad_requirement(self, recruiting: Client, row: dict[str, str]):
        page = recruiting.post(NEW, form_of(row))

        assert page.status_code == 422
        assert not Job.objects.exists()

    def test_refuses_a_form_without_its_management_part(self, recruiting: Client):
        posted = form_of()
        del posted["requirements-TOTAL_FORMS"]

        page = recruiting.post(NEW, posted)

        assert page.status_code == 422
        assert not Job.objects.exists()

    def test_refuses_a_confidential_job_that_its_author_could_not_see(
        self, recruiting: Client, recruiter: User
    ):
        unnamed = recruiting.post(NEW, form_of(confidential="on"))
        named = form_of(confidential="on", recruiters=[str(recruiter.pk)])

        assert unnamed.status_code == 422
        assert recruiting.post(NEW, named).status_code == 302

    def test_adds_rows_by_a_button_and_saves_nothing(self, recruiting: Client):
        posted = form_of({"skill": "Pruning"}, title="", **{"requirements-add": "yes"})

        page = recruiting.post(NEW, posted)

        shown = page.content.decode()
        assert page.status_code == 200
        assert 'name="requirements-3-skill"' in shown
        assert 'value="Pruning"' in shown
        assert "This field is required" not in shown
        assert not Job.objects.exists()

    def test_removes_a_row_by_its_button(self, recruiting: Client):
        rows = ({"skill": "Pruning"}, {"skill": "Grafting"})

        page = recruiting.post(NEW, form_of(*rows, **{"requirements-remove": "0"}))

        assert 'value="Pruning"' not in page.content.decode()
        assert 'value="Grafting"' in page.content.decode()

    def test_does_not_exist_for_a_hiring_manager(self, managing: Client):
        assert managing.get(NEW).status_code == 404
        assert managing.post(NEW, form_of()).status_code == 404
        assert not Job.objects.exists()


class TestEditJob:
    def test_shows_what_is_stored(self, recruiting: Client):
        job = make_job("Pruning", title="Tree surgeon")

        page = recruiting.get(f"/jobs/{job.requisition_code}/edit/")

        assert 'value="Tree surgeon"' in page.content.decode()
        assert 'value="Pruning"' in page.content.decode()

    def test_keeps_the_family_that_was_chosen(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")

        recruiting.post(
            "/jobs/GRD-1/edit/", form_of(family="facilities", expected_version="1")
        )

        job.refresh_from_db()
        assert (job.family, job.profile_changed_at) == ("facilities", NOW)

    def test_saves_what_was_typed(self, recruiting: Client):
        job = make_job("Pruning", requisition_code="GRD-1")

        answer = recruiting.post(
            "/jobs/GRD-1/edit/",
            form_of(
                {"skill": "Grafting", "is_new_skill": "on"},
                title="Head gardener",
                expected_version="1",
            ),
        )

        job.refresh_from_db()
        assert answer.status_code == 302
        assert job.title == "Head gardener"
        assert [row.skill.name for row in job.requirements.all()] == ["Grafting"]

    def test_says_what_somebody_else_saved_and_overwrites_nothing(
        self, recruiting: Client
    ):
        job = make_job("Pruning", requisition_code="GRD-1")
        update_job(
            job_id=job.pk,
            fields={"title": "Their title"},
            actor=ACTOR,
            changed_at=LATER,
        )

        stale = recruiting.post(
            "/jobs/GRD-1/edit/", form_of(title="My title", expected_version="1")
        )

        job.refresh_from_db()
        shown = stale.content.decode()
        assert stale.status_code == 409
        assert job.title == "Their title"
        assert "Their title" in shown
        assert 'value="My title"' in shown
        assert 'name="expected_version" value="2"' in shown

    def test_writes_nothing_for_a_form_without_change(self, recruiting: Client):
        recruiting.post("/jobs/new/", form_of({"skill": "Pruning"}))
        events = Event.objects.count()

        recruiting.post(
            "/jobs/GRD-1/edit/", form_of({"skill": "Pruning"}, expected_version="1")
        )

        assert Event.objects.count() == events

    def test_does_not_exist_for_who_may_not_see_or_change_the_job(
        self, recruiting: Client, managing: Client, hiring_manager: User
    ):
        make_job(requisition_code="SEC-1", confidential=True)
        make_job(requisition_code="OWN-1", hiring_manager=hiring_manager)

        assert recruiting.get("/jobs/SEC-1/edit/").status_code == 404
        assert managing.get("/jobs/OWN-1/edit/").status_code == 404


class TestJobStatus:
    def test_changes_and_says_so(self, recruiting: Client):
        job = make_job(requisition_code="GRD-1")

        page = recruiting.post(
            "/jobs/GRD-1/status/", {"status": "on_hold", "expected_version": "1"}
        )

        job.refresh_from_db()
        assert page.status_code == 302
        assert job.status == JobStatus.ON_HOLD

    def test_refuses_a_change_that_is_not_allowed_or_came_too_late(
        self, recruiting: Client
    ):
        job = make_job(requisition_code="GRD-1", status=JobStatus.CLOSED)

        draft = {"status": "draft", "expected_version": "1"}
        late = {"status": "open", "expected_version": "7"}
        recruiting.post("/jobs/GRD-1/status/", draft)
        recruiting.post("/jobs/GRD-1/status/", late)

        job.refresh_from_db()
        assert job.status == JobStatus.CLOSED

    def test_names_the_field_of_a_bad_request(self, recruiting: Client):
        make_job(requisition_code="GRD-1")

        page = recruiting.post(
            "/jobs/GRD-1/status/", {"status": "x", "expected_version": "1"}
        )

        assert page.status_code == 400
        assert "Status" in page.content.decode()
