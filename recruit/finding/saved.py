"""Saved searches read: what they ask for, who matches them, and who is new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Value
from django.db.models.fields import IntegerField
from django.http import QueryDict
from django.utils import timezone

from matching.free_text.kept import KeptSearch, Matching, matching_people
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.querysets import CandidateQuerySet
from recruit.finding.facet_form import Known
from recruit.finding.search_form import SearchForm
from recruit.talent.models import SavedSearch


@dataclass(frozen=True, slots=True)
class NewMatches:
    """How many people match a saved search who did not, or not as they are now.

    They were added, or their profile was changed, after the moment asked about.
    """

    count: int = 0
    is_being_read: bool = False  # the worker makes the vector; ask again
    is_refused: bool = False  # the words cannot be searched for
    is_partial: bool = False  # the meaning is not known, so there may be more


def query_of(query: str) -> QueryDict | None:
    """Return what a query asks for, as pages write it; None where it says nothing."""
    form = SearchForm(QueryDict(query))
    if not form.is_valid():
        return None
    return form.asked() or None


def kept_searches(searches: Sequence[SavedSearch]) -> list[KeptSearch | None]:
    """Return what saved searches ask for; None for one that cannot be read any more.

    Skills and tags are looked up for all of them at once.
    """
    queries = [QueryDict(search.query) for search in searches]
    known = Known.of(queries)
    forms = [SearchForm(query, known=known) for query in queries]
    return [kept_search(form) if form.is_valid() else None for form in forms]


def kept_search(form: SearchForm) -> KeptSearch:
    """Return what the form of a list asks for, to be told who matches it."""
    return KeptSearch(
        text=form.cleaned_data["q"],
        every_word=form.cleaned_data["every_word"],
        facets=form.facets(today=timezone.localdate()),
    )


def matching_of(
    searches: Sequence[SavedSearch], viewer: User, *, asked_at: datetime
) -> dict[UUID, Matching]:
    """Return who matches each saved search that can be read, for a viewer."""
    asked = zip(searches, kept_searches(searches), strict=True)
    kept = {search.pk: one for search, one in asked if one is not None}
    found = matching_people(list(kept.values()), viewer=viewer, asked_at=asked_at)
    return dict(zip(kept, found, strict=True))


def new_matches(
    searches: Sequence[SavedSearch],
    viewer: User,
    *,
    since: Mapping[UUID, datetime],
    asked_at: datetime,
) -> dict[UUID, NewMatches]:
    """Count who matches each search now, and was changed or added since.

    As many questions are asked for many searches as for one.
    """
    visible = candidates_visible_to(viewer)
    newest = visible.aggregate(newest=Max("profile_changed_at"))["newest"]
    told = {search.pk: NewMatches() for search in searches}
    moved = [one for one in searches if newest is not None and since[one.pk] < newest]
    if not moved:
        return told
    found = matching_of(moved, viewer, asked_at=asked_at)
    counts = count_matching(found, since=since)
    for search in moved:
        told[search.pk] = _told(found.get(search.pk), counts.get(search.pk, 0))
    return told


def _told(matching: Matching | None, count: int) -> NewMatches:
    if matching is None or matching.is_refused:
        return NewMatches(is_refused=True)
    return NewMatches(
        count,
        is_being_read=matching.is_being_read,
        is_partial=matching.is_partial,
    )


def count_matching(
    found: Mapping[UUID, Matching], *, since: Mapping[UUID, datetime] | None = None
) -> dict[UUID, int]:
    """Count who matches each search, of those changed or added since, if asked so."""
    ids = list(found)
    people = [found[pk].people.order_by() for pk in ids]
    if since is not None:
        people = [
            changed_since(some, since[pk]) for pk, some in zip(ids, people, strict=True)
        ]
    counted = [
        some.values(number=Value(number, IntegerField()))
        .annotate(people=Count("pk"))
        .values_list("number", "people")
        for number, some in enumerate(people)
    ]
    if not counted:
        return {}
    rows: Iterable[Any] = counted[0].union(*counted[1:], all=True)
    return {ids[number]: count for number, count in rows}


def newly_matching(
    form: SearchForm, viewer: User, *, since: datetime, asked_at: datetime
) -> list[UUID]:
    """Return the people whom `new_matches` counts for the search of a form."""
    asked = [kept_search(form)]
    (found,) = matching_people(asked, viewer=viewer, asked_at=asked_at)
    return list(changed_since(found.people, since).values_list("pk", flat=True))


def changed_since(people: CandidateQuerySet, since: datetime) -> CandidateQuerySet:
    """Keep who was added, or whose profile was changed, after a moment."""
    return people.filter(profile_changed_at__gt=since)
