"""What keeps the platform from starting, said in one sentence and a next step."""

from django.db import OperationalError


class CannotStart(Exception):
    """Something outside the code is not as it must be.

    The text is shown as it is, without a traceback: what is wrong, then what to do.
    """


class DatabaseUnavailable(CannotStart, OperationalError):
    """The database cannot be reached; also an OperationalError, as Django expects."""
