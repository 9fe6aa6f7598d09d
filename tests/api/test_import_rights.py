"""/imports: jobs, tables, who may send and read them."""

import pytest
from django.urls import reverse

from recruit.accounts.choices import Role, Scope
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.api.caller import RANDOM, Caller, assert_problem
from tests.api.importing import (
    CSV,
    NDJSON,
    PEOPLE,
    done,
    figures,
    lines,
    person,
    results,
    sent,
)
from tests.factories import make_job, make_user
from tests.imports.sent import work_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


class TestJobs:
    ADDRESS = "/imports?of=jobs&source=hr"

    def test_lands_jobs_with_their_requirements(self, recruiter):
        row = {
            "external_id": "j1",
            "requisition_code": "HR-1",
            "title": "Gardener",
            "requirements": [{"skill": "Pruning", "importance": "required"}],
        }

        one = done(recruiter, row, {**row, "external_id": "j2"}, address=self.ADDRESS)

        assert figures(one) == (1, 0, 0, 1)
        assert results(recruiter, one)[1]["errors"][0]["field"] == "requisition_code"
        again = done(recruiter, {**row, "title": "Baker"}, address=self.ADDRESS)
        assert figures(again) == (0, 1, 0, 0)
        assert Job.objects.get().title == "Baker"

    def test_says_only_that_the_code_of_a_hidden_job_is_taken(self):
        make_job(requisition_code="HR-1", confidential=True)
        scopes = set(Scope.values) - {Scope.CONFIDENTIAL}
        caller = Caller(make_user(Role.ADMINISTRATOR), sorted(scopes))
        row = {"requisition_code": "HR-1", "title": "Mine"}

        one = done(caller, row, address=self.ADDRESS)

        (error,) = results(caller, one)[0]["errors"]
        assert error["code"] == "requisition_code_taken"

    def test_looks_up_accounts_in_rows_as_the_post_does(self, recruiter):
        row = {"requisition_code": "HR-1", "title": "Mine"}
        rows = [{**row, "hiring_manager": str(RANDOM)}, {**row, "confidential": True}]

        one = done(recruiter, *rows, address=self.ADDRESS)

        assert figures(one) == (1, 0, 0, 1)
        (error,) = results(recruiter, one)[0]["errors"]
        assert error["code"] == "does_not_exist"


class TestTables:
    def test_are_read_by_their_headers_and_a_mapping(self, recruiter):
        address = f"{PEOPLE}&map[Legal name]=name&map[id]="
        table = b"Legal name,id,skills\nKim Lee,77,Pruning; Digging\n,78,\n"

        one = sent(recruiter, table, address, f"{CSV}; charset=utf-8")
        work_on(one["id"])

        person = Candidate.objects.get()
        assert (person.name, person.external_id != "77") == ("Kim Lee", True)
        one = recruiter.get(f"/imports/{one['id']}").json()
        assert (figures(one), one["format"]) == ((1, 0, 0, 1), "table")
        landed, rejected = results(recruiter, one)
        assert (landed["row"], landed["id"]) == (2, str(person.pk))
        assert [error["field"] for error in rejected["errors"]] == ["name"]

    @pytest.mark.parametrize(
        "extra", ["&map[Nothing]=name", "&map[name]=shoe_size", "&map[name]="]
    )
    def test_refuse_a_mapping_that_cannot_be(self, recruiter, extra):
        answer = recruiter.send(f"{PEOPLE}{extra}", b"name\nKim\n", CSV)

        assert_problem(answer, 400)


class TestRights:
    def test_are_those_of_both_whom_a_token_names(self):
        administrator, named = make_user(Role.ADMINISTRATOR), make_user()
        caller = Caller(administrator)
        make_job(requisition_code="HR-1", confidential=True, hiring_manager=named)
        row = {"requisition_code": "HR-1", "title": "Mine"}
        headers = {"On-Behalf-Of": str(named.pk)}

        answer = caller.send(TestJobs.ADDRESS, lines(row), NDJSON, **headers)
        one = work_on(answer.json()["id"])

        assert (one.owner, one.rejected) == (named, 1)
        (error,) = one.rows.get().errors
        assert error["code"] == "requisition_code_taken"

    def test_keep_protected_fields_out(self):
        scopes = sorted(set(Scope.values) - {Scope.PROTECTED})
        caller = Caller(make_user(), scopes)

        one = done(caller, person(1, emails=["kim@example.org"]), person(2))

        assert figures(one) == (1, 0, 0, 1)
        assert results(caller, one)[0]["errors"][0]["field"] == "emails"
        assert_problem(caller.send(PEOPLE, b"name,email\nKim,k@x.org\n", CSV), 400)

    def test_keep_texts_whole_that_come_back_without_contacts(self, recruiter):
        text = "Ask kim@example.org about roses."
        done(recruiter, person(1, summary=text))
        scopes = sorted(set(Scope.values) - {Scope.PROTECTED})
        caller = Caller(make_user(), scopes)
        (shown,) = caller.get("/candidates").json()["items"]

        one = done(caller, person(1, summary=shown["summary"], headline="Gardener"))

        assert figures(one) == (0, 1, 0, 0)
        found = Candidate.objects.get()
        assert (found.summary, found.headline) == (text, "Gardener")


class TestReading:
    def test_lists_the_callers_own_files_only(self, recruiter):
        mine = done(recruiter, person(1))
        other = done(Caller(make_user(Role.ADMINISTRATOR)), person(2))

        listed = recruiter.get("/imports").json()["items"]

        assert [one["id"] for one in listed] == [mine["id"]]
        assert_problem(recruiter.get(f"/imports/{other['id']}"), 404)
        assert_problem(recruiter.get(f"/imports/{other['id']}/rows"), 404)
        assert_problem(recruiter.post(f"/imports/{other['id']}/cancel"), 404)

    def test_pages_through_the_results(self, recruiter):
        one = done(recruiter, *(person(number) for number in range(5)))
        seen, path = [], f"/imports/{one['id']}/rows?per_page=2"

        while path:
            page = recruiter.get(path).json()
            seen += [row["row"] for row in page["items"]]
            path = (page["next"] or "").partition("/api/v1")[2]

        assert seen == [1, 2, 3, 4, 5]

    def test_filters_by_kind_and_state(self, recruiter):
        done(recruiter, person(1))

        for query, count in (("of=jobs", 0), ("of=candidates", 1), ("state=failed", 0)):
            assert len(recruiter.get(f"/imports?{query}").json()["items"]) == count

    def test_shows_the_file_on_the_page_too(self, recruiter, client):
        one = done(recruiter, person(1), b"{no json")
        client.force_login(recruiter.user)

        page = client.get(reverse("dashboard:import", args=[one["id"]]))

        assert page.status_code == 200
        assert "{no json" in page.content.decode()
        assert "hr.ndjson" in client.get(reverse("dashboard:imports")).content.decode()

    def test_shows_a_checked_file_with_a_button_to_import_it(self, recruiter, client):
        one = done(recruiter, person(1), address=f"{PEOPLE}&dry_run=true")
        client.force_login(recruiter.user)
        page = client.get(reverse("dashboard:import", args=[one["id"]]))
        assert reverse("dashboard:import_columns", args=[one["id"]]) not in str(
            page.content
        )

        client.post(reverse("dashboard:import_run", args=[one["id"]]))

        work_on(one["id"])
        assert Candidate.objects.count() == 1
