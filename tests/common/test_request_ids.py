import json
import logging
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from recruit.common.request_ids import (
    LONGEST,
    RequestIdFilter,
    chosen_request_id,
    current_request_id,
    request_id_set,
)
from recruit.deployment.logs import JsonFormatter, LineFormatter
from tests.api.caller import Caller, assert_problem
from tests.factories import make_user

HEADER = "X-Request-Id"


def written(record: logging.LogRecord) -> dict[str, str]:
    RequestIdFilter().filter(record)
    line: dict[str, str] = json.loads(JsonFormatter().format(record))
    return line


def record_of(message: str, **extra: object) -> logging.LogRecord:
    return logging.makeLogRecord({"msg": message, "levelname": "INFO", **extra})


class Lines(logging.Handler):
    """Keeps what the log file would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, str]] = []
        self.addFilter(RequestIdFilter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(JsonFormatter().format(record)))


@pytest.fixture
def log():
    handler = Lines()
    loggers = [logging.getLogger(name) for name in (None, "django.request")]
    for one in loggers:
        one.addHandler(handler)
    yield handler.lines
    for one in loggers:
        one.removeHandler(handler)


class TestChosenRequestId:
    @pytest.mark.parametrize(
        "given", ["abc", "Root=1-67891233-abcdef", str(UUID(int=7)), "x" * LONGEST]
    )
    def test_is_the_given_one(self, given):
        assert chosen_request_id(given) == given

    @pytest.mark.parametrize(
        "given",
        [None, "", "a b", 'a"', "<b>", "a\nb", "ü", "x" * (LONGEST + 1), "a{b}"],
    )
    def test_is_made_where_none_is_sane(self, given):
        chosen = chosen_request_id(given)

        assert UUID(chosen)
        assert chosen != chosen_request_id(given)


class TestCurrentRequestId:
    def test_is_set_for_a_while(self):
        before = current_request_id()
        with request_id_set("outer"):
            with request_id_set("inner"):
                assert current_request_id() == "inner"
            assert current_request_id() == "outer"
        assert current_request_id() is before is None


class TestLogLines:
    def test_outside_of_requests_have_no_id(self):
        assert "request_id" not in written(record_of("started"))

    def test_during_a_request_have_its_id(self):
        with request_id_set("r-1"):
            assert written(record_of("moved"))["request_id"] == "r-1"

    def test_about_a_request_that_is_over_have_its_id(self, rf):
        request = rf.get("/")
        request.request_id = "r-2"

        line = written(record_of("Not Found", request=request))

        assert line["request_id"] == "r-2"

    def test_on_the_console_end_with_it(self):
        record = record_of("moved", name="recruit", request_id="r-3")

        assert LineFormatter().format(record) == "INFO recruit: moved [r-3]"


@pytest.mark.django_db
class TestAnswers:
    @pytest.mark.parametrize(
        "path", ["/", "/accounts/login/", "/nothing", "/healthz", "/api/v1/jobs"]
    )
    def test_carry_an_id(self, client, path):
        ids = {client.get(path)[HEADER] for _ in range(2)}

        assert len(ids) == 2
        assert all(map(UUID, ids))

    def test_carry_the_given_id(self, client):
        answer = client.get("/api/v1/jobs", headers={"x-request-id": "from-proxy.1"})

        assert answer[HEADER] == "from-proxy.1"
        assert answer.json()["request_id"] == "from-proxy.1"

    def test_that_tell_of_a_problem_name_it(self, client):
        answer = client.get("/api/v1/nothing")

        assert assert_problem(answer, 404)["request_id"] == answer[HEADER]

    def test_of_a_warning_stand_in_the_log_with_it(self, client, log):
        answer = client.get("/api/v1/nothing")

        assert [line["request_id"] for line in log] == [answer[HEADER]]


@pytest.mark.django_db
class TestMistakeOfOurs:
    def test_in_a_view_is_found_by_the_id(self, monkeypatch, log):
        def fail(*_args: object, **_kwargs: object) -> None:
            logging.getLogger("recruit.api").info("Before the fall")
            raise RuntimeError("It fell")

        monkeypatch.setattr("recruit.api.views.jobs.Jobs.list", fail)

        answer = Caller(make_user()).get("/jobs", **{"x-request-id": "r-500"})

        body = assert_problem(answer, 500)
        assert body["request_id"] == answer[HEADER] == "r-500"
        told = [line for line in log if line["request_id"] == "r-500"]
        assert told[0]["message"] == "Before the fall"
        assert "It fell" in told[-1]["traceback"]

    @pytest.mark.parametrize("path", ["/api/v1/jobs", "/jobs/"])
    def test_in_a_middleware_is_found_by_the_id(self, monkeypatch, log, path):
        def fail(_self: object, _request: object) -> HttpResponse:
            raise RuntimeError("It fell")

        monkeypatch.setattr("recruit.api.middleware.SlashlessMiddleware.__call__", fail)

        answer = Client(raise_request_exception=False).get(path)

        if path.startswith("/api/"):
            assert_problem(answer, 500)
        assert answer.status_code == 500
        told = next(line for line in log if "traceback" in line)
        assert told["request_id"] == answer[HEADER]
