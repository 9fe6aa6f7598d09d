"""Webhooks and their deliveries."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from recruit.api.fields import (
    Choice,
    Flag,
    Identifier,
    Moment,
    OptionalChoice,
    OptionalText,
    Text,
    WholeNumber,
)
from recruit.api.serializers.base import StrictSerializer
from recruit.api.serializers.query import PageQuery
from recruit.webhooks.catalogue import PING, TYPES
from recruit.webhooks.choices import DeliveryState, DisabledFor
from recruit.webhooks.models import NAME_LENGTH, URL_LENGTH, Webhook
from recruit.webhooks.operations import LONGEST_OVERLAP, OVERLAP

HOUR = 3_600


class TypesField(serializers.ListField):
    """Types of events, each once."""

    child = Choice(choices=TYPES)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=len(TYPES), **kwargs)


class WebhookSerializer(StrictSerializer):
    """An address of another system that is called when something happens."""

    id = Identifier(read_only=True, help_text="Its id.")
    name = Text(max_length=NAME_LENGTH, help_text="What people call it.")
    url = Text(
        max_length=URL_LENGTH,
        help_text=(
            "Where messages are sent by POST: encrypted, and an address of the open"
            " internet, unless the networks of RECRUIT_WEBHOOK_NETWORKS are meant."
        ),
    )
    types = TypesField(
        required=False,
        help_text="The types of events to send; empty for all, later ones included.",
    )
    sees_confidential = Flag(
        required=False,
        help_text="Whether events of confidential jobs that its owner sees are sent.",
    )
    owner = Identifier(
        source="owner_id",
        read_only=True,
        help_text="Whose rights it has: who made it, or last changed where it leads.",
    )
    is_enabled = serializers.BooleanField(
        read_only=True, help_text="Whether anything is sent to it."
    )
    disabled_at = Moment(
        read_only=True, allow_null=True, help_text="Since when nothing is sent."
    )
    disabled_for = OptionalChoice(
        choices=DisabledFor.choices, read_only=True, help_text="Why nothing is sent."
    )
    old_secret_until = Moment(
        read_only=True,
        allow_null=True,
        help_text="Until when the secret before the last rotation signs as well.",
    )
    created_at = Moment(read_only=True, help_text="When it was made.")
    changed_at = Moment(read_only=True, help_text="When it last changed.")


class WebhookWithSecretSerializer(WebhookSerializer):
    """A webhook with its new secret, which is shown this once."""

    secret = serializers.SerializerMethodField(
        help_text="Shown this once: signatures are verified with it."
    )

    @extend_schema_field({"type": "string", "pattern": "^whsec_"})
    def get_secret(self, webhook: Webhook) -> str:
        return str(self.context["secret"])


class RotationSerializer(StrictSerializer):
    """How long the last secret stays valid beside the new one."""

    overlap_hours = WholeNumber(
        required=False,
        min_value=0,
        max_value=int(LONGEST_OVERLAP.total_seconds()) // HOUR,
        help_text=f"{int(OVERLAP.total_seconds()) // HOUR} unless said.",
    )


class DeliveryQuery(PageQuery):
    state = serializers.ChoiceField(
        choices=DeliveryState.choices, required=False, help_text="Only these."
    )


class AttemptSerializer(serializers.Serializer[Any]):
    """One try: when, how long, and what came back."""

    started_at = Moment(read_only=True, help_text="When the call began.")
    duration_ms = serializers.IntegerField(
        read_only=True, help_text="Milliseconds until the answer, or the failure."
    )
    status = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="The HTTP status, if there was one."
    )
    error = OptionalText(read_only=True, help_text="Why there was no answer.")
    answer = OptionalText(
        read_only=True, help_text="The beginning of the answer's body."
    )


class DeliverySerializer(serializers.Serializer[Any]):
    """One message on its way to one webhook."""

    id = Identifier(read_only=True, help_text="Its id.")
    event = Identifier(
        source="message_id",
        read_only=True,
        allow_null=True,
        help_text="The event, as /events names it; null for a ping.",
    )
    type = Text(read_only=True, help_text=f"The type of the event, or `{PING}`.")
    state = serializers.ChoiceField(
        choices=DeliveryState.choices, read_only=True, help_text="Where it stands."
    )
    tries = serializers.IntegerField(
        read_only=True, help_text="How often it was tried since it was asked for."
    )
    next_try_at = Moment(
        read_only=True, allow_null=True, help_text="When it is tried next."
    )
    created_at = Moment(read_only=True, help_text="When it was first to be sent.")
    ended_at = Moment(
        read_only=True, allow_null=True, help_text="When it arrived or was given up."
    )
    attempts = AttemptSerializer(
        many=True, read_only=True, help_text="All tries, the first one first."
    )


def not_granted() -> serializers.ValidationError:
    """Return the refusal of a token to hand on what it does not see."""
    sentence = _("This token does not see confidential jobs.")
    detail = ErrorDetail(sentence, code="not_granted")
    return serializers.ValidationError({"sees_confidential": [detail]})
