"""Tables of matching: embeddings and search rows.

They are matching's own, keyed by the id of what they speak of, without foreign keys
in or out, without triggers, and written only by indexing: so they can be thrown away
and made anew, and distributed over servers by their first key.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from matching.conf import DIMENSIONS, IDENTITY_LENGTH
from matching.derived import (
    FamilyEmbedding,
    JobTwin,
    PoolGroup,
    PoolGrouping,
    PoolMember,
    SkillTwin,
)
from matching.querysets import (
    CandidateEmbeddingQuerySet,
    CandidateSearchQuerySet,
    CandidateTermsQuerySet,
    JobEmbeddingQuerySet,
    ParkedProfileQuerySet,
    QueryEmbeddingQuerySet,
    SkillEmbeddingQuerySet,
)
from matching.search_words import NameLexemes
from recruit.common.ids import uuid7

# Tables in modules of their own; Django finds models here.
__all__ = [
    "CandidateEmbedding",
    "CandidateSearch",
    "CandidateTerms",
    "EmbeddingListing",
    "FamilyEmbedding",
    "JobEmbedding",
    "JobTwin",
    "ParkedProfile",
    "PoolGroup",
    "PoolGrouping",
    "PoolMember",
    "QueryEmbedding",
    "SkillEmbedding",
    "SkillTwin",
    "TermChange",
    "TermCount",
]

DIGEST_LENGTH = 64
TERM_LENGTH = 64


class Embedding(models.Model):
    """A stored vector with its origin."""

    encoder = models.CharField(max_length=IDENTITY_LENGTH)
    vector = HalfVectorField(dimensions=DIMENSIONS)
    text_digest = models.CharField(max_length=DIGEST_LENGTH)
    token_count = models.PositiveIntegerField()
    # The moment of the change that was encoded. Compared for equality.
    stamp = models.DateTimeField()

    class Meta:
        abstract = True


class CandidateEmbedding(Embedding):
    """The document vector of a candidate; one HNSW index per encoder (indexing)."""

    pk = models.CompositePrimaryKey("candidate_id", "encoder")
    candidate_id = models.UUIDField()

    objects = CandidateEmbeddingQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate embedding")
        verbose_name_plural = _("candidate embeddings")
        indexes = [
            models.Index(
                fields=["text_digest", "encoder"], name="candidate_embeddings_by_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.encoder}"


class JobEmbedding(Embedding):
    """The query vector of a job."""

    pk = models.CompositePrimaryKey("job_id", "encoder")
    job_id = models.UUIDField()

    objects = JobEmbeddingQuerySet.as_manager()

    class Meta:
        verbose_name = _("job embedding")
        verbose_name_plural = _("job embeddings")
        indexes = [
            models.Index(
                fields=["text_digest", "encoder"], name="job_embeddings_by_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.encoder}"


class SkillEmbedding(Embedding):
    """The vector of a skill's name, by which near skills are found."""

    pk = models.CompositePrimaryKey("skill_id", "encoder")
    skill_id = models.UUIDField()

    objects = SkillEmbeddingQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill embedding")
        verbose_name_plural = _("skill embeddings")
        indexes = [
            models.Index(
                fields=["text_digest", "encoder"], name="skill_embeddings_by_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.encoder}"


class QueryEmbedding(models.Model):
    """The query vector of a text that somebody searched for.

    The text itself stands here only until the encoder has read it.
    """

    pk = models.CompositePrimaryKey("text_digest", "encoder")
    text_digest = models.CharField(max_length=DIGEST_LENGTH)
    encoder = models.CharField(max_length=IDENTITY_LENGTH)
    text = models.TextField(blank=True)
    vector = HalfVectorField(dimensions=DIMENSIONS, null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()

    objects = QueryEmbeddingQuerySet.as_manager()

    class Meta:
        verbose_name = _("query embedding")
        verbose_name_plural = _("query embeddings")
        indexes = [models.Index(fields=["asked_at"], name="query_embeddings_by_age")]

    def __str__(self) -> str:
        return f"{self.text_digest} {self.encoder}"

    @property
    def is_waiting(self) -> bool:
        return bool(self.text)


class CandidateSearch(models.Model):
    """What candidates are filtered and found by; one row each, no vector in it.

    Apart from the vector because an UPDATE of any column enters the row's vector
    into the HNSW index again.
    """

    candidate_id = models.UUIDField(primary_key=True)
    candidate_version = models.PositiveIntegerField()
    words = SearchVectorField()
    skill_ids = ArrayField(models.UUIDField())
    skill_count = models.PositiveIntegerField()
    word_count = models.PositiveIntegerField()
    has_enough_data = models.BooleanField()
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=255, blank=True, default="")
    open_to_remote = models.BooleanField()
    salary_expectation = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    salary_currency = models.CharField(max_length=3, blank=True)
    available_from = models.DateField(null=True)
    languages = ArrayField(models.CharField(max_length=3))
    source = models.CharField(max_length=100, blank=True)
    last_contact_at = models.DateTimeField(null=True)
    years_of_experience = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    # How far people came in pipelines that are not confidential: history.py.
    history = ArrayField(models.CharField(max_length=60), default=list)
    changed_at = models.DateTimeField(default=timezone.now)  # the person's last change

    objects = CandidateSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate search row")
        verbose_name_plural = _("candidate search rows")
        indexes = [
            GinIndex(fields=["words"], name="candidate_search_words"),
            GinIndex(fields=["skill_ids"], name="candidate_search_skills"),
            GinIndex(NameLexemes("words"), name="candidate_search_names"),
            models.Index(
                fields=["candidate_id"],
                condition=Q(has_enough_data=False),
                name="candidate_search_thin",
            ),
        ]

    def __str__(self) -> str:
        return str(self.candidate_id)


class CandidateTerms(models.Model):
    """The terms of a candidate's profile text, by which BM25 finds and scores people.

    A profile text says nothing of who somebody is, so no name is among them. `terms`
    holds each term with as many positions as times it stands in the text.
    """

    candidate_id = models.UUIDField(primary_key=True)
    version = models.PositiveSmallIntegerField()  # of what makes terms of a text
    text_digest = models.CharField(max_length=DIGEST_LENGTH)
    length = models.PositiveIntegerField()  # terms, repetitions counted
    terms = SearchVectorField()

    objects = CandidateTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of a candidate")
        verbose_name_plural = _("terms of candidates")
        indexes = [GinIndex(fields=["terms"], name="candidate_terms_terms")]

    def __str__(self) -> str:
        return str(self.candidate_id)


class TermCount(models.Model):
    """In how many profiles a term stands, but for changes that wait to be added."""

    term = models.CharField(primary_key=True, max_length=TERM_LENGTH)
    people = models.BigIntegerField()

    class Meta:
        verbose_name = _("term count")
        verbose_name_plural = _("term counts")

    def __str__(self) -> str:
        return f"{self.term} {self.people}"


class TermChange(models.Model):
    """What some profiles changed in the counts; added to them by and by.

    Written with the profiles' own rows, so that nobody waits for the row of a
    common term. The counts are those of TermCount and of all changes together.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    terms = ArrayField(models.CharField(max_length=TERM_LENGTH))
    changes = ArrayField(models.BigIntegerField())  # one for each term

    class Meta:
        verbose_name = _("change of term counts")
        verbose_name_plural = _("changes of term counts")

    def __str__(self) -> str:
        return str(self.pk)


class ParkedProfile(models.Model):
    """A candidate or job whose text could not be encoded; tried again once edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_id = models.UUIDField()
    encoder = models.CharField(max_length=IDENTITY_LENGTH)
    stamp = models.DateTimeField()
    reason = models.CharField(max_length=500)
    parked_at = models.DateTimeField()

    objects = ParkedProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("parked profile")
        verbose_name_plural = _("parked profiles")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "encoder"],
                name="parked_profiles_one_per_subject_and_encoder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.reason}"


class EmbeddingListing(models.Model):
    """Embeddings of all kinds as the admin site shows them: no vector, one key.

    A database view, because the admin site knows no composite keys.
    """

    key = models.CharField(primary_key=True, max_length=300)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices={"candidate": _("candidate"), "job": _("job"), "skill": _("skill")},
    )
    subject_id = models.UUIDField(_("id"))
    encoder = models.CharField(_("encoder"), max_length=IDENTITY_LENGTH)
    text_digest = models.CharField(_("text digest"), max_length=DIGEST_LENGTH)
    token_count = models.IntegerField(_("tokens"), null=True)
    stamp = models.DateTimeField(_("profile of"), null=True)

    class Meta:
        managed = False
        db_table = "matching_embedding_listing"
        verbose_name = _("embedding")
        verbose_name_plural = _("embeddings")

    def __str__(self) -> str:
        return self.key
