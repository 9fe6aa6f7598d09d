"""Tables of what is found by comparing vectors: twins, families, groups of the pool.

As all tables of matching they can be thrown away and made anew: no foreign keys in or
out. Each row names the encoder whose vectors it was found with.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from matching.conf import DIMENSIONS, IDENTITY_LENGTH
from matching.querysets import (
    FamilyEmbeddingQuerySet,
    JobTwinQuerySet,
    SkillTwinQuerySet,
)
from recruit.common.ids import uuid7

CODE_LENGTH = 40
DIGEST_LENGTH = 64


class FamilyEmbedding(models.Model):
    """The vector of one sentence of a job family, or of the family's centre."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.CharField(max_length=CODE_LENGTH)
    number = models.PositiveSmallIntegerField()  # 0 is the centre
    encoder = models.CharField(max_length=IDENTITY_LENGTH)
    vector = HalfVectorField(dimensions=DIMENSIONS)
    # Of all sentences of all families: one that changes makes every row stale.
    examples_digest = models.CharField(max_length=DIGEST_LENGTH)

    objects = FamilyEmbeddingQuerySet.as_manager()

    class Meta:
        verbose_name = _("family embedding")
        verbose_name_plural = _("family embeddings")
        constraints = [
            models.UniqueConstraint(
                fields=["encoder", "examples_digest", "family", "number"],
                name="family_embeddings_one_per_sentence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.number} {self.encoder}"


class Twin(models.Model):
    """Two rows whose vectors are so near that they may mean the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first_id = models.UUIDField()  # the lower id of the two
    second_id = models.UUIDField()
    encoder = models.CharField(_("encoder"), max_length=IDENTITY_LENGTH)
    similarity = models.FloatField(_("cosine similarity"))

    class Meta:
        abstract = True


class SkillTwin(Twin):
    """Two skills whose names may mean the same."""

    objects = SkillTwinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of like skills")
        verbose_name_plural = _("pairs of like skills")
        constraints = [
            models.UniqueConstraint(
                fields=["first_id", "second_id", "encoder"],
                name="skill_twins_one_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="skill_twins_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["second_id"], name="skill_twins_by_second"),
            models.Index(
                fields=["encoder", "-similarity", "id"], name="skill_twins_likest_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class JobTwin(Twin):
    """Two jobs whose texts nearly say the same."""

    objects = JobTwinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of like jobs")
        verbose_name_plural = _("pairs of like jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["first_id", "second_id", "encoder"],
                name="job_twins_one_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="job_twins_in_order"
            ),
        ]
        indexes = [models.Index(fields=["second_id"], name="job_twins_by_second")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class PoolGrouping(models.Model):
    """One division of the pool into groups; the latest replaces the one before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    encoder = models.CharField(max_length=IDENTITY_LENGTH)
    made_at = models.DateTimeField()
    seed = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    is_count_chosen = models.BooleanField()  # by the figures, not by a person

    class Meta:
        verbose_name = _("grouping of the pool")
        verbose_name_plural = _("groupings of the pool")

    def __str__(self) -> str:
        return f"{self.encoder}, {self.made_at:%Y-%m-%d %H:%M}"


class PoolGroup(models.Model):
    """One group of people, with what is typical of them; the largest is number 1."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grouping_id = models.UUIDField()
    number = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    centre = HalfVectorField(dimensions=DIMENSIONS)
    # [{"skill_id", "skill", "people", "lift"}], the most typical first
    skills = models.JSONField(default=list)
    titles = models.JSONField(default=list)  # [{"title", "people"}]

    class Meta:
        verbose_name = _("group of the pool")
        verbose_name_plural = _("groups of the pool")
        constraints = [
            models.UniqueConstraint(
                fields=["grouping_id", "number"], name="pool_groups_one_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.people}"


class PoolMember(models.Model):
    """The group that a person is in."""

    candidate_id = models.UUIDField(primary_key=True)
    group_number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        indexes = [models.Index(fields=["group_number"], name="pool_members_by_group")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.group_number}"
