"""Files of rows as other systems send them."""

import json
from typing import Any

from tests.api.caller import Caller
from tests.imports.sent import work_on

NDJSON, CSV = "application/x-ndjson", "text/csv"
PEOPLE = "/imports?of=candidates&source=hr"


def lines(*rows: Any) -> bytes:
    return b"".join(
        (row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n"
        for row in rows
    )


def person(number: int, **said: Any) -> dict[str, Any]:
    return {"external_id": f"c{number}", "family_name": f"Family {number}", **said}


def sent(caller: Caller, body: bytes, address: str = PEOPLE, kind: str = NDJSON) -> Any:
    answer = caller.send(address, body, kind)
    assert answer.status_code == 202, answer.content
    return answer.json()


def done(caller: Caller, *rows: Any, address: str = PEOPLE) -> Any:
    """Send rows, let the worker do them, and return how the import stands."""
    one = sent(caller, lines(*rows), address)
    work_on(one["id"])
    return caller.get(f"/imports/{one['id']}").json()


def results(caller: Caller, one: Any, query: str = "") -> list[Any]:
    answer = caller.get(f"/imports/{one['id']}/rows{query}")
    assert answer.status_code == 200, answer.content
    rows: list[Any] = answer.json()["items"]
    return rows


def figures(one: Any) -> tuple[int, ...]:
    return one["created"], one["updated"], one["unchanged"], one["rejected"]
