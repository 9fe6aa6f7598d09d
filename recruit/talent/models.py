"""Ways to find people again: lists kept by hand, searches kept by name, visits.

The word "pool" alone is taken: the sourcing pool of a job are those who may still be
proposed for it. A talent pool is a list that somebody keeps.
"""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.common.fields import line, no_null_characters, text
from recruit.common.ids import uuid7
from recruit.jobs.models import Job
from recruit.talent.querysets import SavedSearchQuerySet, TalentPoolQuerySet

NAME_LENGTH = 120
NOTE_LENGTH = 1_000
QUERY_LENGTH = 4_000


class Kept(models.Model):
    """What a recruiter keeps under a name, for themselves or for all who recruit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(
        _("name"), max_length=NAME_LENGTH, validators=[no_null_characters]
    )
    is_shared = models.BooleanField(_("shared with everybody who recruits"))
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def may_be_changed_by(self, user: User) -> bool:
        """Say whether a user may rename, share or delete it."""
        return self.owner_id == user.pk or (self.is_shared and user.is_administrator)


class SavedSearch(Kept):
    """A search of candidates under a name: the query of its address."""

    query = models.CharField(
        _("query"), max_length=QUERY_LENGTH, validators=[no_null_characters]
    )

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="saved_searches_one_per_owner_and_name",
            )
        ]


class SearchVisit(models.Model):
    """When somebody last opened a saved search; who is new since is new to them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    visited_at = models.DateTimeField()

    class Meta:
        verbose_name = _("visit of a saved search")
        verbose_name_plural = _("visits of saved searches")
        constraints = [
            models.UniqueConstraint(
                fields=["search", "user"], name="search_visits_one_per_search_and_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.user_id}"


class RankingVisit(models.Model):
    """When somebody last opened the ranking of a job; who came since is new to them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(
        Job, on_delete=models.CASCADE, related_name="ranking_visits", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    visited_at = models.DateTimeField()

    class Meta:
        verbose_name = _("visit of a ranking")
        verbose_name_plural = _("visits of rankings")
        constraints = [
            models.UniqueConstraint(
                fields=["job", "user"], name="ranking_visits_one_per_job_and_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.user_id}"


class TalentPool(Kept):
    """A list of people: kept by hand, and those whom its saved searches find."""

    note = text(max_length=NOTE_LENGTH)

    objects = TalentPoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("talent pool")
        verbose_name_plural = _("talent pools")
        constraints = [
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="talent_pools_one_per_owner_and_name",
            )
        ]


class PoolSearch(models.Model):
    """One saved search in one talent pool: whoever matches it is in the pool.

    In a pool that others see there are shared searches alone: see `pool_searches`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pool = models.ForeignKey(
        TalentPool, on_delete=models.CASCADE, related_name="searches", db_index=False
    )
    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="pools"
    )
    added_at = models.DateTimeField()
    added_by = line(max_length=200)

    class Meta:
        verbose_name = _("saved search of a talent pool")
        verbose_name_plural = _("saved searches of talent pools")
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "search"],
                name="pool_searches_one_per_pool_and_search",
            )
        ]

    def __str__(self) -> str:
        return f"{self.search_id} in {self.pool_id}"


class PoolMembership(models.Model):
    """One person in one talent pool."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pool = models.ForeignKey(
        TalentPool, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="memberships"
    )
    added_at = models.DateTimeField()
    added_by = line(max_length=200)

    class Meta:
        verbose_name = _("member of a talent pool")
        verbose_name_plural = _("members of talent pools")
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "candidate"],
                name="pool_memberships_one_per_pool_and_candidate",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.pool_id}"
