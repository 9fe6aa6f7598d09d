"""Who does something: a user, a token on behalf of its user, or the system."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from uuid import UUID

from recruit.accounts.choices import ActorKind

if TYPE_CHECKING:
    from recruit.accounts.models import ApiToken, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever an operation is done by; written into every event."""

    kind: ActorKind
    actor_id: UUID | None
    name: str

    @classmethod
    def of(cls, user: "User") -> Self:
        """Return the actor that a signed-in user is."""
        return cls(kind=ActorKind.USER, actor_id=user.pk, name=user.name)

    @classmethod
    def of_token(cls, token: "ApiToken") -> Self:
        """Return the actor that another system is, by its token."""
        return cls(kind=ActorKind.TOKEN, actor_id=token.pk, name=token.name)

    @classmethod
    def system(cls, name: str) -> Self:
        """Return the actor for what the software does by itself."""
        return cls(kind=ActorKind.SYSTEM, actor_id=None, name=name)
