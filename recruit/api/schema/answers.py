"""The problems that a call may answer with."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from recruit.api.problems import CONTENT_TYPE, FieldError, problem_body, snake_case
from recruit.api.schema.headers import REQUEST_ID, answer_headers

PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/FieldError"},
        },
    },
}
FIELD_ERROR = {
    "type": "object",
    "description": "One thing that is wrong.",
    "properties": {
        "field": {"type": ["string", "null"]},
        "message": {"type": "string"},
        "code": {"type": "string"},
    },
}

ALWAYS = {
    "400": "A parameter or the body is not valid; `errors` names the fields.",
    "401": "Not signed in, or the token is unknown, expired or revoked.",
    "403": "The token lacks the scope, or the person's role only reads.",
    "406": "Something else than what is offered was asked for.",
    "429": "Too many requests; `Retry-After` says when to come again.",
    "500": "A mistake of ours; the log has it under the request id.",
    "503": "The database restarts, or the request took too long; come again.",
}
ONE_ROW = {"404": "There is no such row, or the caller may not see it."}
WRITE = {"409": "The facts forbid it; `detail` says why in a sentence."}
BODY = {
    "411": "The body came in chunks, without its length.",
    "413": "The body is too large.",
    "415": "The body is of another media type.",
}
KEYED = {
    "410": "This was done under the same `Idempotency-Key`; somebody whom it was about"
    " was erased since, and the answer with them.",
    "422": "The `Idempotency-Key` was used with another request.",
}
IF_MATCH = {"412": "Somebody changed the row since it was read (`If-Match`)."}
SYNCED = {
    "410": "The sync token has expired, or the list changed too much while its pages"
    " were read: read it in full from the first page."
}
WAITS = {"429", "503"}


def problem_answers(
    *,
    is_read: bool,
    is_one_row: bool,
    has_body: bool,
    takes_key: bool,
    takes_if_match: bool,
    takes_sync_token: bool,
    told: Mapping[str, str],
) -> dict[str, str]:
    """Return the statuses of the problems of a call, each with a sentence.

    What a view tells of itself comes first.
    """
    sentences = dict(ALWAYS)
    if is_one_row:
        sentences |= ONE_ROW
    if not is_read:
        sentences |= WRITE
    if has_body:
        sentences |= BODY
    if takes_key:
        sentences |= KEYED
    if takes_if_match:
        sentences |= IF_MATCH
    if takes_sync_token:
        sentences |= SYNCED
    return dict(sorted({**sentences, **told}.items()))


COMMON = ALWAYS | ONE_ROW | WRITE | BODY | KEYED | IF_MATCH


def problem_components() -> dict[str, Any]:
    """Return the answers that many calls share, each stated once."""
    return {
        f"Problem{status}": _problem_answer(status, sentence)
        for status, sentence in sorted(COMMON.items())
    }


def problem_answer(status: str, sentence: str) -> dict[str, Any]:
    """Return one problem as the schema states it: by reference where it is shared."""
    if COMMON.get(status) == sentence:
        return {"$ref": f"#/components/responses/Problem{status}"}
    return _problem_answer(status, sentence)


def _problem_answer(status: str, sentence: str) -> dict[str, Any]:
    waits = status in WAITS or "Retry-After" in sentence
    content = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "example": _example(int(status), sentence),
    }
    return {
        "description": sentence,
        "headers": answer_headers(*(["Retry-After"] if waits else [])),
        "content": {CONTENT_TYPE: content},
    }


def _example(status: int, sentence: str) -> dict[str, Any]:
    if status == HTTPStatus.BAD_REQUEST:
        error = FieldError(
            "skills[3].years",
            "Ensure this value is less than or equal to 60.",
            "max_value",
        )
        detail = "The request is not valid."
    else:
        detail = sentence.replace("`", "")
        error = FieldError(None, detail, snake_case(HTTPStatus(status).phrase))
    body = problem_body(status, detail, instance="/api/v1/candidates", errors=[error])
    return {**body, "request_id": REQUEST_ID}
