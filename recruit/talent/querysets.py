"""Named conditions on talent pools and saved searches."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from recruit.accounts.models import User
    from recruit.talent.models import Kept, SavedSearch, TalentPool

K_co = TypeVar("K_co", bound="Kept", covariant=True)


class KeptQuerySet(models.QuerySet[K_co]):
    """What somebody keeps under a name, for themselves or for all who recruit."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own and the shared ones; all of them are for who recruits."""
        if not user.is_recruiting:
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True))

    def changeable_by(self, user: "User") -> Self:
        """Keep what a user may rename, share or delete, as `may_be_changed_by` says."""
        visible = self.visible_to(user)
        return visible if user.is_administrator else visible.filter(owner=user)

    def by_name(self) -> Self:
        return self.select_related("owner").order_by("name", "id")


class SavedSearchQuerySet(KeptQuerySet["SavedSearch"]):
    """Saved searches."""


class TalentPoolQuerySet(KeptQuerySet["TalentPool"]):
    """Talent pools."""

    def with_member_count(self) -> Self:
        """Count the people in each pool; who was erased is in none."""
        there = Q(memberships__candidate__erased_at=None)
        return self.annotate(
            member_count=Count("memberships", filter=there, distinct=True)
        )

    def with_search_count(self) -> Self:
        """Count the saved searches in each pool."""
        return self.annotate(search_count=Count("searches", distinct=True))
