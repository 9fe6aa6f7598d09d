"""Each id that a body or a parameter can hold: a foreign one is as good as none.

The fields are taken from the schema: one that is added is asked about too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from drf_spectacular.generators import SchemaGenerator

from recruit.accounts.operations import deactivate_users
from recruit.api.schema.wording import words
from recruit.candidates.operations import erase_candidate
from tests.api.example_world import ExampleWorld
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db

JSON = "application/json"
DEEPEST = 5
TELLS_NOTHING = re.compile(r'"(request_id|sync_token)": ?"[^"]*"')
# Rows that everybody who is asked sees: there is nothing foreign to name.
SEEN_BY_ALL = {"disposition_reason", "into", "after", "actor_id"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an id may stand: a parameter, or a way into a body."""

    method: str
    path: str
    way: tuple[str, ...]
    example: Any = None  # of the body; None for a parameter

    @property
    def name(self) -> str:
        return next(one for one in reversed(self.way) if one != "[]")


def _inner(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return schema


def _ways(
    stated: Mapping[str, Any], schemas: Mapping[str, Any], way: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    schema = _inner(stated, schemas)
    if schema.get("format") == "uuid":
        yield way
    if len(way) > DEEPEST:
        return
    for word in ("oneOf", "anyOf", "allOf"):
        for one in schema.get(word, ()):
            yield from _ways(one, schemas, way)
    for name, one in schema.get("properties", {}).items():
        yield from _ways(one, schemas, (*way, name))
    if "items" in schema:
        yield from _ways(schema["items"], schemas, (*way, "[]"))


def places_of(schema: Mapping[str, Any]) -> Iterator[Place]:
    """Yield every place of the schema for an id besides addresses."""
    schemas = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
            for way in _ways(content.get("schema", {}), schemas):
                yield Place(method, path, way, _example(content))
            for parameter in operation.get("parameters", ()):
                is_query = parameter.get("in") == "query"
                if is_query and [*_ways(parameter["schema"], schemas)]:
                    yield Place(method, path, (parameter["name"],))


def _example(content: Mapping[str, Any]) -> Any:
    examples = [one["value"] for one in content.get("examples", {}).values()]
    return content.get("example", examples[0] if examples else {})


def _with(body: Any, way: tuple[str, ...], value: str) -> Any:
    """Return a body with a value in a place; lists hold it alone."""
    if not way:
        return value
    if way[0] == "[]":
        return [_with(None, way[1:], value)]
    held = deepcopy(body) if isinstance(body, dict) else {}
    return {**held, way[0]: _with(held.get(way[0]), way[1:], value)}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    generated: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return generated


@pytest.fixture
def foreign() -> dict[str, str]:
    """Give rows that the caller may not see, or that are no more."""
    hidden = make_job(confidential=True)
    make_application(hidden)
    erased = make_candidate()
    erase_candidate(candidate_id=erased.pk, actor=ACTOR, erased_at=NOW)
    closed = make_user()
    deactivate_users(user_ids=[closed.pk], ended_at=NOW)
    users = ("hiring_manager", "recruiters", "author", "owner")
    return {
        "job": str(hidden.pk),
        "subject": str(hidden.pk),
        "candidate": str(erased.pk),
        "candidates": str(erased.pk),
        **dict.fromkeys(users, str(closed.pk)),
    }


def ask(world: ExampleWorld, place: Place, value: str) -> tuple[int, str]:
    """Return status and body of an answer without what tells nothing."""
    path = world.real(
        place.path.replace("{id}", _id_of(place.path)).removeprefix("/api/v1")
    )
    if place.example is None:
        answer = world.caller.get(f"{path}?{place.name}={quote(value)}")
    else:
        body = json.loads(world.real(json.dumps(place.example)))
        sent = _with(body, place.way, value)
        answer = getattr(world.caller, place.method)(path, sent)
    text = TELLS_NOTHING.sub("", answer.content.decode())
    return answer.status_code, text.replace(value, "ID").replace(quote(value), "ID")


def _id_of(path: str) -> str:
    """Return the example's id of what an address is about."""
    kinds = {"jobs": "job", "applications": "application", "candidates": "candidate"}
    kind = kinds.get(path.split("/")[3], "other")
    return str(words()["ids"][kind])


class TestIds:
    def test_of_others_are_as_good_as_none(self, schema, foreign):
        world, differing = ExampleWorld(), []
        places = list(places_of(schema))
        asked = [one for one in places if one.name not in SEEN_BY_ALL]

        for place in asked:
            there = ask(world, place, foreign[place.name])
            nowhere = ask(world, place, str(uuid4()))
            if there != nowhere:
                differing.append((place, there, nowhere))

        assert len(asked) > 20
        assert differing == []

    def test_in_bodies_are_all_known_to_this_test(self, schema, foreign):
        names = {one.name for one in places_of(schema)}

        assert names - SEEN_BY_ALL - foreign.keys() == set()
