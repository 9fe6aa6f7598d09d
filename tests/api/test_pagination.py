"""Lists cut into pages."""

from datetime import timedelta

import pytest

from tests.api.caller import fields_in
from tests.factories import NOW, make_application, make_candidate, make_job

DAY = timedelta(days=1)


def ids_of(caller, path):
    """Follow `next` to the end and return the ids of all pages."""
    ids = []
    while path:
        answer = caller.get(path)
        body = answer.json()
        ids += [row["id"] for row in body["items"]]
        if body["next"]:
            assert answer["Link"] == f'<{body["next"]}>; rel="next"'
        else:
            assert "Link" not in answer
        path = body["next"] and body["next"].partition("/api/v1")[2]
    return ids


class TestPages:
    @pytest.mark.parametrize("per_page", [1, 2, 3, 7, 8, 500])
    def test_hold_every_row_once(self, recruiter, per_page):
        # All with the same created_at, so that the ids decide.
        made = [str(make_job().pk) for _number in range(7)]

        ids = ids_of(recruiter, f"/jobs?per_page={per_page}")

        assert ids == sorted(made, reverse=True)

    def test_of_skills_go_by_name(self, recruiter):
        make_candidate("zither b", "zither a", "zither", "zither c")

        ids = ids_of(recruiter, "/skills?per_page=1&q=zither")

        assert len(set(ids)) == 4

    def test_of_reasons_hold_every_row_once(self, recruiter):
        whole = recruiter.get("/disposition_reasons").json()["items"]

        ids = ids_of(recruiter, "/disposition_reasons?per_page=2")

        assert ids == [row["id"] for row in whole]

    def test_do_not_move_when_rows_are_added(self, recruiter):
        made = [str(make_candidate().pk) for _number in range(4)]
        first = recruiter.get("/candidates?per_page=2").json()
        make_candidate()

        second = recruiter.get(first["next"].partition("/api/v1")[2]).json()

        ids = [row["id"] for row in first["items"] + second["items"]]
        assert ids == sorted(made, reverse=True)

    @pytest.mark.parametrize(
        "per_page", ["0", "-1", "501", "1000000000", "x", "", "1.5", "9" * 400]
    )
    def test_refuse_a_size(self, recruiter, per_page):
        answer = recruiter.get(f"/jobs?per_page={per_page}")

        assert fields_in(answer) == ["per_page"]

    @pytest.mark.parametrize("cursor", ["x", "", "%00", "eyJ9:1:2", "x" * 5000])
    def test_refuse_a_cursor(self, recruiter, cursor):
        answer = recruiter.get(f"/jobs?cursor={cursor}")

        assert fields_in(answer) == ["cursor"]

    def test_refuse_the_cursor_of_another_list(self, recruiter):
        make_candidate("zither", "zither a")
        link = recruiter.get("/skills?per_page=1&q=zither").json()["next"]
        cursor = link.partition("cursor=")[2].partition("&")[0]

        answer = recruiter.get(f"/jobs?cursor={cursor}")

        assert fields_in(answer) == ["cursor"]

    def test_refuse_a_cursor_with_other_filters(self, recruiter):
        for _number in range(2):
            make_job()
        link = recruiter.get("/jobs?per_page=1&order_by=created_at").json()["next"]
        path = link.partition("/api/v1")[2]

        other_filter = recruiter.get(f"{path}&status=open")
        other_order = recruiter.get(path.replace("created_at", "-created_at"))
        other_size = recruiter.get(path.replace("per_page=1", "per_page=2"))

        assert fields_in(other_filter) == fields_in(other_order) == ["cursor"]
        code = other_filter.json()["errors"][0]["code"]
        assert code == "cursor_of_another_list"
        assert other_size.status_code == 200


class TestOrder:
    @pytest.mark.parametrize("resource", ["jobs", "candidates"])
    @pytest.mark.parametrize("key", ["created_at", "updated_at"])
    def test_is_one_of_those_named(self, recruiter, resource, key):
        make = {"jobs": make_job, "candidates": make_candidate}[resource]
        made = [str(make(created_at=NOW - day * DAY).pk) for day in (1, 0, 2, 1)]
        by_key = {
            row["id"]: (row[key], row["id"])
            for row in recruiter.get(f"/{resource}").json()["items"]
        }

        up = ids_of(recruiter, f"/{resource}?per_page=2&order_by={key}")
        down = ids_of(recruiter, f"/{resource}?per_page=2&order_by=-{key}")

        assert up == sorted(made, key=lambda pk: by_key[pk])
        assert down == up[::-1]

    def test_of_applications(self, recruiter):
        made = sorted(str(make_application().pk) for _number in range(3))

        for order in ("id", "applied_at", "updated_at"):
            assert ids_of(recruiter, f"/applications?per_page=1&order_by={order}") == (
                made
            )
            down = ids_of(recruiter, f"/applications?per_page=1&order_by=-{order}")
            assert down == made[::-1]

    @pytest.mark.parametrize("order", ["", "x", "summary", "-", "created_at,id"])
    def test_that_is_none_is_refused(self, recruiter, order):
        answer = recruiter.get(f"/candidates?order_by={order}")

        assert fields_in(answer) == ["order_by"]

    def test_is_declared_in_the_schema(self, schema):
        stated = schema["paths"]["/api/v1/candidates"]["get"]["parameters"]
        (order,) = [one["schema"] for one in stated if one["name"] == "order_by"]

        assert order["enum"] == [
            "-created_at",
            "created_at",
            "-updated_at",
            "updated_at",
        ]
        assert order["default"] == "-created_at"
