"""What `fields` leaves out, stated so that the rest of the schema stays strict.

A row that a read answers is whole, or a part of one: `anyOf` the two, so that clients
made of the schema know a whole row to have all its fields. Rows of lists, of which
there are many, are stated once, with only `id` sure to be there.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from recruit.api.serializers.query import RELATED

PREFIX = "Partial"
SCHEMAS = "#/components/schemas/"
JSON = "application/json"
ALWAYS = ["id"]


def state_partial_rows(result: dict[str, Any]) -> set[str]:
    """State parts of rows beside whole ones; return the components that are partial."""
    schemas = result["components"]["schemas"]
    partial = set()
    for content in _shortened(result):
        name = _name(content["schema"])
        stated = schemas[name]["properties"]
        if "items" in stated:
            partial.add(_name(stated["items"]["items"]))
            continue
        part = f"{PREFIX}{name}"
        schemas[part] = deepcopy(schemas[name])
        schemas[part]["description"] = f"{name}, with only the `fields` asked for."
        content["schema"] = {
            "anyOf": [{"$ref": f"{SCHEMAS}{one}"} for one in (name, part)]
        }
        partial.add(part)
    return partial


def always_there(name: str, schema: dict[str, Any], partial: set[str]) -> list[str]:
    """Return the fields that an answer has whatever was asked for."""
    if name in partial:
        return ALWAYS
    if _is_asked_for_by_name(name):
        return []
    return sorted(set(schema.get("properties", {})) - {RELATED})


def _is_asked_for_by_name(name: str) -> bool:
    """True for what is `related`: each of its fields is there if `include` names it."""
    return name.endswith(RELATED.title())


def _shortened(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what answers that take `fields` state of their body."""
    for operations in result["paths"].values():
        for operation in operations.values():
            names = {one["name"] for one in operation.get("parameters", ())}
            if "fields" in names:
                yield operation["responses"]["200"]["content"][JSON]


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).removeprefix(SCHEMAS)
