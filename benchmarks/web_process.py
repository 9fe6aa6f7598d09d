"""Memory of a web process that has served ranked pages."""

import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure, say

AIM_MB = 150.0
KILOBYTES = 1024.0

SERVE = """
from recruit.wsgi import application
from benchmarks.pages import ranked_api, ranked_page
for measure in (ranked_page, ranked_api):
    measure()
# Not getrusage(), which remembers the process that started this one.
status = open("/proc/self/status").read()
print(status.partition("VmHWM:")[2].split()[0])
"""


def web_memory() -> Figure:
    """Measure the most memory of a fresh process that answers the ranked requests."""
    say("memory of the web process")
    done = subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "-c", SERVE],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    megabytes = int(done.stdout.split()[-1]) / KILOBYTES
    return Figure(
        name="memory of the web process",
        value=megabytes,
        unit="MB",
        reference=AIM_MB,
        ratio=megabytes / AIM_MB,
        n=1,
    )
