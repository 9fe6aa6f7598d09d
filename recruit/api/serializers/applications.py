"""Applications, their moves, and the reasons for which they end."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from recruit.api.access import Access
from recruit.api.fields import (
    CANONICAL_UUID,
    Choice,
    Identifier,
    OptionalText,
    Text,
)
from recruit.api.serializers.base import (
    NamedSerializer,
    StrictModelSerializer,
    StrictSerializer,
)
from recruit.api.serializers.query import PageQuery, ShapedQuery, SourcedQuery
from recruit.applications.choices import EndedBy, Outcome, Stage
from recruit.applications.models import (
    Application,
    DispositionReason,
    StageTransition,
)
from recruit.applications.stages import unknown_stages
from recruit.applications.veil import Veil, veil_of
from recruit.common.fields import LINE_LENGTH


class ApplicationQuery(SourcedQuery):
    orders = {
        "-id": ("-id",),
        "id": ("id",),
        "-applied_at": ("-applied_at", "-id"),
        "applied_at": ("applied_at", "id"),
        "-updated_at": ("-updated_at", "-id"),
        "updated_at": ("updated_at", "id"),
    }

    job = serializers.UUIDField(required=False)
    candidate = serializers.UUIDField(required=False)
    stage = serializers.SlugField(max_length=40, required=False)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)

    def validate_stage(self, code: str) -> str:
        if unknown_stages([code]):
            sentence = _("No pipeline has the stage “%s”.") % code
            raise serializers.ValidationError(sentence, code="invalid_choice")
        return code


class ReasonQuery(PageQuery):
    outcome = serializers.ChoiceField(choices=EndedBy.choices, required=False)
    code = serializers.CharField(
        required=False, max_length=40, help_text="The reason with this code."
    )
    is_active = serializers.BooleanField(
        required=False, help_text="Those that are still given, or those that are not."
    )


class DispositionReasonSerializer(StrictModelSerializer[DispositionReason]):
    """Why an application may end without a hire."""

    class Meta:
        model = DispositionReason
        fields = ("id", "code", "label", "outcome", "is_active")
        read_only_fields = fields


class DispositionReasonRowSerializer(DispositionReasonSerializer):
    """A reason in a list."""


class ReasonListQuery(ShapedQuery, ReasonQuery):
    row_class = DispositionReasonRowSerializer


class ReasonRowQuery(ShapedQuery):
    row_class = DispositionReasonSerializer


class StageTransitionSerializer(StrictModelSerializer[StageTransition]):
    """One move: from where to where, when, and by whom."""

    disposition_reason = Identifier(
        source="disposition_reason_id", read_only=True, allow_null=True
    )
    undoes = Identifier(source="undoes_id", read_only=True, allow_null=True)

    class Meta:
        model = StageTransition
        fields = (
            "id",
            "from_stage",
            "to_stage",
            "from_outcome",
            "to_outcome",
            "disposition_reason",
            "undoes",
            "moved_at",
            "actor_kind",
            "actor_id",
            "actor_name",
            "on_behalf_of_id",
        )
        read_only_fields = fields


class ApplicationSerializer(StrictModelSerializer[Application]):
    """One candidate considered for one job."""

    job = Identifier(source="job_id", read_only=True)
    candidate = Identifier(
        source="candidate_id",
        read_only=True,
        help_text="Where the job hides who applied, an id that stands for them in this"
        " job alone.",
    )
    disposition_reason = Identifier(
        source="disposition_reason_id", read_only=True, allow_null=True
    )
    transitions = StageTransitionSerializer(many=True, read_only=True)

    class Meta:
        model = Application
        fields = (
            "id",
            "job",
            "candidate",
            "stage",
            "outcome",
            "disposition_reason",
            "source",
            "external_id",
            "applied_at",
            "stage_changed_at",
            "ended_at",
            "transitions",
            "version",
            "updated_at",
        )
        read_only_fields = fields


class Reference(Identifier):
    """The id of a row the caller may see; any other id does not exist for them."""

    @abstractmethod
    def visible(self, access: Access) -> "QuerySet[Any]":
        """Return the rows that the caller may name."""

    def to_internal_value(self, data: Any) -> Any:
        rows = self.visible(self.context["access"])
        row = rows.filter(pk=super().to_internal_value(data)).first()
        if row is None:
            raise serializers.ValidationError(
                _("There is nothing with this id."), code="does_not_exist"
            )
        return row


class JobId(Reference):
    def visible(self, access: Access) -> "QuerySet[Any]":
        return access.jobs()


class CandidateId(Reference):
    def visible(self, access: Access) -> "QuerySet[Any]":
        return access.candidates()


class ReasonId(Reference):
    def visible(self, access: Access) -> "QuerySet[Any]":
        return DispositionReason.objects.all()


class NewApplicationSerializer(StrictSerializer):
    """The job and the candidate to bring together.

    Of a job that hides names, the candidate may be named as its matches name them.
    """

    job = JobId()
    candidate = CandidateId()
    source = OptionalText(required=False, max_length=100)  # type: ignore[assignment]
    external_id = OptionalText(required=False, max_length=LINE_LENGTH)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        return super().to_internal_value(self._with_person(data))

    def _with_person(self, body: Any) -> Any:
        """Return a body with the person whom the job's own pages call so."""
        veil, given = veil_and_person(body, self.context["access"])
        meant = veil.one_behind(given) if veil and given else None
        return {**body, "candidate": str(meant)} if meant else body


def veil_and_person(body: Any, access: Access) -> tuple[Veil | None, UUID | None]:
    """Return what the job of a body hides, and the id that names a person there."""
    if not isinstance(body, Mapping):
        return None, None
    given = [body.get("job"), body.get("candidate")]
    if not all(isinstance(x, str) and CANONICAL_UUID.fullmatch(x) for x in given):
        return None, None
    job_id, candidate_id = map(UUID, cast("list[str]", given))
    job = access.jobs().filter(pk=job_id).first()
    return (veil_of(job) if job else None), candidate_id


class NamedApplicationSerializer(NamedSerializer, NewApplicationSerializer):
    """The job and the candidate of an application whose external id is given."""


class MoveSerializer(StrictSerializer):
    """The stage to move to."""

    to_stage = Text(
        max_length=40,
        help_text="The code of a stage of the job: see `/jobs/{id}/stages`.",
    )


class StageOfJobSerializer(serializers.Serializer[Any]):
    """A stage that people of a job can stand at."""

    code = serializers.CharField(
        help_text="What `/move` takes as `to_stage`, and an application has as `stage`."
    )
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="The stage as people read it."
    )
    kind = Choice(
        choices=Stage.choices,
        help_text="What reports count it as, whatever it is called.",
    )
    leads_to_hire = serializers.BooleanField(
        help_text="Whether `/hire` may end an application here."
    )


class StagesSerializer(serializers.Serializer[Any]):
    """The stages of a job."""

    items = StageOfJobSerializer(many=True, help_text="All of them, first to last.")
    next = serializers.URLField(
        allow_null=True, help_text="Always null: there is one page."
    )


class EndingSerializer(StrictSerializer):
    """Why the application ends."""

    disposition_reason = ReasonId()
