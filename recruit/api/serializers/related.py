"""Rows, alone and in lists, with what is related to them where the caller asks."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.fields import SkipField

from recruit.api.fields import Identifier
from recruit.api.serializers.applications import ApplicationQuery, ApplicationSerializer
from recruit.api.serializers.candidates import (
    CandidateHeadSerializer,
    CandidateQuery,
    CandidateSerializer,
)
from recruit.api.serializers.jobs import JobQuery, JobSerializer
from recruit.api.serializers.query import RELATED, ExternalIdQuery, ShapedQuery


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


class JobRelatedSerializer(RelatedSerializer):
    """What is related to a job, as far as it was asked for."""

    application_counts = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="The number of active applications by the code of their stage.",
    )


# One component says what is answered of one row, by reads and writes alike.
@extend_schema_serializer(component_name="Job")
class JobWithRelatedSerializer(JobSerializer):
    """A job (requisition) with its requirements."""

    related = JobRelatedSerializer()

    class Meta(JobSerializer.Meta):
        fields = (*JobSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


class ApplicationRelatedSerializer(RelatedSerializer):
    """What is related to an application, as far as it was asked for."""

    job = JobWithRelatedSerializer(help_text="The job.")
    candidate = CandidateHeadSerializer(
        allow_null=True,
        help_text="The candidate; null where the job hides who applied, and for"
        " somebody who was erased.",
    )


@extend_schema_serializer(component_name="Application")
class ApplicationWithRelatedSerializer(ApplicationSerializer):
    """One candidate considered for one job."""

    related = ApplicationRelatedSerializer()

    class Meta(ApplicationSerializer.Meta):
        fields = (*ApplicationSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


class CandidateRelatedSerializer(RelatedSerializer):
    """What is related to a candidate, as far as it was asked for."""

    applications = ApplicationWithRelatedSerializer(
        many=True,
        help_text="Their applications, newest first, but for those on jobs that hide"
        " who applied.",
    )
    document_texts = DocumentTextSerializer(
        many=True, help_text="The texts of their documents."
    )


@extend_schema_serializer(component_name="Candidate")
class CandidateWithRelatedSerializer(CandidateSerializer):
    """A person who may be considered for jobs."""

    related = CandidateRelatedSerializer()

    class Meta(CandidateSerializer.Meta):
        fields = (*CandidateSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


class CandidateRowSerializer(CandidateHeadSerializer):
    """A candidate in a list: the documents without their texts."""

    related = CandidateRelatedSerializer()

    class Meta(CandidateHeadSerializer.Meta):
        fields = (*CandidateHeadSerializer.Meta.fields, RELATED)  # type: ignore[assignment]


@extend_schema_serializer(component_name="JobRow")
class JobRowSerializer(JobWithRelatedSerializer):
    """A job in a list."""


@extend_schema_serializer(component_name="ApplicationRow")
class ApplicationRowSerializer(ApplicationWithRelatedSerializer):
    """An application in a list."""


class CandidateListQuery(ShapedQuery, CandidateQuery):
    row_class = CandidateRowSerializer


class JobListQuery(ShapedQuery, JobQuery):
    row_class = JobRowSerializer


class ApplicationListQuery(ShapedQuery, ApplicationQuery):
    row_class = ApplicationRowSerializer


class CandidateRowQuery(ShapedQuery):
    row_class = CandidateWithRelatedSerializer


class JobRowQuery(ShapedQuery):
    row_class = JobWithRelatedSerializer


class ApplicationRowQuery(ShapedQuery):
    row_class = ApplicationWithRelatedSerializer


class NamedCandidateQuery(CandidateRowQuery, ExternalIdQuery):
    """One candidate by the id that another system gave them."""


class NamedJobQuery(JobRowQuery, ExternalIdQuery):
    """One job by the id that another system gave it."""


class NamedApplicationQuery(ApplicationRowQuery, ExternalIdQuery):
    """One application by the id that another system gave it."""
