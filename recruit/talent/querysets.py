"""Named conditions on talent pools and saved searches."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from recruit.accounts.models import User
    from recruit.talent.models import SavedSearch, TalentPool


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: "User") -> "SavedSearchQuerySet":
        """Keep one's own and the shared ones; all of them are for who recruits."""
        if not user.is_recruiting:
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True))

    def by_name(self) -> "SavedSearchQuerySet":
        return self.select_related("owner").order_by("name", "id")


class TalentPoolQuerySet(models.QuerySet["TalentPool"]):
    def visible_to(self, user: "User") -> "TalentPoolQuerySet":
        """Keep one's own and the shared ones; all of them are for who recruits."""
        if not user.is_recruiting:
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True))

    def with_member_count(self) -> "TalentPoolQuerySet":
        """Count the people in each pool; who was erased is in none."""
        there = Q(memberships__candidate__erased_at=None)
        return self.annotate(member_count=Count("memberships", filter=there))

    def by_name(self) -> "TalentPoolQuerySet":
        return self.select_related("owner").order_by("name", "id")
