"""Named conditions on matching's own tables."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from matching.conf import TERMS_VERSION

if TYPE_CHECKING:
    from matching import derived
    from matching import models as rows


class CandidateEmbeddingQuerySet(models.QuerySet["rows.CandidateEmbedding"]):
    def of_encoder(self, identity: str) -> "CandidateEmbeddingQuerySet":
        return self.filter(encoder=identity)

    def of_candidates(self, ids: Collection[UUID]) -> "CandidateEmbeddingQuerySet":
        return self.filter(candidate_id__in=ids)


class JobEmbeddingQuerySet(models.QuerySet["rows.JobEmbedding"]):
    def of_encoder(self, identity: str) -> "JobEmbeddingQuerySet":
        return self.filter(encoder=identity)


class SkillEmbeddingQuerySet(models.QuerySet["rows.SkillEmbedding"]):
    def of_encoder(self, identity: str) -> "SkillEmbeddingQuerySet":
        return self.filter(encoder=identity)


class QueryEmbeddingQuerySet(models.QuerySet["rows.QueryEmbedding"]):
    def of_encoder(self, identity: str) -> "QueryEmbeddingQuerySet":
        return self.filter(encoder=identity)

    def waiting(self) -> "QueryEmbeddingQuerySet":
        """Keep texts that the encoder has still to read."""
        return self.exclude(text="")


class CandidateSearchQuerySet(models.QuerySet["rows.CandidateSearch"]):
    def of_candidates(self, ids: Collection[UUID]) -> "CandidateSearchQuerySet":
        return self.filter(candidate_id__in=ids)


class CandidateTermsQuerySet(models.QuerySet["rows.CandidateTerms"]):
    def current(self) -> "CandidateTermsQuerySet":
        """Leave out what an earlier version made of the texts."""
        return self.filter(version=TERMS_VERSION)

    def of_candidates(self, ids: Collection[UUID]) -> "CandidateTermsQuerySet":
        return self.filter(candidate_id__in=ids)


class ParkedProfileQuerySet(models.QuerySet["rows.ParkedProfile"]):
    def of_encoder(self, identity: str) -> "ParkedProfileQuerySet":
        return self.filter(encoder=identity)


class FamilyEmbeddingQuerySet(models.QuerySet["derived.FamilyEmbedding"]):
    def of_encoder(self, identity: str) -> "FamilyEmbeddingQuerySet":
        return self.filter(encoder=identity)


class SkillTwinQuerySet(models.QuerySet["derived.SkillTwin"]):
    def of_encoder(self, identity: str) -> "SkillTwinQuerySet":
        return self.filter(encoder=identity)

    def of_any(self, ids: Collection[UUID]) -> "SkillTwinQuerySet":
        return self.filter(Q(first_id__in=ids) | Q(second_id__in=ids))


class JobTwinQuerySet(models.QuerySet["derived.JobTwin"]):
    def of_encoder(self, identity: str) -> "JobTwinQuerySet":
        return self.filter(encoder=identity)

    def of_any(self, ids: Collection[UUID]) -> "JobTwinQuerySet":
        return self.filter(Q(first_id__in=ids) | Q(second_id__in=ids))
