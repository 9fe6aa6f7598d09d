"""What is followed, and what can become of it."""

from enum import Enum


class Kind(Enum):
    """Rows whose changes are logged, those of their parts among them."""

    JOB = "job"
    CANDIDATE = "candidate"
    APPLICATION = "application"
    SKILL = "skill"
    NOTE = "note"
    TALENT_POOL = "talent_pool"


class Gone(Enum):
    """Why a row is no longer in a list."""

    DELETED = "deleted"
    ERASED = "erased"
    MERGED = "merged"
    HIDDEN = "hidden"  # the caller may no longer see it
    LEFT = "left"  # it is there, but not what the list asks for
