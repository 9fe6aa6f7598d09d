"""Rows of lists, with what is related to them where the caller asks for it."""

from typing import Any

from rest_framework import serializers
from rest_framework.fields import SkipField

from recruit.api.fields import Identifier
from recruit.api.serializers.applications import ApplicationQuery, ApplicationSerializer
from recruit.api.serializers.candidates import CandidateHeadSerializer, CandidateQuery
from recruit.api.serializers.jobs import JobQuery, JobSerializer
from recruit.api.serializers.query import RELATED, ShapedQuery
from recruit.api.serializers.skills import SkillQuery, SkillSerializer

# Components of which some fields can be missing in answers, and what is always there.
PARTIAL = {
    "CandidateRow": ["id"],
    "JobRow": ["id"],
    "ApplicationRow": ["id"],
    "SkillRow": ["id"],
    "CandidateRelated": [],
    "JobRelated": [],
    "ApplicationRelated": [],
}


class RelatedSerializer(serializers.Serializer[Any]):
    """What was asked for with `include`; the view puts it into `row.related`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "read_only": True})

    def get_attribute(self, instance: Any) -> Any:
        try:
            return instance.related
        except AttributeError as error:
            raise SkipField from error

    def to_representation(self, instance: Any) -> Any:
        return instance  # of bodies


class DocumentTextSerializer(serializers.Serializer[Any]):
    """The text of a document."""

    id = Identifier(help_text="The document.")
    text = serializers.CharField(help_text="Its whole text.")


class CandidateRelatedSerializer(RelatedSerializer):
    """What is related to a candidate, as far as it was asked for."""

    applications = ApplicationSerializer(
        many=True,
        help_text="Their applications, newest first, but for those on jobs that hide"
        " who applied.",
    )
    document_texts = DocumentTextSerializer(
        many=True, help_text="The texts of their documents."
    )


class JobRelatedSerializer(RelatedSerializer):
    """What is related to a job, as far as it was asked for."""

    application_counts = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="The number of active applications by the code of their stage.",
    )


class ApplicationRelatedSerializer(RelatedSerializer):
    """What is related to an application, as far as it was asked for."""

    job = JobSerializer(help_text="The job.")
    candidate = CandidateHeadSerializer(
        allow_null=True,
        help_text="The candidate; null where the job hides who applied, and for"
        " somebody who was erased.",
    )


class CandidateRowSerializer(CandidateHeadSerializer):
    """A candidate in a list: the documents without their texts."""

    related = CandidateRelatedSerializer()

    class Meta(CandidateHeadSerializer.Meta):
        fields = (*CandidateHeadSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


class JobRowSerializer(JobSerializer):
    """A job in a list."""

    related = JobRelatedSerializer()

    class Meta(JobSerializer.Meta):
        fields = (*JobSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


class ApplicationRowSerializer(ApplicationSerializer):
    """An application in a list."""

    related = ApplicationRelatedSerializer()

    class Meta(ApplicationSerializer.Meta):
        fields = (*ApplicationSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


class SkillRowSerializer(SkillSerializer):
    """A skill in a list."""


class CandidateListQuery(ShapedQuery, CandidateQuery):
    row_class = CandidateRowSerializer


class JobListQuery(ShapedQuery, JobQuery):
    row_class = JobRowSerializer


class ApplicationListQuery(ShapedQuery, ApplicationQuery):
    row_class = ApplicationRowSerializer


class SkillListQuery(ShapedQuery, SkillQuery):
    row_class = SkillRowSerializer
