"""Admin pages of webhooks: read, changed on their own pages."""

from django.contrib import admin

from recruit.common.admin.base import ReadOnlyAdmin, ReadOnlyInline
from recruit.webhooks.models import Attempt, Delivery, Message, Webhook


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin[Webhook]):
    list_display = ["name", "url", "owner", "disabled_at", "disabled_for"]
    list_filter = ["disabled_for"]
    list_select_related = ["owner"]
    search_fields = ["name", "url", "owner__email"]
    ordering = ["name", "id"]
    exclude = ["secret", "old_secret"]
    csv_columns = {
        "name": "name",
        "url": "url",
        "owner": "owner__email",
        "disabled_at": "disabled_at",
        "disabled_for": "disabled_for",
    }


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    list_display = ["position", "type", "happened_at", "object_id"]
    list_filter = ["type"]
    search_fields = ["=id", "=object_id"]
    ordering = ["-position"]
    show_full_result_count = False
    csv_columns = {
        "position": "position",
        "type": "type",
        "happened_at": "happened_at",
        "object_id": "object_id",
    }


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = ["started_at", "duration_ms", "status", "error", "answer"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    list_display = ["webhook", "type", "state", "tries", "created_at", "next_try_at"]
    list_filter = ["state", "webhook"]
    list_select_related = ["webhook"]
    search_fields = ["webhook__name", "type"]
    ordering = ["-created_at", "-id"]
    show_full_result_count = False
    inlines = [AttemptInline]
    csv_columns = {
        "webhook": "webhook__name",
        "type": "type",
        "state": "state",
        "tries": "tries",
        "created_at": "created_at",
        "ended_at": "ended_at",
    }
