"""Measure the lists of the API, in a home that is kept for the next time."""

import os
from pathlib import Path

import django


def main() -> None:
    os.environ["RECRUIT_HOME"] = str(Path(__file__).parents[1] / "var" / "bench-many")
    os.environ["DJANGO_SETTINGS_MODULE"] = "recruit.settings"
    django.setup()

    from benchmarks.api_sync import run  # noqa: PLC0415 (the apps are ready now)

    run()


main()
