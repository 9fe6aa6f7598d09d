"""/events"""

from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.serializers.events import EventQuery, EventSerializer
from recruit.api.views.base import Resource
from recruit.webhooks.models import Message
from recruit.webhooks.queries import about, messages_visible_to, told
from recruit.webhooks.querysets import MessageQuerySet


class Events(Resource[Message]):
    """What happened, in the order in which webhooks are told of it."""

    read_scope = Scope.EVENTS_READ
    query_classes = {"list": EventQuery}
    row_class = EventSerializer
    page_order = ("position",)

    def visible(self) -> MessageQuerySet:
        return messages_visible_to(
            self.access.user, sees_confidential=self.access.sees_confidential
        )

    def as_shown(self, rows: Sequence[Message]) -> Sequence[Message]:
        return cast("Sequence[Message]", told(rows))

    def list(self, request: Request) -> Response:
        """List what happened, the oldest first.

        To go on where you stopped, send the `id` of the last event you read as `after`.
        A change is told here and to webhooks about a second after its commit, by the
        worker. Recruiters and administrators read of everything they may see, hiring
        managers of their own jobs and the applications for them.
        """
        events = self.visible()
        if "after" in self.query:
            events = events.filter(position__gt=self._position())
        if "type" in self.query:
            events = events.filter(type=self.query["type"])
        if "since" in self.query:
            events = events.filter(happened_at__gte=self.query["since"])
        if "subject" in self.query:
            events = about(events, self.query["subject"])
        return self.answer_page(events)

    def _position(self) -> int:
        found = self.visible().filter(pk=self.query["after"]).first()
        if found is None:
            sentence = _("There is no such event, or you may not see it.")
            unknown = ErrorDetail(sentence, code="does_not_exist")
            raise ValidationError({"after": [unknown]})
        return found.position
