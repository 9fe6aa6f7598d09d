"""Lists that are read while others write: nobody twice, nobody missed.

Every write is committed on a connection of its own, between pages; some only after
pages or the whole list were read.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.candidates.models import Candidate
from tests.api.caller import Caller
from tests.factories import NOW, make_user

ORDERS = ["-created_at", "created_at", "-updated_at", "updated_at"]
DAYS = st.integers(min_value=0, max_value=6)
PLACE = st.integers(min_value=0, max_value=20)
WRITES = st.one_of(
    st.tuples(st.just("insert"), DAYS),
    st.tuples(st.just("insert_late"), DAYS),
    st.tuples(st.just("update"), PLACE, DAYS),
    st.tuples(st.just("update_late"), PLACE, DAYS),
    st.tuples(st.just("delete"), PLACE),
    st.tuples(
        st.just("commit"),
    ),
)


class Others:
    """Those who write meanwhile; what is late is committed when they are told to."""

    def __init__(self) -> None:
        self.rows: dict[UUID, int] = {}  # committed: id and a number of its content
        self.late: list[tuple[object, dict[UUID, int]]] = []
        self.count = 0

    def do(self, write: tuple[object, ...]) -> None:
        name, *values = write
        name = str(name)
        if name == "commit":
            self.commit_late()
        elif name.startswith("insert"):
            self._insert(moment(int(str(values[0]))), is_late=name.endswith("late"))
        elif ids := self._free():
            pk = ids[int(str(values[0])) % len(ids)]
            if name == "delete":
                self._delete(pk)
            else:
                at = moment(int(str(values[1])))
                self._update(pk, at, is_late=name.endswith("late"))

    def _free(self) -> list[UUID]:
        busy = {pk for _one, rows in self.late for pk in rows}
        return sorted(set(self.rows) - busy)

    def _run(self, sql: str, values: list[Any], *, is_late: bool) -> object:
        other = connections.create_connection("default")
        other.set_autocommit(not is_late)
        with other.cursor() as cursor:
            cursor.execute(sql, values)
        if is_late:
            return other
        other.close()
        return None

    def _keep(self, other: object, rows: dict[UUID, int]) -> None:
        if other is None:
            self.rows |= rows
        else:
            self.late.append((other, rows))

    def _insert(self, at: datetime, *, is_late: bool) -> None:
        self.count += 1
        row = Candidate(
            id=uuid4(),
            family_name=str(self.count),
            created_at=at,
            profile_changed_at=at,
            updated_at=at,
        )
        fields = Candidate._meta.concrete_fields
        columns = ", ".join(f'"{one.column}"' for one in fields)
        values = ", ".join(["%s"] * len(fields))
        other = self._run(
            f"INSERT INTO candidates_candidate ({columns})"  # noqa: S608 (our own)
            f" VALUES ({values})",
            [one.value_from_object(row) for one in fields],
            is_late=is_late,
        )
        self._keep(other, {row.pk: self.count})

    def _update(self, pk: UUID, at: datetime, *, is_late: bool) -> None:
        self.count += 1
        other = self._run(
            "UPDATE candidates_candidate SET family_name = %s, updated_at = %s"
            " WHERE id = %s",
            [str(self.count), at, pk],
            is_late=is_late,
        )
        self._keep(other, {pk: self.count})

    def _delete(self, pk: UUID) -> None:
        sql = "DELETE FROM candidates_candidate WHERE id = %s"
        self._run(sql, [pk], is_late=False)
        del self.rows[pk]

    def commit_late(self) -> None:
        for other, rows in self.late:
            other.commit()  # type: ignore[attr-defined]
            other.close()  # type: ignore[attr-defined]
            self.rows |= rows
        self.late = []


def moment(day: int) -> datetime:
    return NOW + timedelta(days=day)


@pytest.fixture
def caller(transactional_db):
    return Caller(make_user())


class Copy:
    """What another system holds: rows by id, kept in step page by page."""

    def __init__(self, caller, others) -> None:
        self.caller, self.others = caller, others
        self.rows: dict[str, str] = {}
        self.token: str | None = None

    def read(self, path, todo):
        """Read a list to its end, while others write; return the ids it held."""
        seen = []
        while path:
            body = self.caller.get(path).json()
            seen += [row["id"] for row in body["items"]]
            self.rows |= {row["id"]: row["family_name"] for row in body["items"]}
            for stone in body["deleted"]:
                self.rows.pop(stone["id"], None)
            self.token = body["sync_token"]
            for write in todo.pop(0) if todo else []:
                self.others.do(write)
            path = body["next"] and body["next"].partition("/api/v1")[2]
        return seen


class TestPages:
    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        order=st.sampled_from(ORDERS),
        begin=st.lists(DAYS, min_size=0, max_size=8),
        meanwhile=st.lists(st.lists(WRITES, max_size=3), max_size=8),
        per_page=st.integers(min_value=1, max_value=4),
    )
    def test_hold_everybody_once_and_the_next_sync_brings_the_rest(
        self, caller, order, begin, meanwhile, per_page
    ):
        Candidate.objects.all().delete()
        others = Others()
        for day in begin:
            others.do(("insert", day))
        there = set(others.rows)
        others.do(("insert_late", 3))  # under way when the first page is read
        copy, path = Copy(caller, others), f"/candidates?per_page={per_page}"

        seen = copy.read(f"{path}&order_by={order}", meanwhile)
        throughout = there & set(others.rows)
        while meanwhile:
            copy.read(f"{path}&sync_token={copy.token}", meanwhile)
        others.commit_late()

        assert len(seen) == len(set(seen))
        assert {str(pk) for pk in throughout} <= set(seen)
        for _twice in range(2):
            copy.read(f"{path}&sync_token={copy.token}", [])
            assert copy.rows == {str(pk): str(n) for pk, n in others.rows.items()}
