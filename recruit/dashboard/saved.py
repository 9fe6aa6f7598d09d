"""The saved search from which a list was opened."""

from dataclasses import dataclass
from datetime import datetime

from recruit.accounts.models import User
from recruit.dashboard.forms.search import CandidateFilter
from recruit.talent.models import SavedSearch


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """The saved search whose list is shown."""

    search: SavedSearch
    since: datetime | None
    may_change: bool


def open_search(form: CandidateFilter, viewer: User) -> OpenSearch | None:
    """Return the saved search that a list was opened from, if the viewer may see it."""
    wanted = form.cleaned_data["saved"]
    if wanted is None:
        return None
    visible = SavedSearch.objects.visible_to(viewer).select_related("owner")
    search = visible.filter(pk=wanted).first()
    if search is None:
        return None
    may_change = search.may_be_changed_by(viewer)
    return OpenSearch(search, form.cleaned_data["since"], may_change)
