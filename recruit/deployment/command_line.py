"""Django's command line, with a sentence where others show a traceback."""

import sys

import psycopg
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError
from psycopg import errors

from recruit.deployment.failures import CannotStart


def run(arguments: list[str]) -> None:
    """Run a management command; exit with 1 where it cannot start."""
    try:
        execute_from_command_line(arguments)
    except CannotStart as failure:
        _give_up(str(failure))
    except (OperationalError, ProgrammingError) as error:
        sentence = explanation(error.__cause__)
        if sentence is None:
            raise
        _give_up(sentence)


def explanation(cause: BaseException | None) -> str | None:
    """Return what is wrong with the database and the next step, if that is known."""
    if isinstance(cause, errors.UndefinedTable | errors.UndefinedColumn):
        return (
            "The tables of the database are not those of this version. Run `manage.py"
            " migrate`, or `make run`, which does it by itself."
        )
    if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
        reason = str(cause).strip().splitlines()[-1].removeprefix("- ").rstrip(".")
        return (
            f"The database cannot be reached: {reason}. Check DATABASE_URL and that"
            " its server runs; without DATABASE_URL the embedded server is used."
        )
    return None


def _give_up(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(1)
