"""What each call takes and answers, read from its view."""

from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from recruit.api.permissions import AdministratorsOnly
from recruit.api.schema import headers
from recruit.api.schema.answers import problem_answer, problem_answers

READS = frozenset({"GET"})
CHANGES = frozenset({"PUT", "PATCH", "DELETE"})
# What a router calls the actions that each resource has.
COMMON_ACTIONS = frozenset(
    {"list", "create", "retrieve", "update", "partial_update", "destroy"}
)
JSON = "application/json"


def _is_ndjson(media: tuple[str, Any]) -> bool:
    return media[0].endswith("ndjson")


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "recruit.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of an account: `Authorization: Bearer TOKEN`."
            " `security` and `x-scope` of a call name the scope it needs.",
        }


class ResourceSchema(AutoSchema):
    """Reads from a view what it takes and answers: query, body and row classes."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            self._require_file(operation)
            self._add_scope(operation)
            self._add_request_headers(operation)
            self._add_answer_headers(operation)
            self._add_problems(operation)
        return operation

    def get_operation_id(self) -> str:
        """Return `jobs_list`, `jobs_partial_update`, `applications_move`."""
        words = self._tokenize_path()
        if self._action in COMMON_ACTIONS or self._action != words[-1]:
            words = [*words, self._action]
        return "_".join(words).replace("-", "_")

    def is_deprecated(self) -> bool:
        return self._action in getattr(self.view, "deprecated", {})

    def get_tags(self) -> list[str]:
        return self._tokenize_path()[:1]

    def get_override_parameters(self) -> list[Any]:
        query_class = getattr(self.view, "query_class", None)
        return [query_class] if query_class and query_class().fields else []

    def get_summary(self) -> str:
        return self._said[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        summary, more = self._said
        needs = f"Needs the scope `{self._scope}`." if self._scope else ""
        return "\n\n".join(filter(None, (more or summary, needs)))

    @property
    def _said(self) -> tuple[str, str]:
        said = str(super().get_description())
        for name, called in getattr(self.view, "called", {}).items():
            said = said.replace(f"{{{name}}}", called)
        first, _, rest = said.partition("\n")
        return first, rest.strip()

    @property
    def _action(self) -> str:
        return str(getattr(self.view, "action", ""))

    @property
    def _scope(self) -> str | None:
        reads = self.method in READS
        scope = getattr(self.view, "read_scope" if reads else "write_scope", None)
        return scope.value if scope else None

    @property
    def _is_one_row(self) -> bool:
        return "{" in self.path or self._is_by_external_id

    @property
    def _is_by_external_id(self) -> bool:
        return self.path.endswith("/by_external_id")

    @property
    def _takes_if_match(self) -> bool:
        return self.method not in READS and self._is_one_row

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Tell lists of rows from rows that are a page with its items already."""
        if getattr(self.view, "answers_whole", False):
            return False
        answered = getattr(self.view, "answer_class", None)
        if answered is not None and "items" in answered().fields:
            return False
        return bool(super()._is_list_view(serializer))

    def get_request_serializer(self) -> Any:
        return getattr(self.view, "body_classes", {}).get(self._action)

    def get_response_serializers(self) -> Any:
        answered = getattr(self.view, "answer_class", None)
        statuses = getattr(self.view, "statuses", {}).get(self._action)
        if not statuses:
            return answered
        return {
            status: None if status == HTTPStatus.NO_CONTENT else answered
            for status in statuses
        }

    def _require_file(self, operation: dict[str, Any]) -> None:
        """State that a body that is a file cannot be left out, NDJSON the last.

        Of several kinds, clients made of the schema send the last one.
        """
        body = operation.get("requestBody")
        if body is None or JSON in body["content"]:
            return
        body["required"] = True
        body["content"] = dict(sorted(body["content"].items(), key=_is_ndjson))

    def _add_scope(self, operation: dict[str, Any]) -> None:
        if self._scope is None:
            return
        operation["x-scope"] = self._scope
        operation["security"] = [
            {name: [self._scope] if name == "token" else needed}
            for way in operation["security"]
            for name, needed in way.items()
        ]

    @property
    def _is_hidden_from_most(self) -> bool:
        return AdministratorsOnly in self.view.permission_classes

    def _add_request_headers(self, operation: dict[str, Any]) -> None:
        taken = [headers.ON_BEHALF_OF]
        if self.method in READS:
            taken.append(headers.IF_NONE_MATCH)
        if self.method == "POST":
            taken.append(headers.IDEMPOTENCY_KEY)
        if self._takes_if_match:
            taken.append(headers.IF_MATCH)
        operation.setdefault("parameters", []).extend(taken)

    def _add_answer_headers(self, operation: dict[str, Any]) -> None:
        if self.method == "PUT" and self._is_by_external_id:
            operation["responses"]["201"] = deepcopy(operation["responses"]["200"])
        for status, answer in operation["responses"].items():
            names = []
            if self.method in READS or self._is_one_row or status == "201":
                names.append("ETag")
            if status in {"201", "202"}:
                names.append("Location")
            if self._is_list_view():
                names.append("Link")
            if self.method == "POST":
                names.append("Idempotency-Replayed")
            answer["headers"] = headers.answer_headers(*names)
        if self.method in READS:
            operation["responses"]["304"] = {
                "description": "What you keep (`If-None-Match`) is still true.",
                "headers": headers.answer_headers("ETag"),
            }

    def _add_problems(self, operation: dict[str, Any]) -> None:
        told: Mapping[str, Mapping[str, str]] = getattr(self.view, "told", {})
        sentences = problem_answers(
            is_read=self.method in READS,
            is_one_row=self._is_one_row or self._is_hidden_from_most,
            has_body="requestBody" in operation,
            takes_key=self.method == "POST",
            takes_if_match=self._takes_if_match,
            takes_sync_token=any(
                one["name"] == "sync_token" for one in operation["parameters"]
            ),
            told=told.get(self._action, {}),
        )
        for status, sentence in sentences.items():
            operation["responses"][status] = problem_answer(status, sentence)
