"""Saved searches as pages show them: which one is open, and who is new in it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from matching.free_text.asking import OnlyUnwanted
from matching.free_text.people import first_found
from matching.search import SearchRefused, search_candidates
from matching.types import Meaning
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.querysets import CandidateQuerySet
from recruit.dashboard.forms.search import CandidateFilter
from recruit.talent.models import SavedSearch


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """The saved search whose list is shown."""

    search: SavedSearch
    since: datetime | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class NewMatches:
    """How many people match a saved search who did not, or not as they are now.

    They were added, or their profile was changed, after the moment asked about. A
    search by meaning has an order and no end: its matches are the first of its list.
    """

    count: int = 0
    is_being_read: bool = False  # the worker makes the vector; ask again
    is_refused: bool = False  # the words cannot be searched for


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


def query_of(query: str) -> QueryDict | None:
    """Return what a query asks for, as pages write it; None where it says nothing."""
    form = CandidateFilter(QueryDict(query))
    if not form.is_valid():
        return None
    return form.asked() or None


def new_matches(
    search: SavedSearch, viewer: User, *, since: datetime, asked_at: datetime
) -> NewMatches:
    """Count who matches a saved search now, and was changed or added since."""
    form = CandidateFilter(QueryDict(search.query))
    if not form.is_valid():
        return NewMatches(is_refused=True)
    text, changed = form.cleaned_data["q"], _changed_after(since, viewer)
    if not changed.exists():
        return NewMatches()
    try:
        if form.cleaned_data["every_word"] or not text:
            return NewMatches(_listed(text, viewer).filter(pk__in=changed).count())
        return _found(text, viewer, changed, asked_at)
    except OnlyUnwanted:
        return NewMatches(_listed(text, viewer).filter(pk__in=changed).count())
    except SearchRefused:
        return NewMatches(is_refused=True)


def _changed_after(since: datetime, viewer: User) -> CandidateQuerySet:
    return candidates_visible_to(viewer).filter(profile_changed_at__gt=since)


def _listed(text: str, viewer: User) -> CandidateQuerySet:
    if text:
        return search_candidates(words=text, viewer=viewer)
    return candidates_visible_to(viewer)


def _found(
    text: str, viewer: User, changed: CandidateQuerySet, asked_at: datetime
) -> NewMatches:
    ids, meaning = first_found(text=text, viewer=viewer, asked_at=asked_at)
    found = changed.filter(pk__in=ids).count()
    return NewMatches(found, is_being_read=meaning is Meaning.BEING_READ)
