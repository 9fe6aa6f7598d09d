"""The platform's settings, with a home of its own for what tests write.

pytest-django reads the settings before any conftest is read: only here is the home
named in time. The tests run beside the platform and leave its data alone.
"""

import os
from pathlib import Path

os.environ["RECRUIT_HOME"] = str(Path(__file__).parents[1] / "var" / "test")
# For the processes that tests start with homes of their own.
os.environ["DJANGO_SETTINGS_MODULE"] = "recruit.settings"
# Tests ask more often than a system would; those of the limit set one. Here and not
# below: the workers of xdist read the platform's own settings, as those processes do.
os.environ["RECRUIT_API_RATE"] = "0"
# Beside other tests, threads of torch that wait for each other spin and slow down all.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

from recruit.settings import *  # noqa: F403
