"""Whole bodies, made of the examples of their fields."""

from collections.abc import Mapping
from typing import Any

from recruit.api.schema.wording import words
from recruit.api.serializers.query import RELATED


class Composer:
    """Makes an example of a schema, and of the schemas it names."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components

    def is_plain(self, schema: Mapping[str, Any]) -> bool:
        """True for choices, which have no fields of their own to show."""
        return isinstance(self.of(schema), str | int | float)

    def of(self, schema: Mapping[str, Any]) -> Any:
        """Return an example, None where the schema says too little for one."""
        if "examples" in schema:
            return schema["examples"][0]
        if "enum" in schema:
            return schema["enum"][0]
        if "properties" in schema:
            stated = schema["properties"].items()
            # What is related is not there unless somebody asks for it.
            return {name: self.of(one) for name, one in stated if name != RELATED}
        if "items" in schema:
            return [self.of(schema["items"])]
        named = self._named(schema)
        return None if named is None else self.of(named)

    def _named(self, schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the schema that another one stands for, the first of several."""
        if "$ref" in schema:
            found: Mapping[str, Any] = self._components[_last(schema["$ref"])]
            return found
        unions = [schema[one] for one in ("allOf", "oneOf", "anyOf") if one in schema]
        return unions[0][0] if unions else None


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]


def body_example(operation_id: str, media_type: str) -> Any:
    """Return the body that words.toml keeps for a call, None where it keeps none."""
    bodies = words()["bodies"]
    return bodies.get(f"{operation_id} {media_type}", bodies.get(operation_id))
