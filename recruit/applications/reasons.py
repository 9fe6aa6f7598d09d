"""Every write to disposition reasons, which are kept: past ends rest on them."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.applications.models import DispositionReason
from recruit.common.refusals import Refused
from recruit.events.choices import Happened
from recruit.events.operations import record


class ReasonCodeTaken(Refused):
    """Another reason has this code."""


class ReasonFields(TypedDict):
    """What an administrator says about a reason at any time."""

    label: str
    is_active: bool
    position: int


@transaction.atomic
def create_reason(
    *,
    code: str,
    outcome: str,
    fields: ReasonFields,
    actor: Actor,
    created_at: datetime,
) -> DispositionReason:
    """Add a reason for which applications may end from now on.

    Raise ReasonCodeTaken, or ValidationError for what a field cannot hold.
    """
    reason = DispositionReason(code=code, outcome=outcome, **fields)
    reason.clean_fields()
    try:
        with transaction.atomic():
            reason.save(force_insert=True)
    except IntegrityError as error:
        if "disposition_reasons_one_per_code" not in str(error):
            raise
        raise ReasonCodeTaken(
            _("There is a reason with the code “%s” already.") % code
        ) from error
    _record(reason, actor, created_at)
    return reason


@transaction.atomic
def update_reason(
    *, reason_id: UUID, fields: ReasonFields, actor: Actor, changed_at: datetime
) -> DispositionReason:
    """Change how a reason reads and whether it is given; equal fields change nothing.

    Its code and outcome stay: past applications rest on what it meant when given.
    """
    reason = DispositionReason.objects.select_for_update().get(pk=reason_id)
    if all(getattr(reason, name) == value for name, value in fields.items()):
        return reason
    for name, value in fields.items():
        setattr(reason, name, value)
    reason.clean_fields()
    reason.save()
    _record(reason, actor, changed_at)
    return reason


def _record(reason: DispositionReason, actor: Actor, at: datetime) -> None:
    record(
        Happened.REASON_CHANGED,
        actor=actor,
        happened_at=at,
        details={
            "reason": str(reason.pk),
            "code": reason.code,
            "label": reason.label,
            "is_active": reason.is_active,
        },
    )
