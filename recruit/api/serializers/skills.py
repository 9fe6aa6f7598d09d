"""The shared vocabulary of skills."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recruit.api.serializers.base import StrictModelSerializer
from recruit.api.serializers.query import ShapedQuery, SyncedQuery, WordsQuery
from recruit.skills.models import Skill


class SkillQuery(SyncedQuery, WordsQuery):
    orders = {
        "name": ("name", "id"),
        "-name": ("-name", "-id"),
        "created_at": ("created_at", "id"),
        "-created_at": ("-created_at", "-id"),
    }

    confirmed = serializers.BooleanField(required=False)


class SkillSerializer(StrictModelSerializer[Skill]):
    """One entry of the vocabulary; unconfirmed until a person looked at it."""

    labels = serializers.SerializerMethodField(
        help_text="Every word by which the skill is found, its name included."
    )

    class Meta:
        model = Skill
        fields = (
            "id",
            "name",
            "labels",
            "confirmed",
            "esco_code",
            "onet_code",
            "created_at",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_labels(self, skill: Skill) -> list[str]:
        return sorted(label.text for label in skill.labels.all())


class SkillRowSerializer(SkillSerializer):
    """A skill in a list."""


class SkillListQuery(ShapedQuery, SkillQuery):
    row_class = SkillRowSerializer


class SkillRowQuery(ShapedQuery):
    row_class = SkillSerializer
