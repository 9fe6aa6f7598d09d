"""The engine of schemathesis, turned on this project's API in this process."""

import json
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import schemathesis
from django.core.signals import got_request_exception
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import ServerError
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import CheckNode, ScenarioRecorder
from schemathesis.openapi.checks import (
    RejectedPositiveData,
    UnsupportedMethodResponse,
)
from schemathesis.transport.wsgi import WSGITransport

from recruit.api.authentication import ON_BEHALF_OF
from recruit.api.idempotency import HEADER
from recruit.candidates.media import MEDIA_TYPES
from tests.fuzzing.outcome import Outcome
from tests.fuzzing.roles import Headers, Ids

SCHEMA = "/api/v1/schema"
# Refusals of a body that is as the schema says: they are about facts, which no schema
# can state (what exists, what goes with what).
ABOUT_FACTS = frozenset(
    {
        *(
            "does_not_exist",
            "bad_cursor",
            "bad_sync_token",
            "refused",
            "invalid_choice",
        ),
        *("sync_token_of_another_list", "no_sync_tokens"),
        "invalid_url",  # a URI that is no address of the web
        "malformed_tag",  # of If-Match: never made by hand
        "null_characters_not_allowed",
        "blank",  # nothing but blanks
        "year",
        *("unusable_file", "media_type_not_taken", "empty", NO_FILE := "no_file"),
        *("program", "content_mismatch", "active_content", "too_large_unpacked"),
        "needs_object_type",  # one parameter that another one needs
        "out_of_sight",  # a confidential job that does not name the caller
        *("max_digits", "max_decimal_places"),  # a number as it is written
    }
)
# What a request that is as the schema says may be answered with: 412 is about a
# version, 422 about a key that was used before.
MAY = ["2xx", "3xx", "401", "403", "404", "409", "412", "422", "429", "503"]
REFUSED = [*("400", "401", "403", "404", "405", "406", "409", "410", "411", "412"),
           *("413", "415", "422", "428", "429", "503")]  # fmt: skip
NOT_FOUND, SERVICE_UNAVAILABLE = 404, 503
NO_WORKER = frozenset({"texts_being_read", "no_worker"})  # a 503 that the schema names
SAMPLE_LENGTH = 1500
SESSION = "HTTP_X_FUZZ_SESSION"
OF_SOCKETS = ("max_redirects", "verify", "cert", "proxies")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is asked: examples of an operation, and what is left out."""

    examples: int
    walks: int  # sequences of requests along links
    seed: int = 1
    seconds: int = 0  # 0: as long as it takes; else more and more until then
    with_coverage: bool = True  # every border of every field, once

    def config(self, headers: Headers) -> SchemathesisConfig:
        return SchemathesisConfig.from_dict(
            {
                "seed": self.seed,
                **({"max-time": self.seconds} if self.seconds else {}),
                "cache": {"enabled": False},
                "suppress-health-check": ["all"],
                "headers": headers,
                "continue-on-failure": True,
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": MAY},
                    "negative_data_rejection": {"expected-statuses": REFUSED},
                    # It takes headers away, and knows of no session.
                    "ignored_auth": {"enabled": "Authorization" in headers},
                },
                "generation": {"database": "none", "no-shrink": True},
                "phases": {
                    "examples": {"enabled": self.with_coverage},
                    "coverage": {
                        "enabled": self.with_coverage,
                        "generate-duplicate-query-parameters": True,
                    },
                    "fuzzing": {"generation": {"max-examples": self.examples}},
                    "stateful": {"generation": {"max-examples": self.walks}},
                },
            }
        )


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Keep a failure unless it is a refusal for what no schema can say."""
    if isinstance(failure, RejectedPositiveData):
        return not _codes(response) <= ABOUT_FACTS
    if isinstance(failure, UnsupportedMethodResponse):
        return bool(
            response.status_code != NOT_FOUND
        )  # hidden from this role as a whole
    if isinstance(failure, ServerError):
        return response.status_code != SERVICE_UNAVAILABLE or not (
            _codes(response) <= NO_WORKER
        )
    return True


def _codes(response: Any) -> set[str]:
    """Return the codes of a problem, one that nobody knows for other answers."""
    try:
        errors = json.loads(response.content)["errors"]
        # A part of a form without the name of a file is no file.
        no_file = ("file", "required")
        return {
            NO_FILE if (one["field"], one["code"]) == no_file else one["code"]
            for one in errors
        }
    except (ValueError, KeyError, TypeError):
        return {"no problem"}


@schemathesis.serializer("application/x-ndjson", "text/csv", *MEDIA_TYPES)
def as_it_is(_context: Any, value: Any) -> bytes:
    """Send a file of rows as it was made up."""
    return value if isinstance(value, bytes) else str(value).encode()


_send = WSGITransport.send


def _send_without_network(
    transport: WSGITransport, case: Any, *, session: Any = None, **more: Any
) -> Any:
    """Leave out what a call without a network cannot take; probes forget to."""
    taken = {name: one for name, one in more.items() if name not in OF_SOCKETS}
    return _send(transport, case, session=session, **taken)


def _stated(headers: Headers, ids: Ids) -> dict[str, Any]:
    """Return the schema; without two headers where the role names nobody else.

    A user that was made up, and a key that is the same each time, end nearly every
    request before it has begun.
    """
    text = Client().get(SCHEMA).content.decode()
    for example, real in ids.items():
        text = text.replace(example, real)
    raw: dict[str, Any] = json.loads(text)
    if ON_BEHALF_OF not in headers:
        for path in raw["paths"].values():
            for one in path.values():
                stated = one.get("parameters", [])
                one["parameters"] = [each for each in stated if not _ends(each)]
    return raw


def _ends(parameter: Mapping[str, Any]) -> bool:
    name = parameter.get("name") or parameter.get("$ref", "").rpartition("/")[2]
    return name in {ON_BEHALF_OF, HEADER}


class Connected:
    """The application, on one connection that is closed in the end.

    The engine asks from a thread of its own, which leaves its connection behind.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self._used: list[Any] = []

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if SESSION in environ:  # the client of the tool keeps cookies to itself
            environ["HTTP_COOKIE"] = environ[SESSION]
            # It makes up a token where the schema says that one can be sent.
            environ.pop("HTTP_AUTHORIZATION", None)
        used = connections[DEFAULT_DB_ALIAS]
        if all(used is not one for one in self._used):
            self._used.append(used)
        return self._application(environ, start_response)

    def close(self) -> None:
        for used in self._used:
            used.inc_thread_sharing()
            used.close()


def fuzz(
    application: Any,
    role: str,
    headers: Headers,
    bounds: Bounds,
    ids: Ids,
    *,
    after_phase: Callable[[Outcome], None] = lambda _outcome: None,
) -> Outcome:
    """Send the requests of one role; return what came of them.

    The ids of the schema's examples are those of rows that are there. What was done so
    far is handed over after each phase.
    """
    outcome = Outcome(role)
    config = bounds.config(headers)
    connected = Connected(application)
    schema = schemathesis.openapi.from_dict(_stated(headers, ids), config=config)
    schema.app, schema.location = connected, SCHEMA
    began = time.monotonic()
    sending = patch.object(WSGITransport, "send", _send_without_network)
    with closing(connected), sending, _crashes() as crashes:
        for event in from_schema(schema).execute():
            _note(event, outcome, crashes)
            outcome.seconds = time.monotonic() - began
            if isinstance(event, events.PhaseFinished):
                after_phase(outcome)
    return outcome


@contextmanager
def _crashes() -> Iterator[list[str]]:
    """Give the tracebacks of what the views did not catch."""
    found: list[str] = []

    def keep(**_kwargs: Any) -> None:
        found.append(traceback.format_exc())

    got_request_exception.connect(keep)
    try:
        yield found
    finally:
        got_request_exception.disconnect(keep)


def _note(event: Any, outcome: Outcome, crashes: list[str]) -> None:
    if isinstance(event, events.NonFatalError):
        outcome.errors.append(f"{event.label}: {event.info.format()}")
    elif isinstance(event, events.FatalError):
        outcome.errors.append("".join(traceback.format_exception(event.exception)))
    elif isinstance(event, events.ScenarioFinished):
        outcome.phases[event.phase.value] += len(event.recorder.interactions)
        _note_scenario(event.recorder, outcome, crashes)


def _note_scenario(
    recorder: ScenarioRecorder, outcome: Outcome, crashes: list[str]
) -> None:
    for case_id, interaction in recorder.interactions.items():
        operation = recorder.cases[case_id].value.operation.label
        outcome.requests[operation] += 1
        if interaction.response is not None:
            outcome.statuses[str(interaction.response.status_code)] += 1
        for check in recorder.checks.get(case_id, ()):
            if check.failure_info is not None:
                answer = interaction.response
                text = answer.content.decode(errors="replace") if answer else ""
                what, sample = _described(operation, check, answer)
                parts = [sample, text[:SAMPLE_LENGTH], *crashes[-1:]]
                outcome.fail(what, "\n".join(parts))
                crashes.clear()


def _described(operation: str, check: CheckNode, answer: Any) -> tuple[str, str]:
    assert check.failure_info is not None
    failure = check.failure_info.failure
    what = f"{operation}: {check.name}: {failure.title}"
    if isinstance(failure, RejectedPositiveData):
        what += f" {sorted(_codes(answer) - ABOUT_FACTS)}"
    return what, f"{failure.message[:SAMPLE_LENGTH]}\n{_request(check)}"


def _request(check: CheckNode) -> str:
    assert check.failure_info is not None
    return check.failure_info.code_sample[:SAMPLE_LENGTH]
