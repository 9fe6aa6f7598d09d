"""The schema of the API, made once for all tests of a process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from recruit.api.schema.generation import generated_schema

schema_of_the_api = cache(generated_schema)


@dataclass(frozen=True)
class Call:
    """One call that the schema states."""

    path: str
    method: str
    operation: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.operation["operationId"])


def all_calls() -> list[Call]:
    return [
        Call(path, method, operation)
        for path, operations in schema_of_the_api()["paths"].items()
        for method, operation in operations.items()
    ]


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference refers to, and anything else as it is."""
    while "$ref" in schema:
        place: Any = schema_of_the_api()
        for name in schema["$ref"].removeprefix("#/").split("/"):
            place = place[name]
        schema = place
    return schema


def fields_below(schema: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    """Yield every property of a schema and of those inside it, with its place."""
    for name, stated in schema.get("properties", {}).items():
        yield f"{place}.{name}", stated
        yield from fields_below(stated, f"{place}.{name}")
    for inside in ("items", "additionalProperties"):
        if isinstance(schema.get(inside), dict):
            yield from fields_below(schema[inside], f"{place}[]")
    for union in ("allOf", "oneOf", "anyOf"):
        for one in schema.get(union, ()):
            yield from fields_below(one, place)
