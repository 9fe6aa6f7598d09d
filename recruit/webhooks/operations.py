"""Every write to webhooks that somebody asks for.

Who may is asked by the interface: administrators alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruit.accounts.actors import Actor
from recruit.accounts.models import User
from recruit.common.ids import uuid7
from recruit.common.refusals import Refused, StaleVersion
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.webhooks.addresses import checked_url
from recruit.webhooks.catalogue import PING, TYPES
from recruit.webhooks.choices import DeliveryState, DisabledFor
from recruit.webhooks.models import Delivery, Webhook
from recruit.webhooks.queue import send_soon, tell_of_disabled_soon
from recruit.webhooks.sealing import make_secret, sealed

MOST_WEBHOOKS = 50
OVERLAP = timedelta(hours=24)
LONGEST_OVERLAP = timedelta(days=7)
FIELDS = ("name", "url", "types", "sees_confidential")


class WebhookDisabled(Refused):
    """A webhook that is disabled is sent nothing."""


class WebhookExists(Refused):
    """A webhook with this id was made; its secret was shown then."""


class WebhookRotated(Refused):
    """The webhook has another secret than the one that was to be replaced."""


class TooManyWebhooks(Refused):
    """Each webhook is a call for each change; there is a limit to that."""


@dataclass(frozen=True, slots=True)
class WithSecret:
    """A webhook, and the new secret, which is shown once."""

    webhook: Webhook
    secret: str


@transaction.atomic
def create_webhook(
    *,
    owner: User,
    stated: Mapping[str, Any],
    actor: Actor,
    created_at: datetime,
    webhook_id: UUID | None = None,
) -> WithSecret:
    """Make a webhook and send it a ping.

    Who may send the same again chooses the id beforehand: the second is refused.
    Raise ValidationError, TooManyWebhooks, WebhookExists.
    """
    if webhook_id is not None and Webhook.objects.filter(pk=webhook_id).exists():
        raise WebhookExists(_("This webhook was made already."))
    if Webhook.objects.count() >= MOST_WEBHOOKS:
        raise TooManyWebhooks(_("There are %d webhooks; delete one.") % MOST_WEBHOOKS)
    secret = make_secret()
    webhook = Webhook(
        pk=webhook_id or uuid7(),
        **{"sees_confidential": False, "types": [], **_known(stated)},
        owner=owner,
        secret=sealed(secret),
        created_at=created_at,
        changed_at=created_at,
    )
    _check(webhook)
    _insert(webhook)
    _record(Happened.WEBHOOK_CREATED, webhook, actor, created_at)
    _ping(webhook, created_at)
    return WithSecret(webhook, secret)


@transaction.atomic
def change_webhook(
    *,
    webhook_id: UUID,
    stated: Mapping[str, Any],
    changed_by: User,
    actor: Actor,
    changed_at: datetime,
    expected_version: int | None = None,
) -> Webhook:
    """Change what is stated. Raise StaleVersion, ValidationError.

    Who changes where it leads becomes its owner: nobody has another's jobs told.
    """
    webhook = _locked(webhook_id, expected_version)
    known = _known(stated)
    changed = {
        name: value for name, value in known.items() if getattr(webhook, name) != value
    }
    if not changed:
        return webhook
    for name, value in changed.items():
        setattr(webhook, name, value)
    if changed.keys() & {"url", "sees_confidential"}:
        webhook.owner = changed_by
    _check(webhook)
    _save(webhook, actor, changed_at)
    return webhook


@transaction.atomic
def delete_webhook(
    *,
    webhook_id: UUID,
    actor: Actor,
    deleted_at: datetime,
    expected_version: int | None = None,
) -> None:
    """Delete a webhook with its deliveries. Raise StaleVersion."""
    webhook = _locked(webhook_id, expected_version)
    _record(Happened.WEBHOOK_DELETED, webhook, actor, deleted_at)
    webhook.delete()


@transaction.atomic
def rotate_secret(
    *,
    webhook_id: UUID,
    actor: Actor,
    rotated_at: datetime,
    overlap: timedelta = OVERLAP,
    expected_version: int | None = None,
    expected_mark: str | None = None,
) -> WithSecret:
    """Give a webhook a new secret; the last one stays valid beside it for a while.

    The one before the last ends at once. Raise StaleVersion, ValidationError, and
    WebhookRotated where the secret to replace has another mark than expected.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise ValidationError(
            {"overlap_hours": _("Two secrets are valid together for 7 days at most.")}
        )
    webhook = _locked(webhook_id, expected_version)
    if expected_mark is not None and webhook.secret_mark != expected_mark:
        raise WebhookRotated(_("The webhook was given another secret already."))
    secret = make_secret()
    webhook.old_secret, webhook.secret = webhook.secret, sealed(secret)
    webhook.old_secret_until = rotated_at + overlap
    if not overlap:
        webhook.old_secret, webhook.old_secret_until = "", None
    _save(webhook, actor, rotated_at)
    return WithSecret(webhook, secret)


@transaction.atomic
def enable_webhook(
    *,
    webhook_id: UUID,
    actor: Actor,
    enabled_at: datetime,
    expected_version: int | None = None,
) -> Webhook:
    """Send to a webhook again; what waited is sent, what happened meanwhile is not.

    Raise StaleVersion.
    """
    webhook = _locked(webhook_id, expected_version)
    if webhook.disabled_at is not None:
        webhook.disabled_at, webhook.disabled_for = None, ""
        _save(webhook, actor, enabled_at)
        webhook.deliveries.waiting().update(next_try_at=enabled_at)
        _send_after_commit()
    return webhook


@transaction.atomic
def disable_webhook(
    *,
    webhook_id: UUID,
    reason: DisabledFor,
    actor: Actor,
    disabled_at: datetime,
    expected_version: int | None = None,
) -> Webhook:
    """Send nothing to a webhook any more; mail who owns it, unless done by hand.

    Raise StaleVersion.
    """
    webhook = _locked(webhook_id, expected_version)
    if webhook.disabled_at is None:
        webhook.disabled_at, webhook.disabled_for = disabled_at, reason
        _save(webhook, actor, disabled_at)
        if reason != DisabledFor.BY_HAND:
            tell_of_disabled_soon(webhook.pk)
    return webhook


@transaction.atomic
def ping(*, webhook_id: UUID, pinged_at: datetime) -> Delivery:
    """Send a message that means nothing. Raise WebhookDisabled."""
    webhook = _locked(webhook_id)
    _refuse_disabled(webhook)
    return _ping(webhook, pinged_at)


@transaction.atomic
def redeliver(*, delivery_id: UUID, asked_at: datetime) -> Delivery:
    """Send a message once more, or now instead of later. Raise WebhookDisabled."""
    found = Delivery.objects.select_for_update(of=("self",)).select_related("webhook")
    delivery = found.get(pk=delivery_id)
    _refuse_disabled(delivery.webhook)
    if delivery.state != DeliveryState.WAITING:
        delivery.state, delivery.tries = DeliveryState.WAITING, 0
        delivery.lease = delivery.leased_until = delivery.ended_at = None
    delivery.next_try_at = asked_at
    delivery.save()
    _send_after_commit()
    return delivery


def _known(stated: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: stated[name] for name in FIELDS if name in stated}
    if "name" in known:
        known["name"] = known["name"].strip()
    if "types" in known:
        known["types"] = _in_their_order(known["types"])
    return known


def _in_their_order(types: Collection[str]) -> list[str]:
    unknown = sorted(set(types) - set(TYPES))
    if unknown:
        refusal = _("There is no type “%s”.") % unknown[0][:80]
        raise ValidationError({"types": [refusal]})
    return [one for one in TYPES if one in types]


def _check(webhook: Webhook) -> None:
    webhook.url = checked_url(webhook.url, allowed=settings.WEBHOOK_NETWORKS)
    # Whether the id is taken, the insert tells: a twin may come between.
    webhook.full_clean(exclude={"id"}, validate_constraints=False)


def _insert(webhook: Webhook) -> None:
    try:
        with transaction.atomic():
            webhook.save(force_insert=True)
    except IntegrityError as error:
        if "webhook_pkey" not in str(error):
            raise
        # A twin at once: it waited for the first, which was not there a moment ago.
        raise WebhookExists(_("This webhook was made already.")) from error


def _locked(webhook_id: UUID, expected_version: int | None = None) -> Webhook:
    webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook_id)
    if expected_version is not None and webhook.version != expected_version:
        raise StaleVersion(_("Somebody else changed this webhook meanwhile."))
    return webhook


def _refuse_disabled(webhook: Webhook) -> None:
    if not webhook.is_enabled:
        raise WebhookDisabled(_("%s is disabled: enable it first.") % webhook)


def _save(webhook: Webhook, actor: Actor, changed_at: datetime) -> None:
    webhook.changed_at = changed_at
    webhook.version += 1
    webhook.save()
    _record(Happened.WEBHOOK_CHANGED, webhook, actor, changed_at)


def _ping(webhook: Webhook, pinged_at: datetime) -> Delivery:
    pk = uuid7()
    delivery = Delivery.objects.create(
        pk=pk,
        webhook=webhook,
        type=PING,
        object_id=pk,  # it waits for nothing, and nothing for it
        position=0,
        next_try_at=pinged_at,
        created_at=pinged_at,
    )
    _send_after_commit()
    return delivery


def _send_after_commit() -> None:
    transaction.on_commit(send_soon, robust=True)


def _record(kind: Happened, webhook: Webhook, actor: Actor, at: datetime) -> None:
    record(
        kind,
        actor=actor,
        happened_at=at,
        details={"webhook": str(webhook.pk), "name": webhook.name},
    )
