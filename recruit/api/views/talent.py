"""/talent_pools"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_204_NO_CONTENT

from recruit.accounts.choices import Scope
from recruit.api.pagination import KeysetPagination, SyncedPagination
from recruit.api.permissions import OwnersChange, TokenHoldsScope
from recruit.api.preconditions import expected_version
from recruit.api.protected import shown
from recruit.api.serializers.base import NothingSerializer
from recruit.api.serializers.query import PageQuery
from recruit.api.serializers.talent import (
    MemberResultsSerializer,
    PeopleSerializer,
    PoolFieldsSerializer,
    PoolListQuery,
    PoolMembersSerializer,
    PoolRowQuery,
    PoolSearchesSerializer,
    TalentPoolRowSerializer,
    TalentPoolSerializer,
)
from recruit.api.sync import TOLD_BY_LISTS
from recruit.api.views.base import M, Resource
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet
from recruit.changes.choices import Kind
from recruit.finding.pool_people import PoolPeople, people_of
from recruit.talent import operations
from recruit.talent.models import Kept, PoolMembership, SavedSearch, TalentPool
from recruit.talent.pool_searches import put_search_into_pool, take_search_from_pool
from recruit.talent.queries import memberships_of
from recruit.talent.querysets import KeptQuerySet, TalentPoolQuerySet

Change = Callable[[list[UUID]], list[UUID]]
PERMISSIONS = (IsAuthenticated, TokenHoldsScope, OwnersChange)
RETRY_AFTER_SECONDS = 1
# Before whoever was put into a pool by hand: who is in it by a search alone.
NEVER = datetime(1, 1, 1, tzinfo=UTC)


def kept_as_asked(kept: "KeptQuerySet[Any]", asked: Any) -> "KeptQuerySet[Any]":
    """Narrow pools or searches to what was asked for."""
    for name in ("owner", "is_shared"):
        if name in asked:
            kept = kept.filter(**{name: asked[name]})
    if "updated_since" in asked:
        kept = kept.filter(changed_at__gte=asked["updated_since"])
    return kept


def stated_of(kept: Kept, stated: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return what is stated of a row, beside what stays as it is."""
    return {name: stated.get(name, getattr(kept, name)) for name in names}


class TalentPools(Resource[TalentPool]):
    """Lists of people that somebody keeps for themselves or for all who recruit."""

    kind = Kind.TALENT_POOL
    pagination_class = SyncedPagination
    told = {"list": TOLD_BY_LISTS}
    read_scope = Scope.POOLS_READ
    write_scope = Scope.POOLS_WRITE
    permission_classes = PERMISSIONS
    query_classes = {"list": PoolListQuery, "retrieve": PoolRowQuery}
    row_class = TalentPoolSerializer
    list_class = TalentPoolRowSerializer
    body_classes = {
        "create": PoolFieldsSerializer,
        "partial_update": PoolFieldsSerializer,
    }

    def visible(self) -> TalentPoolQuerySet:
        return _counted(self.access.pools())

    def list(self, request: Request) -> Response:
        """List the caller's pools and the shared ones, newest first."""
        return self.answer_page(kept_as_asked(self.visible(), self.query))

    def create(self, request: Request) -> Response:
        """Begin an empty talent pool, which is the caller's own."""
        stated = self.checked_body().validated_data
        pool = operations.create_pool(
            owner=self.access.user,
            name=stated["name"],
            note=stated.get("note", ""),
            is_shared=stated.get("is_shared", False),
            actor=self.access.actor,
            created_at=timezone.now(),
        )
        return self._answer(pool.pk, is_new=True)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Read one talent pool."""
        return self.answer_row(self.get_object())

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Rename a talent pool, change its note, share it or stop sharing it.

        Its owner may, and administrators if it is shared. One that holds searches that
        are not shared is not shared either.
        """
        pool, stated = self.get_object(), self.checked_body().validated_data
        operations.change_pool(
            pool_id=pool.pk,
            **stated_of(pool, stated, "name", "note", "is_shared"),
            actor=self.access.actor,
            changed_at=timezone.now(),
            expected_version=expected_version(request, pool),
        )
        return self._answer(pool.pk)

    def destroy(self, request: Request, pk: UUID) -> Response:
        """Delete a talent pool; the people in it stay."""
        pool = self.get_object()
        operations.delete_pool(
            pool_id=pool.pk,
            actor=self.access.actor,
            deleted_at=timezone.now(),
            expected_version=expected_version(request, pool),
        )
        return Response(status=HTTP_204_NO_CONTENT)

    def _answer(self, pool_id: UUID, *, is_new: bool = False) -> Response:
        pool = _counted(TalentPool.objects.all()).get(pk=pool_id)
        return self.answer_row(pool, is_new=is_new)


def _counted(pools: TalentPoolQuerySet) -> TalentPoolQuerySet:
    return pools.with_member_count().with_search_count().select_related("owner")


class OfPool(Resource[M]):
    """What is in one talent pool."""

    read_scope = Scope.POOLS_READ
    write_scope = Scope.POOLS_WRITE
    permission_classes = PERMISSIONS

    def _pool(self) -> TalentPool:
        pool: TalentPool = get_object_or_404(self.access.pools(), pk=self.kwargs["pk"])
        self.check_object_permissions(self.request, pool)
        return pool

    def _people(self, pool: TalentPool) -> PoolPeople:
        return people_of(pool, self.access.user, asked_at=timezone.now())


class PoolMembers(OfPool[Candidate]):
    """The people in a talent pool."""

    query_classes = {"candidates": PageQuery}
    row_class = PoolMembersSerializer
    body_classes = {"add": PeopleSerializer, "take": PeopleSerializer}
    page_order = ("-added_key", "-created_at", "pk")

    @property
    def answer_class(self) -> type[Any]:
        if self.action in self.body_classes:
            return MemberResultsSerializer
        return self.row_class

    def visible(self) -> CandidateQuerySet:
        return self.access.candidates()

    def candidates(self, request: Request, pk: UUID) -> Response:
        """List the people in a talent pool, those put into it last first.

        After those put into it by hand come those whom its saved searches find.
        """
        pool = self._pool()
        found = self._people(pool)
        mine = PoolMembership.objects.filter(pool=pool, candidate=OuterRef("pk"))
        key = Coalesce(Subquery(mine.values("added_at")[:1]), Value(NEVER))
        page = self.paginate_queryset(found.people.annotate(added_key=key)) or []
        people = [person.pk for person in page]
        held, finding = memberships_of(pool, people), found.finding(people)
        items = [
            {
                "candidate": person,
                "added_at": held[person.pk].added_at if person.pk in held else None,
                "added_by": held[person.pk].added_by if person.pk in held else "",
                "found_by": finding.get(person.pk, []),
            }
            for person in page
        ]
        is_partial = any(one.is_partial for one in found.searches)
        is_read = any(one.is_being_read for one in found.matching.values())
        body = {"items": items, "is_partial": is_partial}
        return answer_found(self, body, is_being_read=is_read)

    def add(self, request: Request, pk: UUID) -> Response:
        """Put people into a talent pool, with a result for each id."""
        pool = self._pool()
        return self._changed(
            "added",
            lambda ids: operations.add_to_pool(
                pool_id=pool.pk,
                candidate_ids=ids,
                actor=self.access.actor,
                added_at=timezone.now(),
            ),
        )

    def take(self, request: Request, pk: UUID) -> Response:
        """Take people out of a talent pool, with a result for each id.

        Whom a saved search of the pool finds is in it further on.
        """
        pool = self._pool()
        return self._changed(
            "taken",
            lambda ids: operations.take_from_pool(
                pool_id=pool.pk,
                candidate_ids=ids,
                actor=self.access.actor,
                taken_at=timezone.now(),
            ),
        )

    def _changed(self, told: str, change: Change) -> Response:
        """Change whom the body names, and say what became of each."""
        named = self.checked_body().validated_data["candidates"]
        there = self.visible().filter(pk__in=named).values_list("pk", flat=True)
        seen = set(there)
        found = dict.fromkeys(seen, "unchanged")
        found |= dict.fromkeys(change(sorted(seen)), told)
        results = [
            {"candidate": one, "result": found.get(one, "does_not_exist")}
            for one in named
        ]
        return Response(MemberResultsSerializer({"results": results}).data)


def answer_found(
    view: Resource[Any], body: dict[str, Any], *, is_being_read: bool
) -> Response:
    """Return one page of people with the address of the next."""
    paginator = view.paginator
    assert isinstance(paginator, KeysetPagination)  # noqa: S101 - as in the settings
    following = paginator.next_url
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    if is_being_read:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    told = view.row_class(body | {"next": following}).data
    return Response(shown(told, view.access), headers=headers)


class PoolSearches(OfPool[SavedSearch]):
    """The saved searches in a talent pool: whoever matches one is in it."""

    row_class = PoolSearchesSerializer
    answers_whole = True  # at most ten: no pages
    body_classes = {"update": NothingSerializer}
    statuses = {"update": (HTTP_204_NO_CONTENT,)}
    pagination_class = None

    def visible(self) -> "KeptQuerySet[SavedSearch]":
        return self.access.searches()

    def list(self, request: Request, pk: UUID) -> Response:
        """List the saved searches in a talent pool, and how many people each finds."""
        found = self._people(self._pool())
        body = {"items": found.searches, "next": None}
        return Response(PoolSearchesSerializer(body).data)

    def update(self, request: Request, pk: UUID, search_id: UUID) -> Response:
        """Let a talent pool hold a saved search.

        In a pool that others see there are shared searches alone (409), and ten at
        most.
        """
        pool, search = self._pool(), get_object_or_404(self.visible(), pk=search_id)
        self.checked_body()
        put_search_into_pool(
            pool_id=pool.pk,
            search_id=search.pk,
            actor=self.access.actor,
            added_at=timezone.now(),
        )
        return Response(status=HTTP_204_NO_CONTENT)

    def destroy(self, request: Request, pk: UUID, search_id: UUID) -> Response:
        """Take a saved search out of a talent pool."""
        pool, search = self._pool(), get_object_or_404(self.visible(), pk=search_id)
        take_search_from_pool(
            pool_id=pool.pk,
            search_id=search.pk,
            actor=self.access.actor,
            taken_at=timezone.now(),
        )
        return Response(status=HTTP_204_NO_CONTENT)
