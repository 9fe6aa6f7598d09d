"""A home with much data that a run may write into: a copy, made anew each time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import say

VAR = Path(__file__).parents[1] / "var"
LARGE, COPY = VAR / "bench-large", VAR / "bench-load"
MAKE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from benchmarks.large import administrator_of_much
administrator_of_much()
"""


def fresh_home() -> Path:
    """Return a home with 20,000 candidates; the original is made once and kept."""
    say("bringing the original up to date")
    environment = {
        **os.environ,
        "RECRUIT_HOME": str(LARGE),
        "DJANGO_SETTINGS_MODULE": "recruit.settings",
    }
    subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "-c", MAKE], cwd=VAR.parent, env=environment, check=True
    )
    say("copying it")
    shutil.rmtree(COPY, ignore_errors=True)
    # With the owners of its files, which copytree() leaves behind.
    command = ["cp", "--archive", str(LARGE), str(COPY)]
    subprocess.run(command, check=True)  # noqa: S603
    return COPY
