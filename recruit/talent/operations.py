"""Every write to talent pools.

Who may see or change a pool is asked by the interface; a pool or a person that is
gone meanwhile is passed over or refused here.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.common.refusals import StaleVersion
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.talent.models import Kept, PoolMembership, TalentPool
from recruit.talent.pool_searches import refuse_private_searches


def write(kept: Kept, *, is_new: bool) -> None:
    """Store a row. Raise ValidationError for bad fields, the name among them."""
    kept.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            kept.save(force_insert=is_new)
    except IntegrityError as error:
        if "one_per_owner_and_name" not in str(error):
            raise
        taken = _("You have something else of this name.")
        raise ValidationError({"name": taken}) from error


def overwrite(kept: Kept, stated: Mapping[str, Any], changed_at: datetime) -> bool:
    """Store what is stated of a locked row; return whether any of it is new.

    Raise ValidationError for bad fields.
    """
    if all(getattr(kept, name) == value for name, value in stated.items()):
        return False
    for name, value in stated.items():
        setattr(kept, name, value)
    kept.changed_at = changed_at
    kept.version += 1
    write(kept, is_new=False)
    return True


def refuse_stale(kept: Kept, expected_version: int | None) -> None:
    """Raise StaleVersion where somebody changed the row after it was read."""
    if expected_version is not None and kept.version != expected_version:
        raise StaleVersion(
            _("Somebody else changed this meanwhile; it is called “%s” now.")
            % kept.name
        )


@transaction.atomic
def create_pool(
    *,
    owner: User,
    name: str,
    note: str = "",
    is_shared: bool,
    actor: Actor,
    created_at: datetime,
) -> TalentPool:
    """Begin an empty talent pool. Raise ValidationError for bad fields."""
    pool = TalentPool(
        owner=owner,
        name=name.strip(),
        note=note.strip(),
        is_shared=is_shared,
        created_at=created_at,
        changed_at=created_at,
    )
    write(pool, is_new=True)
    _record(Happened.TALENT_POOL_CREATED, pool, actor, created_at)
    return pool


@transaction.atomic
def change_pool(
    *,
    pool_id: UUID,
    name: str,
    note: str,
    is_shared: bool,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> TalentPool:
    """Rename a talent pool, change its note, share it or stop sharing it.

    Raise StaleVersion, or ValidationError for bad fields, or where a pool that is to be
    shared holds searches that are not.
    """
    pool = TalentPool.objects.select_for_update().get(pk=pool_id)
    refuse_stale(pool, expected_version)
    if is_shared and not pool.is_shared:
        refuse_private_searches(pool)
    stated = {"name": name.strip(), "note": note.strip(), "is_shared": is_shared}
    if overwrite(pool, stated, changed_at):
        _record(Happened.TALENT_POOL_CHANGED, pool, actor, changed_at)
    return pool


@transaction.atomic
def delete_pool(
    *,
    pool_id: UUID,
    actor: Actor,
    deleted_at: datetime,
    expected_version: int | None = None,
) -> None:
    """Delete a talent pool; the people in it stay. Raise StaleVersion."""
    pool = TalentPool.objects.select_for_update().get(pk=pool_id)
    refuse_stale(pool, expected_version)
    _record(Happened.TALENT_POOL_DELETED, pool, actor, deleted_at)
    pool.delete()


@transaction.atomic
def add_to_pool(
    *, pool_id: UUID, candidate_ids: Collection[UUID], actor: Actor, added_at: datetime
) -> list[UUID]:
    """Put people into a talent pool; return who was not in it and is now.

    Who was erased is passed over.
    """
    # The pool cannot be deleted and nobody erased meanwhile.
    pool = TalentPool.objects.select_for_update(no_key=True).get(pk=pool_id)
    there = (
        Candidate.objects.not_erased()
        .filter(pk__in=candidate_ids)
        .exclude(memberships__pool=pool)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    added = list(there.values_list("pk", flat=True))
    PoolMembership.objects.bulk_create(
        PoolMembership(
            pool=pool, candidate_id=one, added_at=added_at, added_by=actor.name[:200]
        )
        for one in added
    )
    if added:
        _record(Happened.ADDED_TO_TALENT_POOL, pool, actor, added_at, added)
    return added


@transaction.atomic
def take_from_pool(
    *, pool_id: UUID, candidate_ids: Collection[UUID], actor: Actor, taken_at: datetime
) -> list[UUID]:
    """Take people out of a talent pool; return who was in it."""
    pool = TalentPool.objects.select_for_update(no_key=True).get(pk=pool_id)
    held = PoolMembership.objects.filter(pool=pool, candidate_id__in=candidate_ids)
    taken = sorted(held.values_list("candidate_id", flat=True))
    held.delete()
    if taken:
        _record(Happened.TAKEN_FROM_TALENT_POOL, pool, actor, taken_at, taken)
    return taken


def _record(
    kind: Happened,
    pool: TalentPool,
    actor: Actor,
    happened_at: datetime,
    candidate_ids: Collection[UUID] = (),
) -> None:
    record(
        kind,
        actor=actor,
        happened_at=happened_at,
        candidate_ids=list(candidate_ids),
        details={"pool": pool.pk, "name": pool.name, "shared": pool.is_shared},
    )
