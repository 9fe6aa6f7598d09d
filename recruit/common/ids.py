"""Identifiers of rows."""

from uuid import UUID

from uuid_utils import compat


def uuid7() -> UUID:
    """Make a UUIDv7: unique without asking the database, close in an index."""
    return compat.uuid7()
