"""Notes about a candidate, for a job, or both."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from recruit.api import protected
from recruit.api.fields import Identifier, Moment, Text
from recruit.api.serializers.applications import CandidateId, JobId, veil_and_person
from recruit.api.serializers.base import StrictModelSerializer, StrictSerializer
from recruit.api.serializers.query import ShapedQuery, SyncedQuery
from recruit.notes.models import NOTE_LENGTH, Note, NoteVersion

GONE = "does_not_exist"
MENTIONING = "An @ before a colleague's name or e-mail address tells them."


class NoteQuery(SyncedQuery):
    orders = {
        "-written_at": ("-written_at", "-id"),
        "written_at": ("written_at", "id"),
    }

    candidate = serializers.UUIDField(
        required=False,
        help_text="Notes on this person. With `job`, the id that this job's matches and"
        " applications give; else notes for jobs that hide names are left out.",
    )
    job = serializers.UUIDField(required=False, help_text="Notes for this job.")
    author = serializers.UUIDField(
        required=False, help_text="Notes that this user wrote."
    )
    updated_since = Moment(
        required=False, help_text="Notes written or edited at this moment or after it."
    )


class NoteVersionSerializer(StrictModelSerializer[NoteVersion]):
    """What a note said before it was edited."""

    class Meta:
        model = NoteVersion
        fields = ("number", "text", "written_at")
        read_only_fields = fields
        extra_kwargs = {
            "number": {"help_text": "The version of the note that said this."},
            "text": {"help_text": "What it said."},
            "written_at": {"help_text": "Since when it said so."},
        }


class NoteRowSerializer(StrictModelSerializer[Note]):
    """A note, without what it said before."""

    candidate = Identifier(
        source="shown_candidate_id",
        read_only=True,
        allow_null=True,
        help_text="Whom it is about. Where its job hides who applied, an id that stands"
        " for them in this job alone.",
    )
    job = Identifier(
        source="job_id",
        read_only=True,
        allow_null=True,
        help_text="The job it is for; whoever sees the job reads the note. Null: for"
        " recruiters alone.",
    )
    author = Identifier(
        source="author_id",
        read_only=True,
        allow_null=True,
        help_text="Who wrote it and may edit it; null for a system.",
    )
    mentions = serializers.SerializerMethodField(
        help_text="The users whom the text mentions; they were told."
    )

    class Meta:
        model = Note
        fields: tuple[str, ...] = (
            "id",
            "candidate",
            "job",
            "text",
            "author",
            "author_name",
            "mentions",
            "written_at",
            "edited_at",
            "version",
        )
        read_only_fields = fields
        extra_kwargs = {
            "text": {"help_text": "What it says."},
            "author_name": {"help_text": "The name of who wrote it, as it was then."},
            "edited_at": {"help_text": "When it was last edited; null if never."},
        }

    def to_representation(self, instance: Any) -> Any:
        told = super().to_representation(instance)
        return protected.shown(told, self.context.get("access"))

    @extend_schema_field(
        {"type": "array", "items": {"type": "string", "format": "uuid"}}
    )
    def get_mentions(self, note: Note) -> list[str]:
        return sorted(str(mention.user_id) for mention in note.mentions.all())


class NoteListQuery(ShapedQuery, NoteQuery):
    row_class = NoteRowSerializer


class NoteSerializer(NoteRowSerializer):
    """A note with what it said before."""

    versions = serializers.SerializerMethodField(
        help_text="What it said before it was edited, the newest first."
    )

    class Meta(NoteRowSerializer.Meta):
        fields = (*NoteRowSerializer.Meta.fields, "versions")
        read_only_fields = fields

    @extend_schema_field(NoteVersionSerializer(many=True))
    def get_versions(self, note: Note) -> Any:
        newest_first = sorted(note.versions.all(), key=lambda one: -one.number)
        return NoteVersionSerializer(newest_first, many=True).data


class NoteRowQuery(ShapedQuery):
    row_class = NoteSerializer


class NewNoteSerializer(StrictSerializer):
    """What to write, and about whom or what."""

    candidate = CandidateId(
        required=False,
        allow_null=True,
        help_text="Whom it is about. Of a job that hides names, the id that its"
        " applications or matches give.",
    )
    job = JobId(
        required=False,
        allow_null=True,
        help_text="The job it is for; whoever sees the job reads the note.",
    )
    text = Text(max_length=NOTE_LENGTH, help_text=MENTIONING)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(self._with_person(data))
        if not (values.get("candidate") or values.get("job")):
            needs = _("A note is about a candidate, a job, or both.")
            wrong = [ErrorDetail(str(needs), code="refused")]
            raise serializers.ValidationError({"candidate": wrong})
        return values

    def _with_person(self, body: Any) -> Any:
        """Return a body with the person whom the job's own pages call so."""
        veil, given = veil_and_person(body, self.context["access"])
        if veil is None or given is None or not veil.is_on:
            return body
        meant = veil.one_behind(given)
        if meant is None:
            # The own id of somebody hidden is nobody's beside this job.
            gone = [ErrorDetail(str(_("There is nothing with this id.")), code=GONE)]
            raise serializers.ValidationError({"candidate": gone})
        assert isinstance(body, Mapping)  # noqa: S101 - it named a job
        return {**body, "candidate": str(meant)}


class NoteTextSerializer(StrictSerializer):
    """What the note says from now on."""

    text = Text(max_length=NOTE_LENGTH, help_text=MENTIONING)
