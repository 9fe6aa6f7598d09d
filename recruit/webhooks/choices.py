"""Enumerations of webhooks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliveryState(TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class DisabledFor(TextChoices):
    """Why a webhook is sent nothing."""

    BY_HAND = "by_hand", _("Disabled by an administrator")
    TOO_MANY_TRIES = "too_many_tries", _("Did not answer after all tries")
    GONE = "gone", _("Answered that it is gone (410)")
