#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from recruit.deployment.command_line import run


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruit.settings")
    run(sys.argv)


if __name__ == "__main__":
    main()
