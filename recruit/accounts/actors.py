"""Who does something: a user, a token on behalf of its user, or the system."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.utils.translation import gettext as _

from recruit.accounts.choices import ActorKind

if TYPE_CHECKING:
    from recruit.accounts.models import ApiToken, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever an operation is done by; written into every event."""

    kind: ActorKind
    actor_id: UUID | None
    name: str
    on_behalf_of_id: UUID | None = None  # whom a token named
    account_id: UUID | None = None  # whose token it is

    @classmethod
    def of(cls, user: "User") -> Self:
        """Return the actor that a signed-in user is."""
        return cls(kind=ActorKind.USER, actor_id=user.pk, name=user.name)

    @classmethod
    def of_token(cls, token: "ApiToken", on_behalf_of: "User | None" = None) -> Self:
        """Return the actor that another system is, by its token.

        Where it named a user, what it makes is that user's, and histories name both.
        """
        name = token.name
        if on_behalf_of is not None:
            both = {"user": on_behalf_of.name, "token": token.name}
            name = _("%(user)s through %(token)s") % both
        return cls(
            kind=ActorKind.TOKEN,
            actor_id=token.pk,
            name=name,
            on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
            account_id=token.user_id,
        )

    @classmethod
    def system(cls, name: str) -> Self:
        """Return the actor for what the software does by itself."""
        return cls(kind=ActorKind.SYSTEM, actor_id=None, name=name)

    @property
    def user_id(self) -> UUID | None:
        """Return the user who does it or in whose name it is done, if there is one."""
        is_user = self.kind == ActorKind.USER
        return self.actor_id if is_user else self.on_behalf_of_id

    @property
    def account_ids(self) -> set[UUID]:
        """Return the accounts whose rights bound what it may do: of both, the less."""
        return {one for one in (self.user_id, self.account_id) if one is not None}
