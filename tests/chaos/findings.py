"""What is there in the end, beside what the clients know."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx

from tests.chaos.ledger import Ledger

NAMES = {
    "candidate": lambda row: row["family_name"],
    "job": lambda row: row["requisition_code"],
    "application": lambda row: f"{row['job']} {row['candidate']}",
}


def compare(http: httpx.Client, api: str, ledger: Ledger) -> dict[str, int]:
    """Add a fault for each acknowledged write that is missing or there twice."""
    found = {"missing": 0, "doubled": 0, "unknown": 0}
    for kind, name_of in NAMES.items():
        rows = list(_all_rows(http, f"{api}/{kind}s"))
        by_id = {row["id"]: row for row in rows}
        names = Counter(name_of(row) for row in rows)
        known = ledger.of_kind(kind)
        for one in known:
            if one.id not in by_id:
                found["missing"] += 1
                ledger.fault(f"missing: {kind} {one.name}")
            elif _moves(by_id[one.id]) != one.moves or (
                by_id[one.id]["version"] != one.version
            ):
                found["doubled"] += 1
                ledger.fault(f"not as acknowledged: {one} {by_id[one.id]}")
        for name, times in names.items():
            if times > 1:
                found["doubled"] += 1
                ledger.fault(f"{times} times: {kind} {name}")
        strangers = names.keys() - {one.name for one in known}
        found["unknown"] += len(strangers)
        for name in strangers:
            ledger.fault(f"never acknowledged: {kind} {name}")
    return found


def _moves(row: dict[str, Any]) -> int:
    """Return how often an application was moved; to apply is a move too."""
    return sum(1 for one in row.get("transitions", ()) if one["from_stage"])


def _all_rows(http: httpx.Client, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = f"{address}?per_page=500"
    while following:
        page = http.get(following).raise_for_status().json()
        yield from page["items"]
        following = page["next"]
