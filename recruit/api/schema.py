"""The OpenAPI schema: what the code does, stated for other systems."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from recruit.api.problems import CONTENT_TYPE

PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "request_id",
        "errors",
    ],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "code"],
                "properties": {
                    "field": {
                        "type": ["string", "null"],
                        "examples": ["skills[3].years"],
                    },
                    "message": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
    },
}

ALWAYS = {
    "400": "A parameter or the body is not valid; `errors` names the fields.",
    "401": "Not signed in, or the token is unknown, expired or revoked.",
    "403": "The token lacks the scope, or the person's role only reads.",
    "406": "Something else than JSON was asked for.",
    "429": "Too many requests.",
}
ONE_ROW = {"404": "There is no such row, or the caller may not see it."}
BODY = {
    "409": "The facts forbid it; `detail` says why in a sentence.",
    "411": "The body came in chunks, without its length.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
}
WORKER = {"503": "The worker has not read the texts yet, or none is running."}
IF_MATCH = {"412": "Somebody changed the row since it was read (`If-Match`)."}

IF_MATCH_HEADER = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The `ETag` of the row as it was read; a stale one is a 412.",
}


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "recruit.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}


class ResourceSchema(AutoSchema):
    """Reads from a view what it takes and answers: query, body and row classes."""

    def get_override_parameters(self) -> list[Any]:
        query_class = getattr(self.view, "query_class", None)
        return [query_class] if query_class and query_class().fields else []

    def get_summary(self) -> str:
        return str(super().get_description()).partition("\n")[0]

    def get_description(self) -> str:  # type: ignore[override]
        return str(super().get_description()).partition("\n")[2].strip()

    @property
    def _action(self) -> str:
        return str(getattr(self.view, "action", ""))

    def get_request_serializer(self) -> Any:
        return getattr(self.view, "body_classes", {}).get(self._action)

    def get_response_serializers(self) -> Any:
        return getattr(self.view, "answer_class", None)


def _problem_answers(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    told = dict(ALWAYS)
    if "{id}" in path:
        told |= ONE_ROW
    if "requestBody" in operation or not _reads(operation):
        told |= BODY
        if "{id}" in path:
            told |= IF_MATCH
    if path.endswith("/similarity"):
        told |= WORKER | {"422": "One of the texts cannot be read by the encoder."}
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": sentence, "content": content}
        for status, sentence in told.items()
    }


def _reads(operation: dict[str, Any]) -> bool:
    return bool(operation["operationId"].endswith(("_list", "_retrieve")))


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """State the problems, If-Match and that bodies take no unknown fields."""
    schemas = result["components"]["schemas"]
    schemas["Problem"] = PROBLEM
    for name, schema in schemas.items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    for path, operations in result["paths"].items():
        for operation in operations.values():
            answers = _problem_answers(path, operation)
            operation["responses"] = {**operation["responses"], **answers}
            if "412" in answers:
                operation.setdefault("parameters", []).append(IF_MATCH_HEADER)
    return result
