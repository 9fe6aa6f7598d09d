"""Admin page of the organisation: its name, changed by the domain's operation."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from recruit.accounts.admin import actor_of
from recruit.common.admin.base import OperationAdmin, Parts
from recruit.organisation.models import Organisation
from recruit.organisation.operations import name_organisation


@admin.register(Organisation)
class OrganisationAdmin(OperationAdmin[Organisation]):
    list_display = ["name", "guide_put_away_at"]
    fields = ["name", "guide_put_away_at"]
    readonly_fields = ["guide_put_away_at"]
    list_filter = [("guide_put_away_at", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    ordering = ["id"]
    csv_columns = {"name": "name", "guide_put_away_at": "guide_put_away_at"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # named on the first steps, and changed here

    def update(
        self, request: HttpRequest, row: Organisation, stated: Any, parts: Parts
    ) -> None:
        name_organisation(
            name=stated["name"],
            actor=actor_of(request),
            named_at=timezone.now(),
        )
