import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpResponse

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.middleware import DatabaseOutageMiddleware


def caused(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


class TestDatabaseOutageMiddleware:
    @pytest.mark.parametrize(
        "error",
        [
            DatabaseUnavailable("gone"),
            caused(psycopg.OperationalError("server closed the connection")),
            caused(psycopg.errors.AdminShutdown("shutting down")),
        ],
    )
    def test_says_when_to_try_again(self, rf, error):
        middleware = DatabaseOutageMiddleware(lambda _request: HttpResponse())

        answer = middleware.process_exception(rf.get("/jobs/"), error)

        assert answer is not None
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "try again" in answer.content.decode()

    def test_answers_the_api_in_its_own_form(self, rf):
        middleware = DatabaseOutageMiddleware(lambda _request: HttpResponse())

        answer = middleware.process_exception(
            rf.get("/api/v1/jobs"), DatabaseUnavailable("gone")
        )

        assert answer is not None
        assert answer.headers["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize(
        "error",
        [ValueError("a mistake"), caused(psycopg.errors.DeadlockDetected("deadlock"))],
    )
    def test_leaves_other_mistakes_alone(self, rf, error):
        middleware = DatabaseOutageMiddleware(lambda _request: HttpResponse())

        assert middleware.process_exception(rf.get("/jobs/"), error) is None
