"""What can be embedded: candidates, jobs and skills, each with its rows and side."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from matching.contents import candidate_content, job_content
from matching.models import (
    CandidateEmbedding,
    JobEmbedding,
    JobTwin,
    PoolMember,
    SkillEmbedding,
    SkillTwin,
)
from matching.profile_text import candidate_text, job_text
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.skills.models import Skill

if TYPE_CHECKING:
    from matching.encoder import Encoder, Vectors


@dataclass(frozen=True, slots=True)
class ProfileText:
    """A text to compare by, and the stamp of the profile it was made from."""

    subject_id: UUID
    text: str
    stamp: datetime


@dataclass(frozen=True, slots=True)
class EncodedText:
    """What the encoder made of a text."""

    vector: list[float]
    token_count: int


Row = tuple[UUID, str, datetime, EncodedText]  # id, text digest, stamp


class Subjects(ABC):
    """One kind of row that has embeddings."""

    name: str
    rows: type[Any]  # the embedding model; its first key is `key`
    key: str
    stamp_field: str

    @abstractmethod
    def present(self) -> "models.QuerySet[Any]":
        """Return the rows that may have an embedding."""

    @abstractmethod
    def load(self, ids: Collection[UUID]) -> list[ProfileText]:
        """Return the texts of those of these rows that are present."""

    @abstractmethod
    def encode(self, encoder: "Encoder", texts: Sequence[str]) -> "Vectors":
        """Return the vectors of texts of this side."""

    def embeddings(self, ids: Collection[UUID]) -> "models.QuerySet[Any]":
        """Return the embeddings of these rows, of every encoder."""
        found: models.QuerySet[Any] = self.rows.objects.filter(
            **{f"{self.key}__in": ids}
        )
        return found

    @abstractmethod
    def found_about(self, ids: Collection[UUID]) -> list["models.QuerySet[Any]"]:
        """Return what was found by comparing these rows with others."""

    def known(
        self, ids: Collection[UUID], identity: str
    ) -> Mapping[UUID, tuple[str, datetime]]:
        """Return text digest and stamp of the embeddings that these rows have."""
        rows = self.embeddings(ids).filter(encoder=identity)
        return {
            subject_id: (text_digest, stamp)
            for subject_id, text_digest, stamp in rows.values_list(
                self.key, "text_digest", "stamp"
            )
        }

    def encoded_texts(
        self, digests: Collection[str], identity: str
    ) -> dict[str, EncodedText]:
        """Return what is stored already for texts with these digests."""
        rows = self.rows.objects.filter(text_digest__in=digests, encoder=identity)
        return {
            text_digest: EncodedText(vector, token_count)
            for text_digest, vector, token_count in rows.values_list(
                "text_digest", "vector", "token_count"
            )
        }

    def locked_stamps(self, ids: Sequence[UUID]) -> dict[UUID, datetime]:
        """Return the stamps as they are now, and keep them so in this transaction."""
        rows = self.present().filter(pk__in=ids).order_by("pk")
        locked = rows.select_for_update(no_key=True)
        return dict(locked.values_list("pk", self.stamp_field))

    def upsert(self, rows: Sequence[Row], identity: str) -> None:
        """Write embeddings in place of those there are."""
        self.rows.objects.bulk_create(
            [
                self.rows(
                    **{self.key: subject_id},
                    encoder=identity,
                    vector=encoded.vector,
                    text_digest=text_digest,
                    token_count=encoded.token_count,
                    stamp=stamp,
                )
                for subject_id, text_digest, stamp, encoded in rows
            ],
            update_conflicts=True,
            unique_fields=[self.key, "encoder"],
            update_fields=["vector", "text_digest", "token_count", "stamp"],
        )


class Candidates(Subjects):
    name = "candidates"
    rows = CandidateEmbedding
    key = "candidate_id"
    stamp_field = "profile_changed_at"

    def found_about(self, ids: Collection[UUID]) -> list["models.QuerySet[Any]"]:
        return [PoolMember.objects.filter(candidate_id__in=ids)]

    def present(self) -> "models.QuerySet[Any]":
        return Candidate.objects.not_erased()

    def load(self, ids: Collection[UUID]) -> list[ProfileText]:
        candidates = Candidate.objects.not_erased().with_profile().filter(pk__in=ids)
        return [
            ProfileText(
                candidate.pk,
                candidate_text(candidate_content(candidate)),
                candidate.profile_changed_at,
            )
            for candidate in candidates
        ]

    def encode(self, encoder: "Encoder", texts: Sequence[str]) -> "Vectors":
        return encoder.encode_documents(texts)


class Jobs(Subjects):
    name = "jobs"
    rows = JobEmbedding
    key = "job_id"
    stamp_field = "profile_changed_at"

    def found_about(self, ids: Collection[UUID]) -> list["models.QuerySet[Any]"]:
        return [JobTwin.objects.of_any(ids)]

    def present(self) -> "models.QuerySet[Any]":
        return Job.objects.all()

    def load(self, ids: Collection[UUID]) -> list[ProfileText]:
        jobs = Job.objects.with_requirements().filter(pk__in=ids)
        return [
            ProfileText(job.pk, job_text(job_content(job)), job.profile_changed_at)
            for job in jobs
        ]

    def encode(self, encoder: "Encoder", texts: Sequence[str]) -> "Vectors":
        return encoder.encode_queries(texts)


class Skills(Subjects):
    """Names of skills; they have no stamp of their own, so the text alone tells."""

    name = "skills"
    rows = SkillEmbedding
    key = "skill_id"
    stamp_field = "created_at"

    def found_about(self, ids: Collection[UUID]) -> list["models.QuerySet[Any]"]:
        return [SkillTwin.objects.of_any(ids)]

    def present(self) -> "models.QuerySet[Any]":
        return Skill.objects.all()

    def load(self, ids: Collection[UUID]) -> list[ProfileText]:
        return [
            ProfileText(skill.pk, skill.name, skill.created_at)
            for skill in Skill.objects.filter(pk__in=ids)
        ]

    def encode(self, encoder: "Encoder", texts: Sequence[str]) -> "Vectors":
        return encoder.encode_documents(texts)


CANDIDATES = Candidates()
JOBS = Jobs()
SKILLS = Skills()
SUBJECTS: dict[str, Subjects] = {kind.name: kind for kind in (CANDIDATES, JOBS, SKILLS)}
