"""Whom mails come from."""

from urllib.parse import urlsplit


def mail_sender(*, user: str | None, origin: str) -> str:
    """Return the address of who sends by the mail server, else one of our own host."""
    if user and "@" in user:
        return user
    return f"recruit@{urlsplit(origin).hostname or 'localhost'}"
