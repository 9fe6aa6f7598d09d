"""What a row of the matrix says of an address."""

from dataclasses import dataclass
from enum import Enum, auto


class Interface(Enum):
    OPEN = auto()  # anybody, signed in or not
    CLOSED = auto()  # nobody, whoever they are
    PAGES = auto()
    API = auto()
    ADMIN = auto()  # the admin site: administrators manage everything there


class About(Enum):
    """The kind of row that an address names."""

    NOTHING = auto()
    JOB = auto()
    CANDIDATE = auto()
    APPLICATION = auto()
    UPLOAD = auto()
    SCREENING = auto()
    KEPT = auto()  # a talent pool or saved search of one's own
    SKILL = auto()
    REASON = auto()
    NOTE = auto()
    WEBHOOK = auto()
    TAG = auto()
    USER = auto()


OWNED = {
    About.UPLOAD,
    About.KEPT,
    About.SCREENING,
}  # by one account, and seen by no other


class Group(Enum):
    """Who, of those who see the row."""

    EVERYBODY = auto()
    RECRUITING = auto()
    ADMINISTRATING = auto()


class Verdict(Enum):
    ALLOWED = auto()
    SIGN_IN = auto()
    HIDDEN = auto()
    FORBIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """The rule of one address."""

    interface: Interface
    about: About = About.NOTHING
    readers: Group = Group.EVERYBODY
    writers: Group = Group.RECRUITING
    read_scope: str | None = None
    write_scope: str | None = None
    also: frozenset[int] = frozenset()  # what it may answer besides, said beside it
