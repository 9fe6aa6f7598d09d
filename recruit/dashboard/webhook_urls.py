"""Addresses of webhooks."""

from django.urls import URLPattern, path

from recruit.dashboard.views import webhooks

HERE = "webhooks/<uuid:webhook_id>/"


def webhook_urls() -> list[URLPattern]:
    return [
        path("webhooks/", webhooks.webhooks, name="webhooks"),
        path(HERE, webhooks.webhook, name="webhook"),
        path(f"{HERE}edit/", webhooks.edit_webhook, name="webhook_edit"),
        path(f"{HERE}delete/", webhooks.delete_webhook, name="webhook_delete"),
        path(f"{HERE}rotate/", webhooks.rotate_secret, name="webhook_rotate"),
        path(f"{HERE}enable/", webhooks.enable_webhook, name="webhook_enable"),
        path(f"{HERE}disable/", webhooks.disable_webhook, name="webhook_disable"),
        path(f"{HERE}ping/", webhooks.ping, name="webhook_ping"),
        path(
            f"{HERE}deliveries/<uuid:delivery_id>/",
            webhooks.redeliver,
            name="webhook_redeliver",
        ),
    ]
