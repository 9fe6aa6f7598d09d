"""The last look at the whole schema: words, examples, problems, tags."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from recruit.api import protected
from recruit.api.schema.answers import FIELD_ERROR, PROBLEM, problem_components
from recruit.api.schema.examples import Composer, body_example
from recruit.api.schema.headers import header_components
from recruit.api.schema.shortening import PREFIX, always_there, state_partial_rows
from recruit.api.schema.wording import word_field, word_parameter, words
from recruit.api.sync import TOMBSTONE_SCHEMA

# What no serializer writes.
STATED_HERE = {
    "FieldError": FIELD_ERROR,
    "Problem": PROBLEM,
    "Tombstone": TOMBSTONE_SCHEMA,
}


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """State the problems and headers, and give everything its words and examples.

    Bodies take no unknown fields; answers hold each of their fields, but for those
    that `fields` may leave out.
    """
    components = result["components"]
    components["headers"] = header_components()
    schemas = components["schemas"]
    components["responses"] = problem_components()
    schemas |= deepcopy(STATED_HERE)
    partial = state_partial_rows(result)
    components["schemas"] = dict(sorted(schemas.items()))
    composer = Composer(schemas)
    for name, schema in schemas.items():
        if schema.get("type") == "object":
            _complete_object(name, schema, composer, partial)
    _name_enumerations(result)
    for path, _method, operation in _operations(result):
        for parameter in operation.get("parameters", []):
            word_parameter(operation["operationId"], path, parameter)
        _add_examples(operation, composer)
    said = words()["tags"]
    used = {one["tags"][0] for _path, _method, one in _operations(result)}
    result["tags"] = [
        {"name": name, "description": said.get(name, "")} for name in sorted(used)
    ]
    return result


def _complete_object(
    name: str, schema: dict[str, Any], composer: Composer, partial: set[str]
) -> None:
    if name.endswith("Request"):
        schema["additionalProperties"] = False
    else:
        schema["required"] = always_there(name, schema, partial)
        if name.removeprefix(PREFIX).startswith("Candidate"):
            _let_be_withheld(schema.get("properties", {}))
    for field, stated in schema.get("properties", {}).items():
        word_field(name, field, stated)
        if "examples" not in stated and composer.is_plain(stated):
            stated["examples"] = [composer.of(stated)]


def _let_be_withheld(properties: dict[str, Any]) -> None:
    """State that a choice that some tokens may not read is null for them."""
    for name in protected.FIELDS:
        if "$ref" in (stated := properties.get(name, {})):
            choice = {"$ref": stated.pop("$ref")}
            stated["oneOf"] = [choice, {"type": "null"}]


def _name_enumerations(result: dict[str, Any]) -> None:
    """Name the choices of parameters as the fields with the same choices do."""
    named = {
        tuple(schema["enum"]): name
        for name, schema in result["components"]["schemas"].items()
        if "enum" in schema
    }
    for _path, _method, operation in _operations(result):
        for parameter in operation.get("parameters", []):
            name = named.get(tuple(parameter["schema"].get("enum", ())))
            if name is None:
                continue
            example = parameter["schema"]["enum"][0]
            default = parameter["schema"].get("default")
            parameter["schema"] = {
                "$ref": f"#/components/schemas/{name}",
                "examples": [default or example],
            }
            if default is not None:
                parameter["schema"]["default"] = default
            if parameter.get("description", "").startswith("* `"):
                del parameter["description"]


def _operations(
    result: dict[str, Any],
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _add_examples(operation: dict[str, Any], composer: Composer) -> None:
    """Give the body of a call, and each answer that has one, a whole example."""
    body = operation.get("requestBody", {"content": {}})
    for media_type, content in body["content"].items():
        kept = body_example(operation["operationId"], media_type)
        content["example"] = composer.of(content["schema"]) if kept is None else kept
    for answer in operation["responses"].values():
        for media_type, content in answer.get("content", {}).items():
            made = composer.of(content["schema"])
            kept = body_example(operation["operationId"], media_type)
            content.setdefault("example", kept if made is None else made)
