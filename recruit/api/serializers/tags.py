"""Tags, and who bears them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from recruit.api.access import Access
from recruit.api.fields import Identifier, Text
from recruit.api.serializers.applications import Reference
from recruit.api.serializers.base import StrictModelSerializer, StrictSerializer
from recruit.api.serializers.query import PageQuery, ShapedQuery
from recruit.notes.models import TAG_LENGTH, Tag

NAME = "What it is called; case and accents make no other tag of it."


class TagQuery(PageQuery):
    orders = {
        "name": ("key", "id"),
        "-name": ("-key", "-id"),
        "created_at": ("created_at", "id"),
        "-created_at": ("-created_at", "-id"),
    }

    q = Text(required=False, max_length=TAG_LENGTH, help_text="How the name begins.")
    name = Text(
        required=False,
        max_length=TAG_LENGTH,
        help_text="The whole name; that of a merged tag leads to the one it became.",
    )


class BearersQuery(PageQuery):
    """The tags of one person or job, those given last first."""


class TagSerializer(StrictModelSerializer[Tag]):
    """A word of one's own on people and jobs."""

    candidate_count = serializers.IntegerField(
        read_only=True, help_text="People who bear it, of those the caller may see."
    )
    job_count = serializers.IntegerField(
        read_only=True, help_text="Jobs that bear it, of those the caller may see."
    )

    class Meta:
        model = Tag
        fields = (
            "id",
            "name",
            "candidate_count",
            "job_count",
            "created_at",
            "version",
        )
        read_only_fields = fields
        extra_kwargs = {"name": {"help_text": NAME}}


class TagRowSerializer(TagSerializer):
    """A tag in a list."""


class TagListQuery(ShapedQuery, TagQuery):
    row_class = TagRowSerializer


class TagRowQuery(ShapedQuery):
    row_class = TagSerializer


class TagNameSerializer(StrictSerializer):
    """What a tag is called."""

    name = Text(max_length=TAG_LENGTH, help_text=NAME)


class TagId(Reference):
    def visible(self, access: Access) -> "QuerySet[Any]":
        return access.tags()


class MergeSerializer(StrictSerializer):
    """The tag that is kept."""

    into = TagId(help_text="The tag that this one becomes part of.")


class BorneTagSerializer(serializers.Serializer[Any]):
    """A tag that a person or job bears."""

    id = Identifier(source="tag_id", help_text="The id of the tag.")
    name = serializers.CharField(source="tag.name", help_text=NAME)
    tagged_at = serializers.DateTimeField(help_text="Since when.")
    tagged_by_name = serializers.CharField(help_text="Who gave it.")
