"""Admin pages of what the API remembers of requests: read, never written."""

from django.contrib import admin

from recruit.api.models import KeptAnswer, RequestCount
from recruit.common.admin.base import ReadOnlyAdmin


@admin.register(KeptAnswer)
class KeptAnswerAdmin(ReadOnlyAdmin[KeptAnswer]):
    """Which keys were used; what was answered is sealed, and not shown."""

    list_display = ["created_at", "caller", "key", "status", "is_forgotten"]
    list_filter = ["status", "is_forgotten"]
    search_fields = ["caller", "key"]
    ordering = ["-created_at", "-id"]
    show_full_result_count = False
    exclude = ["body", "headers", "fingerprint"]
    csv_columns = {
        "created_at": "created_at",
        "caller": "caller",
        "key": "key",
        "status": "status",
        "is_forgotten": "is_forgotten",
    }


@admin.register(RequestCount)
class RequestCountAdmin(ReadOnlyAdmin[RequestCount]):
    """Who asks how often in this minute."""

    list_display = ["caller", "requests", "began_at"]
    list_filter = ["began_at"]
    search_fields = ["caller"]
    ordering = ["-requests", "caller"]
    csv_columns = {
        "caller": "caller",
        "requests": "requests",
        "began_at": "began_at",
    }
