"""Who writes, in the words of operations: their actors, told to the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager

from recruit.accounts.actors import Actor
from recruit.common.doing import Doer, Doing, doing, present


def doer_of(actor: Actor) -> Doer:
    """Return an actor as the audit log is told of one."""
    return Doer(
        kind=str(actor.kind),
        name=actor.name,
        doer_id=actor.actor_id,
        on_behalf_of_id=actor.on_behalf_of_id,
    )


@contextmanager
def written_by(actor: Actor) -> Iterator[Doing]:
    """Let every write inside be an actor's, by the way that is being gone."""
    now, doer = present(), doer_of(actor)
    with doing(Doing(now.via, lambda: doer, now.address)) as what:
        yield what


def signed_in_as(actor: Actor) -> None:
    """Let what is left of the present request be an actor's."""
    doer = doer_of(actor)
    present().who = lambda: doer
