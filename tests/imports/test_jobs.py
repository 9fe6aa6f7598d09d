import pytest

from recruit.events.models import Event
from recruit.imports.readers import Sender
from recruit.jobs.choices import JobFamily, JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from recruit.skills.choices import Importance
from recruit.skills.models import Skill
from tests.factories import LATER, NOW, make_job, make_user
from tests.imports.files import counts, jobs_imported, reasons, table

pytestmark = pytest.mark.django_db

HEADER = (
    "external_id",
    "requisition_code",
    "title",
    "description",
    "department",
    "location",
    "status",
    "required_skills",
    "preferred_skills",
)
GARDENER = (
    "7",
    "GARDEN-1",
    "Gardener",
    "Keeps the park.",
    "Parks",
    "Kew, London, UK",
    "On hold",
    "Pruning (3 years); Digging",
    "Grafting (advanced)",
)


def requirements(job):
    return [
        (row.skill.name, row.importance, row.minimum_years, row.minimum_proficiency)
        for row in job.requirements.all()
    ]


class TestImportedJob:
    def test_keeps_every_field(self):
        jobs_imported(table(HEADER, GARDENER), source="hr")

        job = Job.objects.with_requirements().get(requisition_code="GARDEN-1")
        assert (job.source, job.external_id) == ("hr", "7")
        assert (job.title, job.description) == ("Gardener", "Keeps the park.")
        assert (job.place, job.region, job.country) == ("Kew", "London", "GB")
        assert (job.department, job.status) == ("Parks", JobStatus.ON_HOLD)
        assert requirements(job) == [
            ("Pruning", Importance.REQUIRED, 3, ""),
            ("Digging", Importance.REQUIRED, None, ""),
            ("Grafting", Importance.PREFERRED, None, "advanced"),
        ]

    @pytest.mark.parametrize(
        "family", ["facilities", "Facilities", "cleaning, facilities AND grounds"]
    )
    def test_has_the_family_of_a_code_or_name(self, family):
        jobs_imported(table(("title", "family"), ("Gardener", family)))

        assert Job.objects.get().family == JobFamily.FACILITIES

    def test_is_open_and_needs_nothing_but_a_title(self):
        assert counts(jobs_imported("title\nGardener\n")) == (1, 0, 0, 0)

        job = Job.objects.get()
        assert (job.status, job.description) == (JobStatus.OPEN, "")

    def test_requires_what_both_columns_name(self):
        jobs_imported("title,required,preferred\nCook,Baking,baking; Frying\n")

        assert [row[:2] for row in requirements(Job.objects.get())] == [
            ("Baking", Importance.REQUIRED),
            ("Frying", Importance.PREFERRED),
        ]

    def test_stores_markup_as_text(self):
        evil = "<img src=x onerror=alert(1)>"

        jobs_imported(table(HEADER, ["1", "", evil, evil, evil, evil, "", evil, ""]))

        job = Job.objects.get()
        assert {job.title, job.description, job.department, job.place} == {evil}


class TestRequisitionCode:
    def test_is_the_id_where_none_is_given(self):
        jobs_imported("id,title\nP-31,Gardener\n")

        assert Job.objects.get().requisition_code == "P-31"

    def test_names_the_source_where_another_job_has_it(self):
        make_job(requisition_code="P-31")

        jobs_imported("id,title\nP-31,Gardener\n", source="hr")

        assert Job.objects.get(source="hr").requisition_code == "hr-P-31"

    @pytest.mark.parametrize("unfit", ["a/b", "50%", "x" * 65])
    def test_is_a_running_number_where_the_id_cannot_be_one(self, unfit):
        make_job(requisition_code="REQ-41")

        jobs_imported(table(["id", "title"], [unfit, "Gardener"]))

        assert Job.objects.get(external_id=unfit).requisition_code == "REQ-42"

    def test_is_a_running_number_for_rows_without_an_id(self):
        for _ in range(2):
            jobs_imported("title\nGardener\nCook\n")

        codes = Job.objects.order_by("requisition_code")
        assert list(codes.values_list("requisition_code", "title")) == [
            ("REQ-1", "Gardener"),
            ("REQ-2", "Cook"),
        ]


class TestImportedAgain:
    def test_changes_nothing(self):
        jobs_imported(table(HEADER, GARDENER))
        events = Event.objects.count()

        result = jobs_imported(table(HEADER, GARDENER), imported_at=LATER)

        assert counts(result) == (0, 0, 1, 0)
        assert Event.objects.count() == events
        job = Job.objects.get()
        assert (job.version, job.profile_changed_at) == (1, NOW)

    def test_changes_what_differs_and_leaves_what_is_blank(self):
        jobs_imported(table(HEADER, GARDENER))

        result = jobs_imported(
            table(HEADER, ["7", "", "Head gardener", "", "", "", "", "", "Leading"])
        )

        assert counts(result) == (0, 1, 0, 0)
        job = Job.objects.with_requirements().get()
        assert (job.title, job.status) == ("Head gardener", JobStatus.ON_HOLD)
        assert [row[0] for row in requirements(job)] == [
            "Pruning",
            "Digging",
            "Leading",
        ]

    def test_finds_a_job_by_its_code(self):
        job = make_job(requisition_code="GARDEN-1")

        for _ in range(2):
            jobs_imported(table(HEADER, GARDENER))

        job.refresh_from_db()
        assert (job.title, job.external_id) == ("Gardener", "7")
        assert Job.objects.count() == 1

    def test_keeps_minimums_and_exclusions_that_people_set(self):
        job = make_job(
            RequirementInput("Digging", Importance.REQUIRED, "expert"),
            RequirementInput("Smoking", Importance.EXCLUDED),
            requisition_code="GARDEN-1",
        )

        jobs_imported(table(HEADER, GARDENER))

        found = {row[0]: row[1:] for row in requirements(job)}
        assert found["Digging"] == (Importance.REQUIRED, None, "expert")
        assert found["Smoking"][0] == Importance.EXCLUDED


class TestRejectedJob:
    def test_names_a_family_that_is_none(self):
        result = jobs_imported(table(("title", "family"), ("Gunner", "Piracy")))

        assert reasons(result) == ["Row 2, family: “Piracy” is no job family."]

    @pytest.mark.parametrize(
        ("row", "field", "problem"),
        [
            ({"title": ""}, "title", "cannot be blank"),
            ({"title": "x" * 201}, "title", "at most 200"),
            ({"requisition_code": "a/b"}, "requisition_code", "must not hold"),
            ({"status": "gone"}, "status", "“gone” is none of draft, open"),
            ({"required_skills": "x" * 121}, "required_skills", "longer than 120"),
            (
                {"preferred_skills": ";".join(f"s{n}x" for n in range(50_000))},
                "preferred_skills",
                "50000 entries",
            ),
            ({"description": "a\x00"}, "description", "NUL"),
        ],
    )
    def test_names_row_and_field(self, row, field, problem):
        bad = dict(zip(HEADER, GARDENER, strict=True)) | row

        result = jobs_imported(table(HEADER, bad.values()))

        assert counts(result) == (0, 0, 0, 1)
        assert reasons(result)[0].startswith(f"Row 2, {field}: ")
        assert problem in reasons(result)[0]
        assert not Skill.objects.exists()

    def test_does_not_take_the_code_of_another_job_of_the_source(self):
        jobs_imported(table(HEADER, GARDENER))

        result = jobs_imported(table(HEADER, ("8", *GARDENER[1:])))

        assert "is the code of the job “7”" in reasons(result)[0]

    def test_names_the_row_that_had_the_code_before(self):
        result = jobs_imported("code,title\nA,Cook\nA,Baker\n")

        assert reasons(result) == [
            "Row 3, requisition_code: “A” stands in row 2 already."
        ]

    def test_does_not_take_a_code_in_use(self):
        make_job(requisition_code="B")
        jobs_imported("id,code,title\n1,A,Cook\n")

        result = jobs_imported("id,code,title\n1,B,Cook\n")

        assert reasons(result)[0].startswith("Row 2, requisition_code: ")

    def test_does_not_reopen_as_a_draft(self):
        job = make_job(requisition_code="A")

        result = jobs_imported("code,title,status\nA,Cook,draft\n")

        job.refresh_from_db()
        assert reasons(result)[0].startswith("Row 2, status: ")
        assert job.title == "Gardener"

    @pytest.mark.parametrize("row", ["7,", "8,HIDDEN", ",HIDDEN"])
    def test_touches_no_job_that_the_viewer_may_not_see(self, row):
        hidden = make_job(
            requisition_code="HIDDEN", source="csv", external_id="7", confidential=True
        )

        result = jobs_imported(
            f"id,code,title\n{row},Mine\n", sender=Sender(make_user())
        )

        hidden.refresh_from_db()
        assert (hidden.title, counts(result)) == ("Gardener", (0, 0, 0, 1))
        assert "exists" in reasons(result)[0]
