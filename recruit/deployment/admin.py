"""Admin page of what the platform has done once."""

from django.contrib import admin

from recruit.common.admin.base import ReadOnlyAdmin
from recruit.deployment.models import Milestone


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin[Milestone]):
    list_display = ["name", "reached_at"]
    list_filter = [("reached_at", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    ordering = ["name"]
    csv_columns = {"name": "name", "reached_at": "reached_at"}
