"""Jobs with their requirements."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError as ModelError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recruit.accounts.models import User
from recruit.api.access import Access
from recruit.api.fields import Identifier, Text
from recruit.api.serializers.base import (
    NamedSerializer,
    StrictModelSerializer,
    WholeSerializer,
    rows_of,
)
from recruit.api.serializers.query import BY_TIME, SourcedQuery, WordsQuery
from recruit.jobs.choices import JobFamily, JobStatus
from recruit.jobs.models import Job, JobSkill
from recruit.jobs.operations import MOST_REQUIREMENTS, JobFields, RequirementInput
from recruit.skills.names import SKILL_LENGTH
from recruit.skills.operations import check_skill_words

MOST_RECRUITERS = 50


class JobQuery(SourcedQuery, WordsQuery):
    orders = BY_TIME

    status = serializers.ChoiceField(choices=JobStatus.choices, required=False)
    family = serializers.ChoiceField(choices=JobFamily.choices, required=False)
    requisition_code = Text(required=False, max_length=64)


class SkillWords(Text):
    """A skill by its words; any word by which it is known will do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": SKILL_LENGTH, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        words = super().to_internal_value(data)
        try:
            check_skill_words([words])
        except ModelError as error:
            raise serializers.ValidationError(error.messages, "refused") from error
        return words

    def to_representation(self, value: Any) -> str:
        return str(value.name)


class RequirementSerializer(StrictModelSerializer[JobSkill]):
    """A skill that a job requires, prefers or excludes."""

    skill = SkillWords(help_text="The skill by any word it is known by.")
    skill_id = Identifier(read_only=True)

    class Meta:
        model = JobSkill
        fields: tuple[str, ...] = (
            "skill",
            "skill_id",
            "importance",
            "minimum_proficiency",
            "minimum_years",
        )


class AccountId(Identifier):
    """An active account, by its id."""

    def to_internal_value(self, data: Any) -> Any:
        found = User.objects.active().filter(pk=super().to_internal_value(data))
        if (user := found.first()) is None:
            raise serializers.ValidationError(
                _("There is no such account."), code="does_not_exist"
            )
        return user

    def to_representation(self, value: Any) -> str:
        return str(value.pk)


@extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
class RecruiterIds(serializers.ListField):
    """Active accounts that recruit, by their ids."""

    child = Identifier()

    def to_internal_value(self, data: Any) -> list[Any]:
        ids: list[UUID] = super().to_internal_value(data)
        found = {user.pk: user for user in User.objects.recruiting().filter(pk__in=ids)}
        errors = {
            place: [
                serializers.ErrorDetail(
                    str(_("There is no such recruiter.")), code="does_not_exist"
                )
            ]
            for place, user_id in enumerate(ids)
            if user_id not in found
        }
        if errors:
            raise serializers.ValidationError(errors)  # type: ignore[arg-type]
        return list(found.values())

    def to_representation(self, data: Any) -> list[str]:
        return sorted(str(user.pk) for user in data.all())


def fields_of(checked: Mapping[str, Any]) -> JobFields:
    """Return the fields of a checked body."""
    stated = dict(checked)
    stated.pop("requirements", None)
    return cast("JobFields", stated)


def requirements_of(checked: Mapping[str, Any]) -> list[RequirementInput] | None:
    """Return the requirements of a checked body, None where it says nothing."""
    if "requirements" not in checked:
        return None
    return [RequirementInput(**row) for row in checked["requirements"]]


class JobSerializer(StrictModelSerializer[Job]):
    """A job (requisition) with its requirements."""

    hiring_manager = AccountId(required=False, allow_null=True)
    recruiters = RecruiterIds(required=False, max_length=MOST_RECRUITERS)
    requirements = rows_of(RequirementSerializer, most=MOST_REQUIREMENTS)

    class Meta:
        model = Job
        fields = (
            "id",
            "requisition_code",
            "title",
            "description",
            "department",
            "family",
            "place",
            "region",
            "country",
            "remote_policy",
            "employment_type",
            "salary_min",
            "salary_max",
            "salary_currency",
            "openings",
            "status",
            "hiring_manager",
            "recruiters",
            "confidential",
            "source",
            "external_id",
            "requirements",
            "version",
            "created_at",
            "updated_at",
        )

    def validate_confidential(self, confidential: bool) -> bool:  # noqa: FBT001
        access: Access = self.context["access"]
        if confidential and not access.sees_confidential:
            raise serializers.ValidationError(
                _("The token lacks the scope jobs:confidential."), code="missing_scope"
            )
        return confidential

    def stated_fields(self) -> JobFields:
        """Return the fields that the body states."""
        return fields_of(self.validated_data)

    def stated_requirements(self) -> list[RequirementInput] | None:
        """Return the requirements, None where the body says nothing of them."""
        return requirements_of(self.validated_data)


class WholeJobSerializer(WholeSerializer, JobSerializer):
    """A job stated whole, for PUT."""


class NamedJobSerializer(NamedSerializer, WholeJobSerializer):
    """A job stated whole, whose external id the address says."""
