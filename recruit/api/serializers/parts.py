"""Single rows of a profile and of a job."""

from typing import Any

from rest_framework import serializers

from recruit.api import protected
from recruit.api.fields import Identifier, Moment, WholeNumber
from recruit.api.serializers.base import StrictModelSerializer, WholeSerializer
from recruit.api.serializers.candidates import (
    CandidateSkillSerializer,
    EducationSerializer,
    ExperienceSerializer,
    LanguageSerializer,
)
from recruit.api.serializers.jobs import RequirementSerializer
from recruit.api.serializers.query import PageQuery
from recruit.jobs.models import CriteriaVersion


class PartQuery(PageQuery):
    """Pages of one part of a profile."""


class ProtectedTexts(serializers.Serializer[Any]):
    """Blanks contacts in texts for whom may not see them."""

    def to_representation(self, instance: Any) -> Any:
        body = super().to_representation(instance)
        return protected.shown(body, self.context.get("access"))


class WholeSkillSerializer(WholeSerializer, CandidateSkillSerializer):
    """A held skill stated whole, for PUT."""


class ExperienceRowSerializer(ProtectedTexts, ExperienceSerializer):
    """Work that a candidate did, by itself."""


class WholeExperienceSerializer(WholeSerializer, ExperienceRowSerializer):
    """Work stated whole, for PUT."""


class WholeEducationSerializer(WholeSerializer, EducationSerializer):
    """A qualification stated whole, for PUT."""


class WholeLanguageSerializer(WholeSerializer, LanguageSerializer):
    """A language stated whole, for PUT."""


class RequirementRowSerializer(RequirementSerializer):
    """A requirement with an id of its own, which stays when others change."""

    class Meta(RequirementSerializer.Meta):
        fields = ("id", *RequirementSerializer.Meta.fields)


class WholeRequirementSerializer(WholeSerializer, RequirementRowSerializer):
    """A requirement stated whole, for PUT."""


class StatedRequirementSerializer(serializers.Serializer[Any]):
    """What a version required; the skill by the name that it had."""

    skill = serializers.CharField(read_only=True)
    importance = serializers.CharField(read_only=True)
    minimum_proficiency = serializers.SerializerMethodField()
    minimum_years = serializers.SerializerMethodField()

    def get_minimum_proficiency(self, stated: dict[str, Any]) -> str | None:
        return stated["minimum_proficiency"] or None

    def get_minimum_years(self, stated: dict[str, Any]) -> float | None:
        years = stated["minimum_years"]
        return None if years is None else float(years)


class CriteriaVersionSerializer(StrictModelSerializer[CriteriaVersion]):
    """What a job required from one change of its requirements to the next."""

    id = Identifier(read_only=True)
    number = WholeNumber(read_only=True)
    requirements = StatedRequirementSerializer(many=True, read_only=True)
    made_at = Moment(read_only=True)

    class Meta:
        model = CriteriaVersion
        fields = (
            "id",
            "number",
            "requirements",
            "made_at",
            "actor_kind",
            "actor_id",
            "actor_name",
        )
        read_only_fields = fields
