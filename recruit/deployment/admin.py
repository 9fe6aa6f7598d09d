"""Admin pages of the queue of tasks, and of what the platform has done once."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from recruit.common.admin.base import ReadOnlyAdmin, ReadOnlyInline
from recruit.deployment.models import Milestone

# The library's own page needs inline styles, which the site's policy forbids.
admin.site.unregister(ProcrastinateJob)


class TaskEventInline(ReadOnlyInline):
    model = ProcrastinateEvent
    fields = ["type", "at"]
    ordering = ["at"]


@admin.register(ProcrastinateJob)
class TaskAdmin(ReadOnlyAdmin[ProcrastinateJob]):
    list_display = [
        "id",
        "task_name",
        "status",
        "queue_name",
        "attempts",
        "scheduled_at",
    ]
    list_filter = ["status", "queue_name", "task_name"]
    search_fields = ["task_name", "queueing_lock"]
    ordering = ["-id"]
    show_full_result_count = False
    inlines = [TaskEventInline]
    csv_columns = {
        "id": "id",
        "task": "task_name",
        "status": "status",
        "queue": "queue_name",
        "attempts": "attempts",
        "scheduled_at": "scheduled_at",
        "args": "args",
    }


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin[Milestone]):
    list_display = ["name", "reached_at"]
    list_filter = [("reached_at", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    ordering = ["name"]
    csv_columns = {"name": "name", "reached_at": "reached_at"}
