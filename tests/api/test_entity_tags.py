"""ETag, If-Match, If-None-Match."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from recruit.jobs.models import Job
from recruit.skills.models import Skill
from tests.api.caller import Caller, assert_problem, fields_in
from tests.factories import make_application, make_candidate, make_job

OF_ROW = re.compile(r'"(\d+)-[0-9a-f]{16}"')
OF_BODY = re.compile(r'(W/)?"[0-9a-f]{16}"')


def rows_behind(answer: Any, caller: Caller) -> Any:
    """Return the rows of the next page, which is not called the same each time.

    Its cursor holds how far the server's transactions had come.
    """
    if (link := answer.get("Link")) is None:
        return None
    address, _, relation = link.partition(">")
    assert relation == '; rel="next"'
    return caller.get(address.partition("/api/v1")[2]).json()["items"]


@pytest.mark.django_db
class TestTag:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: ("jobs", make_job()),
            lambda: ("candidates", make_candidate()),
            lambda: ("applications", make_application()),
        ],
    )
    def test_of_a_row_tells_its_version(
        self, recruiter, make: Callable[[], tuple[str, Job]]
    ):
        kind, row = make()

        found = OF_ROW.fullmatch(recruiter.get(f"/{kind}/{row.pk}")["ETag"])

        assert found is not None
        assert found[1] == str(row.version)

    @pytest.mark.parametrize(
        "address",
        ["/jobs", "/candidates?per_page=1", "/applications", "/skills",
         "/disposition_reasons", "/candidates/ID/jobs"],
    )  # fmt: skip
    def test_of_all_else_is_that_of_its_body(self, recruiter, address):
        address = address.replace("ID", str(make_candidate().pk))
        make_candidate()

        answer = recruiter.get(address)

        if answer.status_code == 200:
            found = OF_BODY.fullmatch(answer["ETag"])
            assert found is not None
            assert bool(found[1]) == ("items" in answer.json())
        else:
            assert "ETag" not in answer.headers

    def test_stays_while_nothing_changes(self, recruiter):
        people = [make_candidate() for _ in range(3)]
        for address in (f"/candidates/{people[0].pk}", "/candidates?per_page=2"):
            tags = {recruiter.get(address)["ETag"] for _ in range(2)}

            assert len(tags) == 1

    def test_of_a_page_stays_while_time_goes_by(self, recruiter):
        make_job()
        make_job()
        first = [recruiter.get(f"/jobs?per_page={rows}") for rows in (1, 2)]
        Skill.objects.create(name="Somebody else's")
        time.sleep(1.1)  # cursors may tell the second they were given out in
        second = [recruiter.get(f"/jobs?per_page={rows}") for rows in (1, 2)]

        for one, other in zip(first, second, strict=True):
            assert one["ETag"] == other["ETag"]
            assert one.json()["items"] == other.json()["items"]

    def test_of_a_page_tells_whether_there_is_another(self, recruiter):
        Skill.objects.all().delete()
        Skill.objects.create(name="Aaa")
        tags = []
        for _ in range(2):
            tags.append(recruiter.get("/skills?per_page=1")["ETag"])
            Skill.objects.create(name=f"Zzz {len(tags)}")

        assert tags[0] != tags[1]

    def test_of_a_write_is_that_of_the_next_read(self, recruiter):
        made = recruiter.post("/jobs", {"requisition_code": "T-1", "title": "x"})
        address = f"/jobs/{made.json()['id']}"
        read = recruiter.get(address)["ETag"]
        changed = recruiter.patch(address, {"title": "y"})

        assert made["ETag"] == read
        assert changed["ETag"] == recruiter.get(address)["ETag"] != read

    def test_changes_with_what_a_row_only_refers_to(self, recruiter):
        body = {
            "requisition_code": "T-1",
            "title": "x",
            "requirements": [{"skill": "Pruning", "importance": "required"}],
        }
        made = recruiter.post("/jobs", body)
        Skill.objects.filter(name="Pruning").update(name="Cutting trees")

        answer = recruiter.get(f"/jobs/{made.json()['id']}", if_none_match=made["ETag"])

        assert answer.status_code == 200
        assert "Cutting trees" in answer.content.decode()

    def test_is_not_given_to_problems(self, recruiter):
        assert "ETag" not in recruiter.get("/nothing").headers


@pytest.mark.django_db
class TestIfNoneMatch:
    @pytest.mark.parametrize("address", ["/jobs", "/jobs/ID", "/jobs?per_page=1"])
    @pytest.mark.parametrize("written", ["{}", "W/{}", '"x", {}', 'W/"x",W/{}', "*"])
    def test_that_names_what_is_there_is_a_304(self, recruiter, address, written):
        address = address.replace("ID", str(make_job().pk))
        make_job()
        seen = recruiter.get(address)

        answer = recruiter.get(
            address, if_none_match=written.format(seen["ETag"].removeprefix("W/"))
        )

        assert answer.status_code == 304
        assert answer.content == b""
        assert answer["ETag"] == seen["ETag"]
        assert rows_behind(answer, recruiter) == rows_behind(seen, recruiter)
        assert "Content-Type" not in answer.headers

    def test_is_a_304_for_head_as_well(self, recruiter):
        seen = recruiter.get("/jobs")["ETag"]

        assert recruiter.head("/jobs", if_none_match=seen).status_code == 304

    def test_keeps_the_connection(self, recruiter):
        address = f"/jobs/{make_job().pk}"
        seen = recruiter.get(address)["ETag"]
        held = connection.connection

        assert recruiter.get(address, if_none_match=seen).status_code == 304

        assert connection.connection is held
        assert not held.closed

    @pytest.mark.parametrize("tag", ['"x"', "x", "", ",", '"', "W/"])
    def test_that_names_something_else_is_a_200(self, recruiter, tag):
        assert recruiter.get("/jobs", if_none_match=tag).status_code == 200

    def test_sees_a_change(self, recruiter):
        job = make_job()
        seen = [recruiter.get(a)["ETag"] for a in ("/jobs", f"/jobs/{job.pk}")]
        recruiter.patch(f"/jobs/{job.pk}", {"title": "New"})

        assert recruiter.get("/jobs", if_none_match=seen[0]).status_code == 200
        answer = recruiter.get(f"/jobs/{job.pk}", if_none_match=seen[1])
        assert answer.status_code == 200

    def test_tells_nothing_of_what_one_may_not_see(self, recruiter):
        hidden = make_job(confidential=True)

        answer = recruiter.get(f"/jobs/{hidden.pk}", if_none_match="*")

        assert_problem(answer, 404)

    def test_with_a_write_wants_that_nothing_is_there(self, recruiter):
        job = make_job()

        answer = recruiter.patch(f"/jobs/{job.pk}", {"title": "x"}, if_none_match="*")

        assert_problem(answer, 412)


@pytest.mark.django_db
class TestIfMatch:
    @pytest.mark.parametrize(
        "tag", ["1", "x", "", " ", '"1', '"1" "2"', "w/", '"1",', '"1", *', "**"]
    )
    @pytest.mark.parametrize("method", ["get", "patch"])
    def test_that_is_no_list_of_tags_is_a_400(self, recruiter, tag, method):
        job = make_job()
        body = [{"title": "New"}] if method == "patch" else []

        answer = getattr(recruiter, method)(f"/jobs/{job.pk}", *body, if_match=tag)

        assert fields_in(answer) == ["If-Match"]
        assert Job.objects.get().title == job.title

    @pytest.mark.parametrize("written", ["{}", '"x", {}', "*"])
    def test_that_names_the_row_as_it_is_lets_a_write_through(self, recruiter, written):
        job = make_job()
        seen = recruiter.get(f"/jobs/{job.pk}")["ETag"]

        answer = recruiter.patch(
            f"/jobs/{job.pk}", {"title": "New"}, if_match=written.format(seen)
        )

        assert answer.status_code == 200

    def test_is_compared_strongly(self, recruiter):
        job = make_job()
        seen = recruiter.get(f"/jobs/{job.pk}")["ETag"]

        answer = recruiter.patch(
            f"/jobs/{job.pk}", {"title": "New"}, if_match=f"W/{seen}"
        )

        assert_problem(answer, 412)

    def test_asks_for_the_version_not_for_the_words(self, recruiter):
        made = recruiter.post(
            "/jobs",
            {
                "requisition_code": "T-1",
                "title": "x",
                "requirements": [{"skill": "Pruning", "importance": "required"}],
            },
        )
        Skill.objects.filter(name="Pruning").update(name="Cutting trees")
        address = f"/jobs/{made.json()['id']}"

        answer = recruiter.patch(address, {"title": "y"}, if_match=made["ETag"])

        assert answer.status_code == 200

    def test_of_what_is_not_there_is_a_404(self, recruiter):
        address = f"/jobs/{recruiter.user.pk}"

        assert_problem(recruiter.patch(address, {"title": "x"}, if_match="*"), 404)

    @pytest.mark.parametrize("move", ["move", "withdraw", "undo", "hire"])
    def test_that_is_stale_stops_each_move(self, recruiter, move):
        application = make_application()
        path = f"/applications/{application.pk}"
        seen = recruiter.get(path)["ETag"]
        recruiter.post(f"{path}/move", {"to_stage": "screening"})

        answer = recruiter.post(f"{path}/{move}", {}, if_match=seen)

        assert answer.status_code in {400, 412}
        application.refresh_from_db()
        assert application.stage == "screening"

    def test_that_is_stale_tells_a_reader_so(self, recruiter):
        address = f"/jobs/{make_job().pk}"
        seen = recruiter.get(address)["ETag"]

        assert_problem(recruiter.get(address, if_match='"x"'), 412)
        assert recruiter.get(address, if_match=seen).status_code == 200

    def test_is_never_that_of_a_page(self, recruiter):
        seen = recruiter.get("/jobs")["ETag"]

        assert_problem(recruiter.get("/jobs", if_match=seen), 412)
