"""Headers of requests and answers."""

from typing import Any

REQUEST_ID = "01970000-0000-7000-8000-00000000f001"
# name -> (what it says, an example)
ANSWER_HEADERS = {
    "X-Request-Id": (
        "The id of this request, as it stands in the log.",
        REQUEST_ID,
    ),
    "RateLimit": (
        "How many calls are left in the window, and in how many seconds it ends; absent"
        " where none are counted: without a token, or where there is no limit.",
        '"default";r=599;t=60',
    ),
    "RateLimit-Policy": (
        "How many calls a window allows, and how many seconds it is long; named"
        " `failures` where it is that of tokens that are none.",
        '"default";q=600;w=60',
    ),
    "Retry-After": ("In how many seconds to ask again.", "5"),
    "ETag": (
        "The version of the row and a digest of the body; send it back as `If-Match`.",
        '"3-9c2f4e0b7a615d38"',
    ),
    "Location": (
        "The address of the new row.",
        "http://127.0.0.1:8000/api/v1/jobs/01970000-0000-7000-8000-000000000001",
    ),
    "Link": (
        'The address of the next page, as `rel="next"`; absent on the last.',
        '<http://127.0.0.1:8000/api/v1/jobs?cursor=WyIyMDI2Il0>; rel="next"',
    ),
    "Idempotency-Replayed": (
        "`true` where this is the kept answer to an earlier call with the same key.",
        "true",
    ),
}
EVERY_ANSWER = ("X-Request-Id", "RateLimit", "RateLimit-Policy")


def header_components() -> dict[str, Any]:
    """Return the headers of answers, each stated once."""
    return {
        name: {
            "description": says,
            "schema": {"type": "string", "examples": [example]},
        }
        for name, (says, example) in ANSWER_HEADERS.items()
    }


def answer_headers(*names: str) -> dict[str, Any]:
    """Return references to headers of an answer, those of every answer included."""
    return {
        name: {"$ref": f"#/components/headers/{name}"}
        for name in (*EVERY_ANSWER, *names)
    }


def _request_header(
    name: str, says: str, example: str, **limits: Any
) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": says,
        "schema": {"type": "string", **limits, "examples": [example]},
    }


IDEMPOTENCY_KEY = _request_header(
    "Idempotency-Key",
    "A word of yours for this one call, such as a UUID. For 24 hours the same key"
    " with the same body gives the same answer and does nothing twice; with another"
    " body it is a 422, while the first call still runs a 409.",
    "6f1c6a0e-9f0a-4f0e-9c62-0d8a4b1e7c55",
    minLength=1,
    maxLength=255,
    pattern="^[!-~]+$",
)
IF_MATCH = _request_header(
    "If-Match",
    "The `ETag` of the row as it was read; a stale one is a 412.",
    '"3-9c2f4e0b7a615d38"',
)
IF_NONE_MATCH = _request_header(
    "If-None-Match",
    "The `ETag` of the answer that you keep; while it is still true, a 304 comes"
    " back without a body.",
    '"3-9c2f4e0b7a615d38"',
)
ON_BEHALF_OF = _request_header(
    "On-Behalf-Of",
    "The e-mail or id of the account for whom a token calls: what it may see and do"
    " is narrowed to what that account may.",
    "kim@example.org",
)
