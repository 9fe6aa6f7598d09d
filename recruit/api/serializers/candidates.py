"""Candidates with their skills, experience, education, languages, documents."""

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from recruit.accounts.choices import Scope
from recruit.api import protected
from recruit.api.access import Access
from recruit.api.fields import (
    Email,
    Identifier,
    OptionalList,
    OptionalText,
    Text,
    WebAddress,
)
from recruit.api.serializers.base import (
    NamedSerializer,
    StrictModelSerializer,
    WholeSerializer,
    rows_of,
)
from recruit.api.serializers.jobs import SkillWords
from recruit.api.serializers.query import BY_TIME, SourcedQuery, WordsQuery
from recruit.candidates.inputs import (
    CandidateFields,
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
    ProfileInput,
    SkillInput,
)
from recruit.candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Document,
    Education,
    Experience,
)
from recruit.candidates.part import MOST_ROWS
from recruit.common.fields import LIST_LENGTH

# Whoever reads no texts would lose them by sending back what was read.
DOCUMENT_SCOPES = (Scope.DOCUMENTS_WRITE, Scope.DOCUMENTS_READ)


class CandidateQuery(SourcedQuery, WordsQuery):
    orders = BY_TIME

    email = Text(required=False, max_length=254)


class CandidateSkillSerializer(StrictModelSerializer[CandidateSkill]):
    """A skill that a candidate holds."""

    skill = SkillWords(help_text="The skill by any word it is known by.")
    skill_id = Identifier(read_only=True)

    class Meta:
        model = CandidateSkill
        fields = (
            "id",
            "skill",
            "skill_id",
            "proficiency",
            "years",
            "last_used",
            "origin",
        )


class ExperienceSerializer(StrictModelSerializer[Experience]):
    """Work that a candidate did; without an end it goes on."""

    class Meta:
        model = Experience
        fields = (
            "id",
            "title",
            "organisation",
            "started_on",
            "ended_on",
            "description",
        )
        extra_kwargs = {"title": {"required": True}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start, end = attrs.get("started_on"), attrs.get("ended_on")
        if start and end and end < start:
            raise serializers.ValidationError(
                {"ended_on": [_("The end is before the start.")]}, "refused"
            )
        return attrs


class EducationSerializer(StrictModelSerializer[Education]):
    """A qualification, and where and when it was taken."""

    class Meta:
        model = Education
        fields = (
            "id",
            "qualification",
            "field_of_study",
            "institution",
            "started_in",
            "ended_in",
        )
        extra_kwargs = {"qualification": {"required": True}}


class LanguageSerializer(StrictModelSerializer[CandidateLanguage]):
    """A language (ISO 639 code) that a candidate speaks."""

    class Meta:
        model = CandidateLanguage
        fields = ("id", "language", "level")


class DocumentText(OptionalText):
    """What a document says; null for whom may not read documents."""

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        access: Access | None = self.context.get("access")
        if access is None or not access.has_scope(Scope.DOCUMENTS_READ):
            return None
        return str(value)


class DocumentSerializer(StrictModelSerializer[Document]):
    """A text about a candidate, such as a CV."""

    text = DocumentText(
        max_length=1_000_000, help_text="Null without the scope documents:read."
    )

    class Meta:
        model = Document
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "title",
            "media_type",
            "text",
            "added_at",
        )
        extra_kwargs: dict[str, dict[str, Any]] = {
            "title": {"required": True},
            "added_at": {"read_only": True},
        }


class DocumentHeadSerializer(StrictModelSerializer[Document]):
    """A document without its text."""

    class Meta:
        model = Document
        fields = ("id", "kind", "title", "media_type", "added_at")
        read_only_fields = fields


PARTS: dict[str, type[Any]] = {
    "skills": SkillInput,
    "experience": ExperienceInput,
    "education": EducationInput,
    "languages": LanguageInput,
    "documents": DocumentInput,
}


def profile_of(checked: Mapping[str, Any]) -> ProfileInput:
    """Return what a checked body says of a person."""
    stated = dict(checked)
    parts = {
        name: [entry(**row) for row in stated.pop(name)]
        for name, entry in PARTS.items()
        if name in stated
    }
    return ProfileInput(fields=cast("CandidateFields", stated), **parts)


class CandidateSerializer(StrictModelSerializer[Candidate]):
    """A person who may be considered for jobs."""

    emails = OptionalList(
        child=Email(max_length=254), required=False, max_length=LIST_LENGTH
    )
    phones = OptionalList(
        child=Text(max_length=40), required=False, max_length=LIST_LENGTH
    )
    links = OptionalList(
        child=WebAddress(max_length=500), required=False, max_length=LIST_LENGTH
    )
    skills = rows_of(CandidateSkillSerializer, most=MOST_ROWS)
    experience = rows_of(ExperienceSerializer, most=MOST_ROWS)
    education = rows_of(EducationSerializer, most=MOST_ROWS)
    languages = rows_of(LanguageSerializer, most=MOST_ROWS)
    documents = rows_of(DocumentSerializer, most=MOST_ROWS)

    class Meta:
        model = Candidate
        fields = (
            "id",
            "given_name",
            "family_name",
            "emails",
            "phones",
            "place",
            "region",
            "country",
            "open_to_remote",
            "headline",
            "summary",
            "links",
            "years_of_experience",
            "source",
            "external_id",
            "salary_expectation",
            "salary_currency",
            "available_from",
            "work_permit",
            "last_contact_at",
            "skills",
            "experience",
            "education",
            "languages",
            "documents",
            "version",
            "created_at",
            "updated_at",
        )

    @property
    def access(self) -> Access | None:
        access: Access | None = self.context.get("access")
        return access

    def to_representation(self, instance: Candidate) -> dict[str, Any]:
        body: dict[str, Any] = protected.shown(
            super().to_representation(instance), self.access
        )
        return body

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            protected.refuse_fields(data, self.access)
            if "documents" in data:
                self._refuse_documents()
        return super().to_internal_value(data)

    def _refuse_documents(self) -> None:
        """Raise ValidationError for whom reads no texts: they would be lost."""
        if self.access is None:
            return
        for scope in DOCUMENT_SCOPES:
            if not self.access.has_scope(scope):
                sentence = _("The token lacks the scope %s.") % scope.value
                detail = serializers.ErrorDetail(sentence, code="missing_scope")
                raise serializers.ValidationError({"documents": [detail]})

    def stated_profile(self, present: Candidate | None = None) -> ProfileInput:
        """Return what the body says; a part it does not name stays as it is.

        Texts that the caller reads without contacts stay whole where they come back.
        """
        stated = dict(self.validated_data)
        if present and self.access and not self.access.sees_protected:
            stated = protected.texts_kept(stated, present)
        return profile_of(stated)


class WholeCandidateSerializer(WholeSerializer, CandidateSerializer):
    """A candidate stated whole, for PUT; but for what the caller may not write."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        stated = super().get_fields()
        if self.access and not self.access.sees_protected:
            for name in protected.FIELDS:
                stated[name].required = False
        if self.access and not all(map(self.access.has_scope, DOCUMENT_SCOPES)):
            stated["documents"].required = False
        return stated


class NamedCandidateSerializer(NamedSerializer, WholeCandidateSerializer):
    """A candidate stated whole, whose external id the address says."""


class CandidateHeadSerializer(CandidateSerializer):
    """A candidate in a list: the documents without their texts."""

    documents = DocumentHeadSerializer(many=True, read_only=True)  # type: ignore[assignment]
