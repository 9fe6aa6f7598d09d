"""What the commands that make tokens print of them."""

from collections.abc import Iterator

from recruit.accounts.choices import USELESS_SCOPES, Role
from recruit.accounts.models import ApiToken, User


def told_of(token: ApiToken) -> Iterator[str]:
    """Yield lines that say which token it is and what it may do, never its secret."""
    expires = token.expires_at
    yield f"Id:       {token.pk}"
    yield f"Prefix:   {token.prefix}"
    yield f"Name:     {token.name}"
    yield f"Expires:  {expires.isoformat(timespec='seconds') if expires else 'never'}"
    yield f"Scopes:   {', '.join(token.scopes)}"


def useless_scopes(token: ApiToken, user: User) -> str | None:
    """Return a line that names the scopes which the account's role cannot use."""
    role = Role(user.role)
    useless = sorted(USELESS_SCOPES[role] & set(token.scopes))
    if not useless:
        return None
    return f"An account of a {role.label.lower()} can never use: {', '.join(useless)}"
