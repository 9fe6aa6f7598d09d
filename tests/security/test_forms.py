"""Forms sent twice, sent late, and filled with what cannot be."""

from typing import Any

import pytest
from django.test import Client

from recruit.accounts.choices import Role
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.factories import make_candidate, make_job, make_user

PARTS = ("skills", "experience", "education", "languages")
UNSEEN = "\u200b\u202e"


def person(**fields: str) -> dict[str, Any]:
    """Return the form of a person; "education__0__ended_in" is a field of a row."""
    posted = {"given_name": "Ada", "family_name": "Novak", "work_permit": "unknown"}
    posted |= {f"{part}-TOTAL_FORMS": "1" for part in PARTS}
    posted |= {f"{part}-INITIAL_FORMS": "0" for part in PARTS}
    return posted | {name.replace("__", "-"): text for name, text in fields.items()}


def job(**fields: str) -> dict[str, Any]:
    """Return the form of a job."""
    return {
        "title": "Gardener",
        "requisition_code": "GRD-1",
        "openings": "1",
        "remote_policy": "on_site",
        "employment_type": "full_time",
        "requirements-TOTAL_FORMS": "0",
        "requirements-INITIAL_FORMS": "0",
        **fields,
    }


@pytest.fixture
def recruiting(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.RECRUITER))
    return client


class TestFormSentTwice:
    def test_adds_one_person(self, recruiting: Client):
        shown = recruiting.get("/candidates/new/")
        posted = person(new_id=str(shown.context["form"]["new_id"].value()))

        answers = [recruiting.post("/candidates/new/", posted) for _ in range(2)]

        added = Candidate.objects.get()
        addresses = {answer.headers["Location"] for answer in answers}
        assert addresses == {f"/candidates/{added.pk}/"}

    def test_changes_nobody_else(self, recruiting: Client):
        other = make_candidate(given_name="Vera")

        answer = recruiting.post("/candidates/new/", person(new_id=str(other.pk)))

        assert answer.status_code == 302
        assert Candidate.objects.get().given_name == "Vera"

    def test_refuses_an_id_that_is_none(self, recruiting: Client):
        answer = recruiting.post("/candidates/new/", person(new_id="abc"))

        assert answer.status_code == 422
        assert "valid UUID" in answer.content.decode()

    def test_opens_one_job(self, recruiting: Client):
        statuses = [recruiting.post("/jobs/new/", job()).status_code for _ in "12"]

        assert statuses == [302, 422]
        assert Job.objects.count() == 1


class TestFormWithoutItsVersion:
    def test_does_not_overwrite_a_person(self, recruiting: Client):
        stored = make_candidate(given_name="Vera")

        answer = recruiting.post(f"/candidates/{stored.pk}/edit/", person())

        assert answer.status_code == 422
        assert "Expected version: This field is required" in answer.content.decode()
        assert Candidate.objects.get().given_name == "Vera"

    def test_does_not_overwrite_a_job(self, recruiting: Client):
        stored = make_job(title="Florist")

        answer = recruiting.post(f"/jobs/{stored.requisition_code}/edit/", job())

        assert answer.status_code == 422
        assert Job.objects.get().title == "Florist"


class TestValuesThatCannotBe:
    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ({"country": "<>"}, "A country is two letters"),
            ({"salary_currency": "<%>"}, "A currency is three letters"),
            ({"given_name": UNSEEN, "family_name": UNSEEN}, "needs a name"),
            (
                {"emails": "\n".join(f"a{i}@example.org" for i in range(21))},
                "At most 20 are taken, not 21",
            ),
            (
                {
                    "education__0__qualification": "BSc",
                    "education__0__started_in": "2020",
                    "education__0__ended_in": "2010",
                },
                "The end is before the start",
            ),
            ({"skills__0__skill": UNSEEN}, "is not a skill"),
        ],
    )
    def test_are_refused_of_a_person(
        self, recruiting: Client, said: dict[str, str], message: str
    ):
        answer = recruiting.post("/candidates/new/", person(**said))

        assert answer.status_code == 422
        assert message in answer.content.decode()
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ({"country": "1<"}, "A country is two letters"),
            ({"salary_currency": "<%>"}, "A currency is three letters"),
            ({"title": UNSEEN}, "Nothing of the title can be seen"),
        ],
    )
    def test_are_refused_of_a_job(
        self, recruiting: Client, said: dict[str, str], message: str
    ):
        answer = recruiting.post("/jobs/new/", job(**said))

        assert answer.status_code == 422
        assert message in answer.content.decode()
        assert not Job.objects.exists()

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"country": "<>"}, "country"),
            ({"salary_currency": "<%>"}, "salary_currency"),
            ({"languages": [{"language": "<b>"}]}, "languages"),
            (
                {
                    "education": [
                        {"qualification": "BSc", "started_in": 2020, "ended_in": 1999}
                    ]
                },
                "education",
            ),
            ({"family_name": UNSEEN}, "family_name"),
        ],
    )
    def test_are_refused_by_the_api(
        self, recruiting: Client, said: dict[str, Any], field: str
    ):
        given = {} if "family_name" in said else {"given_name": "Ada"}

        answer = recruiting.post(
            "/api/v1/candidates", given | said, content_type="application/json"
        )

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"].startswith(field)
        assert not Candidate.objects.exists()
