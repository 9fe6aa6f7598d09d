"""Webhooks, and the events that they tell of."""

from django.urls import path

from recruit.api.routes import COLLECTION, READ_COLLECTION, Actions
from recruit.api.views.events import Events
from recruit.api.views.webhooks import Deliveries, Webhooks

ROW: Actions = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
HERE = "v1/webhooks/<uuid:pk>"
DONE_WITH_ONE = ("rotate", "enable", "disable")

routes = [
    path("v1/events", Events.as_view(READ_COLLECTION), name="events"),
    path("v1/webhooks", Webhooks.as_view(COLLECTION), name="webhooks"),
    path(HERE, Webhooks.as_view(ROW), name="webhook"),
    *(
        path(f"{HERE}/{name}", Webhooks.as_view({"post": name}), name=f"webhook_{name}")
        for name in DONE_WITH_ONE
    ),
    path(f"{HERE}/ping", Deliveries.as_view({"post": "ping"}), name="webhook_ping"),
    path(
        f"{HERE}/deliveries",
        Deliveries.as_view(READ_COLLECTION),
        name="webhook_deliveries",
    ),
    path(
        f"{HERE}/deliveries/<uuid:delivery_id>/redeliver",
        Deliveries.as_view({"post": "redeliver"}),
        name="webhook_redeliver",
    ),
]
