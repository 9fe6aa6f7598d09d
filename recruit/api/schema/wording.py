"""Gives each field and parameter what it means, and an example.

What a field says of itself (`help_text`) stands; words.toml has the rest by the name of
the field, or of its component and the field where one name means two things.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).with_name("words.toml")
_DRESS = re.compile(
    r"^(?:Patched|Partial)?(?:Whole|Named)?|(?:Row|Head|WithSecret|Form)*(?:Request)?$"
)
_DERIVED: Mapping[str, Any] = {
    "date-time": "2026-05-04T09:30:00Z",
    "date": "2026-05-04",
    "email": "noor.vos@example.org",
    "uri": "https://example.org/noor",
}


@cache
def words() -> Mapping[str, Any]:
    """Return the words that are kept, in their tables."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def bare(component: str) -> str:
    """Return `Job` for `PatchedJobRequest`, `Candidate` for `CandidateRow`."""
    return _DRESS.sub("", component)


def kind_of(component: str) -> str:
    """Return `disposition_reason` for `DispositionReason`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", bare(component)).lower()


class Words:
    """What is said of one field or parameter, under its names, the nearest first."""

    def __init__(self, *names: str) -> None:
        fields = words()["fields"]
        self._said = [_entry(fields[name]) for name in names if name in fields]
        self._own = _entry(fields.get(names[0], "")) if len(names) > 1 else {}

    def description(self, stated: str | None) -> str | None:
        """Return what words.toml says of this very field, what it says, or the rest."""
        own = self._own.get("says")
        found: Iterator[str] = (one["says"] for one in self._said if one.get("says"))
        return own or stated or next(found, None)

    def example(self) -> Any:
        """Return the example that is kept, None where there is none."""
        return next((one["example"] for one in self._said if "example" in one), None)


def _entry(entry: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return {"says": entry} if isinstance(entry, str) else entry


def word_field(component: str, name: str, schema: dict[str, Any]) -> None:
    """Give a property its description and, where it is a plain value, its example."""
    said = Words(f"{component}.{name}", f"{bare(component)}.{name}", name)
    kind = kind_of(component) if name == "id" else name.removesuffix("_id")
    _word(schema, said, kind)


def word_parameter(operation_id: str, path: str, parameter: dict[str, Any]) -> None:
    """Give a parameter its description and its example."""
    name = parameter["name"]
    in_path = parameter["in"] == "path"
    said = Words(f"{operation_id}?{name}", f"?{name}", *([] if in_path else [name]))
    kind = _kind_in_path(path, name) if in_path else name.removesuffix("_id")
    description = said.description(parameter.get("description"))
    if description or in_path:
        parameter["description"] = description or "The id of the row."
    schema = parameter["schema"]
    if "examples" not in schema:
        _exemplify(schema, said, kind)


def _kind_in_path(path: str, name: str) -> str:
    """Return `jobs` for the id of /jobs/{id}; `candidate_skills` for one below that."""
    below = path.partition("/v1/")[2].split("/")
    place = below.index(f"{{{name}}}")
    longer = f"{_singular(below[0])}_{below[place - 1]}"
    return longer if _singular(longer) in words()["ids"] else below[place - 1]


def _word(schema: dict[str, Any], said: Words, kind: str) -> None:
    description = said.description(schema.get("description"))
    if description:
        schema["description"] = description
    if "examples" not in schema:
        _exemplify(schema, said, kind)


def _exemplify(schema: dict[str, Any], said: Words, kind: str) -> None:
    example = said.example()
    if example is None or isinstance(example, list) != ("items" in schema):
        example = _derived(schema, kind)
    if example is not None:
        schema["examples"] = [example]


def _derived(schema: Mapping[str, Any], kind: str) -> Any:
    """Return an example that follows from the type alone, None where none does."""
    if schema.get("enum"):
        return schema["enum"][0]
    if "default" in schema and schema["default"] is not None:
        return schema["default"]
    if schema.get("format") == "uuid":
        return example_id(kind)
    if schema.get("format") in _DERIVED:
        return _DERIVED[schema["format"]]
    if "boolean" in _types(schema):
        return True
    return _derived_list(schema, kind) if "items" in schema else None


def _derived_list(schema: Mapping[str, Any], kind: str) -> Any:
    one = _derived(schema["items"], kind)
    return None if one is None else [one]


def _types(schema: Mapping[str, Any]) -> list[str]:
    stated = schema.get("type", [])
    return stated if isinstance(stated, list) else [stated]


def example_id(kind: str) -> str:
    """Return the id by which the examples know a row of a kind (`job`, `jobs`)."""
    ids = words()["ids"]
    spellings = (kind, _singular(kind), "other")
    found: str = next(ids[one] for one in spellings if one in ids)
    return found


def _singular(kind: str) -> str:
    if kind.endswith("ies"):
        return f"{kind[:-3]}y"
    return re.sub(r"(?:(?<=[sxz])|(?<=[cs]h))es$|(?<!s)s$", "", kind)


def tags_in_order(schema: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the kinds of resources, each with what it is."""
    return [(tag["name"], tag["description"]) for tag in schema["tags"]]
