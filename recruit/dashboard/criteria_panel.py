"""The criteria of a job as the panel beside its ranking shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from matching.criteria.preview import Preview
from matching.criteria.suggestions import Suggestion, suggested_criteria
from recruit.accounts.models import User
from recruit.dashboard.differences import Difference
from recruit.dashboard.facet_panel import without
from recruit.dashboard.forms.criteria import CRITERIA
from recruit.dashboard.forms.requirements import requirement_values
from recruit.dashboard.forms.rows import Rows
from recruit.jobs.models import CriteriaVersion, Job

VERSIONS_SHOWN = 20
# What says in the address of the list that the criteria are being edited.
NAME, OPEN = "criteria", "open"


@dataclass(frozen=True)
class CriteriaPanel:
    """The criteria as they were typed, or are to be, with what helps to decide."""

    job: Job
    viewer: User
    rows: Rows
    version: int
    state: str  # the query of the list beside it, without the panel
    preview: Preview | None = None
    errors: tuple[str, ...] = ()
    stale: tuple[Difference, ...] = ()

    @property
    def action(self) -> str:
        """Return where the form is sent; the list comes back as it was."""
        address = reverse("dashboard:criteria", args=[self.job.requisition_code])
        return f"{address}?{self.state}" if self.state else address

    @property
    def restore_action(self) -> str:
        address = reverse("dashboard:criteria_take", args=[self.job.requisition_code])
        return f"{address}?{self.state}" if self.state else address

    @property
    def list_address(self) -> str:
        """Return the address of the list without the panel."""
        address = reverse("dashboard:job", args=[self.job.requisition_code])
        return f"{address}?{self.state}" if self.state else address

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        return suggested_criteria(self.job, self.viewer)

    @cached_property
    def versions(self) -> list[CriteriaVersion]:
        newest = self.job.criteria_versions.order_by("-number")
        return list(newest[:VERSIONS_SHOWN])


def is_open(asked: Mapping[str, object]) -> bool:
    """Say whether an address asks for the panel."""
    return asked.get(NAME) == OPEN


def state_of(asked: QueryDict) -> str:
    """Return the query of the list alone, from its first page."""
    return without(asked, NAME)


def opened(state: str) -> str:
    """Return the query of a list with the panel open beside it."""
    return f"{state}&{NAME}={OPEN}" if state else f"{NAME}={OPEN}"


def stored_panel(request: HttpRequest, job: Job, viewer: User) -> CriteriaPanel:
    """Return the panel of a job (loaded `with_requirements`) as it is stored."""
    held = [requirement_values(row) for row in job.requirements.all()]
    rows = CRITERIA.first_shown(held)
    return CriteriaPanel(job, viewer, rows, job.version, state_of(request.GET))
