"""/saved_searches"""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_204_NO_CONTENT

from recruit.accounts.choices import Scope
from recruit.api.preconditions import expected_version
from recruit.api.protected import refuse_contacts_in
from recruit.api.serializers.query import PageQuery
from recruit.api.serializers.talent import (
    FoundPeopleSerializer,
    NewSearchSerializer,
    SavedSearchRowSerializer,
    SavedSearchSerializer,
    SearchFieldsSerializer,
    SearchListQuery,
    SearchNewQuery,
    SearchRowQuery,
)
from recruit.api.views.base import Resource
from recruit.api.views.talent import (
    PERMISSIONS,
    answer_found,
    kept_as_asked,
    stated_of,
)
from recruit.finding.saved import changed_since, matching_of
from recruit.talent import searches
from recruit.talent.models import SavedSearch
from recruit.talent.queries import last_visits
from recruit.talent.querysets import SavedSearchQuerySet


class SearchUnreadable(APIException):
    status_code = HTTPStatus.CONFLICT
    default_detail = _("What this search asks for cannot be searched for any more.")
    default_code = "search_unreadable"


class SavedSearches(Resource[SavedSearch]):
    """Searches of candidates that somebody keeps under a name."""

    read_scope = Scope.SEARCHES_READ
    write_scope = Scope.SEARCHES_WRITE
    permission_classes = PERMISSIONS
    query_classes = {"list": SearchListQuery, "retrieve": SearchRowQuery}
    row_class = SavedSearchSerializer
    list_class = SavedSearchRowSerializer
    body_classes = {
        "create": NewSearchSerializer,
        "partial_update": SearchFieldsSerializer,
    }

    def visible(self) -> SavedSearchQuerySet:
        return self.access.searches().select_related("owner")

    def list(self, request: Request) -> Response:
        """List the caller's searches and the shared ones, newest first."""
        return self.answer_page(kept_as_asked(self.visible(), self.query))

    def create(self, request: Request) -> Response:
        """Keep the query of a search under a name; it is the caller's own."""
        stated = self.checked_body().validated_data
        refuse_contacts_in(QueryDict(stated["query"]).get("q", ""), self.access)
        search = searches.save_search(
            owner=self.access.user,
            name=stated["name"],
            query=stated["query"],
            is_shared=stated.get("is_shared", False),
            actor=self.access.actor,
            saved_at=timezone.now(),
        )
        return self._answer(search.pk, is_new=True)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one saved search."""
        return self.answer_row(self.get_object())

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Rename a saved search, share it or stop sharing it.

        Its owner may, and administrators if it is shared. One that is not shared any
        more is taken out of the talent pools that others see.
        """
        search, stated = self.get_object(), self.checked_body().validated_data
        searches.change_search(
            search_id=search.pk,
            **stated_of(search, stated, "name", "is_shared"),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, search),
        )
        return self._answer(search.pk)

    def destroy(self, request: Request, pk: UUID) -> Response:
        """Delete a saved search."""
        search = self.get_object()
        searches.delete_search(
            search_id=search.pk,
            actor=self.access.actor,
            deleted_at=timezone.now(),
            expected_version=expected_version(request, search),
        )
        return Response(status=HTTP_204_NO_CONTENT)

    def _answer(self, search_id: UUID, *, is_new: bool = False) -> Response:
        owned = SavedSearch.objects.select_related("owner")
        return self.answer_row(owned.get(pk=search_id), is_new=is_new)


class FoundBySearch(Resource[SavedSearch]):
    """The people whom a saved search finds."""

    read_scope = Scope.SEARCHES_READ
    permission_classes = PERMISSIONS
    query_classes = {"candidates": PageQuery, "new": SearchNewQuery}
    row_class = FoundPeopleSerializer
    page_order = ("-profile_changed_at", "-id")
    told = {
        "candidates": {"409": "What the search asks for cannot be searched for."},
        "new": {"409": "What the search asks for cannot be searched for."},
    }

    def visible(self) -> SavedSearchQuerySet:
        return self.access.searches()

    def candidates(self, request: Request, pk: UUID) -> Response:
        """List the people whom a saved search finds, those changed last first.

        Who holds all its words or is among the nearest in meaning, of those whom its
        filters leave: the people whom it brings into a talent pool.
        """
        return self._found(self.get_object())

    def new(self, request: Request, pk: UUID) -> Response:
        """List the people whom a saved search finds who are new since a moment.

        They were added, or their profile was changed since. Reading is no visit: on the
        page they stay new.
        """
        search = self.get_object()
        visited = last_visits([search], self.access.user)[search.pk]
        return self._found(search, since=self.query.get("since", visited))

    def _found(self, search: SavedSearch, *, since: datetime | None = None) -> Response:
        refuse_contacts_in(QueryDict(search.query).get("q", ""), self.access)
        viewer, now = self.access.user, timezone.now()
        matching = matching_of([search], viewer, asked_at=now).get(search.pk)
        if matching is None or matching.is_refused:
            raise SearchUnreadable
        people = matching.people
        if since is not None:
            people = changed_since(people, since)
        items = self.paginate_queryset(people) or []  # type: ignore[arg-type]
        body = {"items": items, "is_partial": matching.is_partial}
        return answer_found(self, body, is_being_read=matching.is_being_read)
