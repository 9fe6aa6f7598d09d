"""Rows below rows: under another row than their own they are as good as none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.security.actors import Staff, make_staff
from tests.security.nested import (
    BODIES,
    GIVEN,
    MAKERS,
    Asker,
    Nested,
    make_askers,
    nested_addresses,
    row_above,
)
from tests.security.requests import REQUEST_ID, trace
from tests.security.worlds import World, make_world

pytestmark = pytest.mark.django_db

Told = tuple[int, str, tuple[str, ...]]  # status, body, names of the headers
STALE = '"999"'


@dataclass(frozen=True, slots=True)
class Rows:
    """The worlds, and the rows of each kind below those that are there."""

    own: World
    other: World
    below: Mapping[str, Mapping[str, UUID]]  # kind -> name of a world -> id

    def strange(
        self, question: "Question", world: World, *, is_seen: bool
    ) -> list[UUID]:
        """Return the parts that are not below a world's row to who asks."""
        kind = question.nested.kind
        if not is_seen:
            return list(self.below[kind].values())
        if question.asker.may_write and (question.method, kind) in GIVEN:
            return []
        return [one for name, one in self.below[kind].items() if name != world.name]


@pytest.fixture
def staff() -> Staff:
    return make_staff()


@pytest.fixture
def rows(staff: Staff, settings: Any, tmp_path: Any) -> Rows:
    settings.MEDIA_ROOT = tmp_path
    own = make_world(
        "own",
        manager=staff.manager,
        recruiters=[staff.recruiter],
        owner=staff.recruiter,
        confidential=False,
    )
    other = make_world(
        "other",
        manager=staff.other_manager,
        recruiters=[staff.outsider],
        owner=staff.outsider,
        confidential=True,
    )
    below = {
        kind: {world.name: make(world) for world in (own, other)}
        for kind, make in MAKERS.items()
    }
    return Rows(own, other, below)


def variants(method: str, kind: str) -> list[Mapping[str, Any]]:
    """Return a request that would be done, and one that is wrong in all it says."""
    if method == "GET":
        return [{}]
    wrong = {"body": {"nonsense": True}, "headers": {"if_match": STALE}}
    return [{"body": BODIES.get(kind, {})}, wrong]


def questions(askers: Sequence[Asker], nested: Nested) -> "Iterator[Question]":
    """Yield what is asked: the first asker sends what is wrong as well."""
    for asker in askers:
        for method in nested.methods:
            said = variants(method, nested.kind)
            for one in said if asker is askers[0] else said[:1]:
                yield Question(asker, nested, method, one)


@dataclass(frozen=True)
class Question:
    """Who asks below which parent, with parts that are not theirs to the asker."""

    asker: Asker
    nested: Nested
    method: str
    said: Mapping[str, Any]

    def told(self, parent: UUID, part: UUID) -> Told:
        """Return what is told, without the ids; what was written is taken back."""
        path = self.nested.path(parent, part)
        with transaction.atomic():
            answer = self.asker.ask(
                self.method, path, self.said.get("body"), **self.said.get("headers", {})
            )
            transaction.set_rollback(True)
        body = REQUEST_ID.sub("", answer.content.decode())
        for one in (parent, part):
            body = body.replace(str(one), "ID")
        return answer.status_code, body, tuple(sorted(answer.headers))

    @cached_property
    def told_of_none(self) -> Told:
        return self.told(uuid4(), uuid4())

    def wrong(
        self, parent: UUID, parts: Iterable[UUID], *, is_seen: bool
    ) -> Iterator[tuple[str, str, str, UUID, UUID, Told]]:
        """Yield answers that differ from those about ids that nothing has."""
        none = self.told(parent, uuid4()) if is_seen else self.told_of_none
        # Who may only read what they see is refused before anything is looked up.
        is_hidden = self.asker.may_write or not is_seen
        expected = {404} if is_hidden else {403, 404}
        for part in parts:
            there = self.told(parent, part)
            if there != none or there[0] not in expected:
                asked = self.asker.name, self.method, self.nested.address.pattern
                yield *asked, parent, part, there


class TestNestedIds:
    def test_are_all_known_to_this_test(self):
        assert {one.kind for one in nested_addresses()} == MAKERS.keys()

    def test_lead_to_what_is_there(self, rows, staff):
        askers, missing = make_askers(staff), []

        for nested in nested_addresses():
            parent = row_above(nested.collection, rows.own)
            asker = askers[nested.collection][0]
            for method in nested.methods:
                said = variants(method, nested.kind)[0]
                question = Question(asker, nested, method, said)
                told = question.told(parent, rows.below[nested.kind]["own"])
                if told[0] == 404:
                    missing.append((nested, method))

        assert missing == []

    def test_of_others_are_as_good_as_none(self, rows, staff):
        askers = make_askers(staff)
        wrong: list[Any] = []
        before, seen = trace(), defaultdict(set)

        for nested in nested_addresses():
            for question in questions(askers[nested.collection], nested):
                for world in (rows.own, rows.other):
                    parent = row_above(nested.collection, world)
                    is_seen = question.asker.sees(nested.collection, parent)
                    parts = rows.strange(question, world, is_seen=is_seen)
                    wrong += question.wrong(parent, parts, is_seen=is_seen)
                    seen[nested.kind].add(is_seen)

        assert wrong == []
        assert trace() == before
        assert set(map(frozenset, seen.values())) == {frozenset({True, False})}
