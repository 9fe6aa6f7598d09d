"""The event log as other systems read it: ids alone, as webhooks tell them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recruit.api.fields import Identifier, Moment
from recruit.api.serializers.query import PageQuery
from recruit.webhooks.catalogue import TYPES
from recruit.webhooks.queries import Told

DATA = {
    "type": "object",
    "additionalProperties": {"type": ["string", "null"], "format": "uuid"},
    "description": (
        "The ids of what the event is about, by name; null where there is none. On a"
        " job that hides names, `candidate` stands for somebody in that job alone."
    ),
    "examples": [
        {
            "application": "0198f1c2-7a31-7c55-9d0e-1b6f4f0a2b10",
            "job": "0198f1c2-7a31-7c55-9d0e-1b6f4f0a2b11",
            "candidate": "0198f1c2-7a31-7c55-9d0e-1b6f4f0a2b12",
        }
    ],
}


class EventQuery(PageQuery):
    type = serializers.ChoiceField(
        choices=TYPES, required=False, help_text="Only events of this type."
    )
    since = Moment(
        required=False, help_text="Only what happened at this moment or after it."
    )
    subject = serializers.UUIDField(
        required=False, help_text="Only events that name this id."
    )
    after = serializers.UUIDField(
        required=False,
        help_text=(
            "Only events told after this one, by its id: the last one read. Nothing"
            " is missed, whatever was committed late."
        ),
    )


class EventSerializer(serializers.Serializer[Told]):
    """One thing that happened to one object."""

    id = Identifier(
        read_only=True, help_text="The `webhook-id` under which webhooks tell of it."
    )
    type = serializers.ChoiceField(
        choices=TYPES, read_only=True, help_text="What happened."
    )
    timestamp = Moment(read_only=True, help_text="When it happened.")
    data = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text="The ids of what the event is about, by name."
    )

    @extend_schema_field(DATA)
    def get_data(self, event: Told) -> dict[str, Any]:
        return dict(event.data)
