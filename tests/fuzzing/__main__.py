"""Send requests as every role; say how many and what failed.

FUZZ_SECONDS are for each of the six roles, of which FUZZ_PROCESSES are asking at once.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.fuzzing.outcome import Outcome

HERE = Path(__file__).parent
EXAMPLES, SECONDS = "20", "240"


def main() -> int:
    os.environ.setdefault("FUZZ_EXAMPLES", EXAMPLES)
    os.environ.setdefault("FUZZ_SECONDS", SECONDS)
    processes = os.environ.get("FUZZ_PROCESSES", str(min(4, os.cpu_count() or 1)))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FUZZ_OUTCOMES"] = folder
        options = ["--numprocesses", processes, "--quiet", "--no-header", "--tb=line"]
        status = pytest.main([*options, "--show-capture=no", str(HERE)])
        outcomes = [Outcome.kept(path) for path in sorted(Path(folder).iterdir())]
    for outcome in outcomes:
        if outcome.told:
            sys.stdout.write(f"{outcome.told}\n\n")
    sys.stdout.write(f"{summary(outcomes)}\n")
    return int(status)


def summary(outcomes: list[Outcome]) -> str:
    """Return a line of JSON for each role, and one for all of them."""
    lines = [
        {
            "role": one.role,
            "requests": one.total,
            "seconds": round(one.seconds),
            "phases": dict(one.phases),
            "statuses": dict(sorted(one.statuses.items())),
            "failures": one.failures.total(),
        }
        for one in outcomes
    ]
    by_operation: Counter[str] = sum((one.requests for one in outcomes), Counter())
    lines.append(
        {
            "requests": by_operation.total(),
            "operations": len(by_operation),
            "fewest of an operation": min(by_operation.values(), default=0),
            "failures": sum(one.failures.total() for one in outcomes),
            "kinds of failures": len(
                {what for one in outcomes for what in one.failures}
            ),
        }
    )
    return "\n".join(json.dumps(line) for line in lines)


if __name__ == "__main__":
    sys.exit(main())
