"""Calls to the API as another system makes them."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.test import Client

from recruit.accounts.choices import Scope
from recruit.accounts.models import User
from recruit.accounts.operations import issue_token
from tests.factories import NOW

RANDOM = UUID("01890000-0000-7000-8000-00000000beef")


class Caller:
    """A client with a token; paths are those below /api/v1."""

    def __init__(self, user: User, scopes: Sequence[str] = Scope.values) -> None:
        self.user = user
        self.token, self.secret = issue_token(
            user=user, name="Nightly sync", scopes=scopes, created_at=NOW
        )
        self._client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._client.generic(
            method,
            f"/api/v1{path}",
            b"" if body is None else raw,
            content_type="application/json",
            headers={**self._signs, **headers},
        )

    @property
    def _signs(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.secret}"}

    def send(self, path: str, body: bytes, content_type: str, **headers: str) -> Any:
        """Send a file as the body of a POST."""
        return self._client.generic(
            "POST",
            f"/api/v1{path}",
            body,
            content_type=content_type,
            headers={**self._signs, **headers},
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("DELETE", path, **headers)

    def head(self, path: str, **headers: str) -> Any:
        return self.call("HEAD", path, **headers)

    def options(self, path: str, **headers: str) -> Any:
        return self.call("OPTIONS", path, **headers)


class SignedIn(Caller):
    """A client with the session of a person instead of a token."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._client = Client(raise_request_exception=False)
        self._client.force_login(user)

    @property
    def _signs(self) -> dict[str, str]:
        return {}


def assert_problem(answer: Any, status: int) -> Any:
    """Return the body of a problem after a look at its shape."""
    assert answer.status_code == status, answer.content[:500]
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["instance"].startswith("/api/")
    for error in body["errors"]:
        assert set(error) == {"field", "message", "code"}
        assert error["message"]
    return body


def fields_in(answer: Any) -> list[str | None]:
    """Return the fields that a 400 names."""
    return [error["field"] for error in assert_problem(answer, 400)["errors"]]


def version_in(answer: Any) -> int:
    """Return the version of the row, or of what it is a part of, from its tag."""
    return int(answer["ETag"].strip('"').partition("-")[0])


def code_of(answer: Any) -> str:
    """Return the code of the first error of a problem."""
    errors = json.loads(answer.content)["errors"]
    return str(errors[0]["code"])
