"""Notes on people and jobs, mentions of colleagues, and tags."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.common.fields import no_null_characters
from recruit.common.ids import uuid7
from recruit.common.text import fold, shows
from recruit.jobs.models import Job
from recruit.notes.querysets import MentionQuerySet, NoteQuerySet, TagQuerySet

NOTE_LENGTH = 10_000  # characters
TAG_LENGTH = 50
TAG_KEY_LENGTH = 4 * TAG_LENGTH  # folding may lengthen a name
ACTOR_LENGTH = 200


class Note(models.Model):
    """What somebody wrote about a person, a job, or a person for a job."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, null=True, related_name="notes"
    )
    job = models.ForeignKey(
        Job, on_delete=models.CASCADE, null=True, related_name="notes"
    )
    text = models.TextField(
        _("note"),
        blank=True,  # of a deleted note nothing is left
        validators=[no_null_characters, MaxLengthValidator(NOTE_LENGTH)],
    )
    words = SearchVectorField(editable=False)
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="notes"
    )
    author_name = models.CharField(max_length=ACTOR_LENGTH)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by_name = models.CharField(max_length=ACTOR_LENGTH, default="")
    version = models.PositiveIntegerField(default=1)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate__isnull=False) | Q(job__isnull=False),
                name="notes_about_somebody_or_a_job",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(text=""),
                name="notes_deleted_say_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["candidate", "-written_at"], name="notes_by_candidate"
            ),
            models.Index(fields=["job", "-written_at"], name="notes_by_job"),
            GinIndex(fields=["words"], name="notes_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}, {self.written_at:%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        if not shows(self.text):
            raise ValidationError({"text": _("A note needs words.")})


class NoteVersion(models.Model):
    """What a note said before it was edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(
        Note, on_delete=models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a note")
        verbose_name_plural = _("versions of notes")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "number"], name="note_versions_one_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Mention(models.Model):
    """A colleague named in a note."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(
        Note, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    mentioned_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "user"], name="mentions_one_per_note_and_user"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-mentioned_at"], name="mentions_by_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Tag(models.Model):
    """A word of one's own on people and jobs.

    One that became part of another stays as a word that leads there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(
        _("name"), max_length=TAG_LENGTH, validators=[no_null_characters]
    )
    key = models.CharField(max_length=TAG_KEY_LENGTH, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    created_at = models.DateTimeField(_("created"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="tags_one_per_key",
                violation_error_message=_("A tag with this name exists."),
            ),
            models.CheckConstraint(condition=~Q(key=""), name="tags_have_a_key"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="tags_merged_into_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["key"], name="tags_prefix", opclasses=["text_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = " ".join(self.name.split())
        self.key = fold(self.name)
        if not (shows(self.name) and self.key):
            raise ValidationError({"name": _("A tag needs a name.")})


class CandidateTag(models.Model):
    """A tag that a person bears."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="tags", db_index=False
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="candidate_tags"
    )
    tagged_at = models.DateTimeField()
    tagged_by_name = models.CharField(max_length=ACTOR_LENGTH)

    class Meta:
        verbose_name = _("tag of a candidate")
        verbose_name_plural = _("tags of candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "tag"],
                name="candidate_tags_one_per_candidate_and_tag",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tag_id}"


class JobTag(models.Model):
    """A tag that a job bears."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(
        Job, on_delete=models.CASCADE, related_name="tags", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="job_tags")
    tagged_at = models.DateTimeField()
    tagged_by_name = models.CharField(max_length=ACTOR_LENGTH)

    class Meta:
        verbose_name = _("tag of a job")
        verbose_name_plural = _("tags of jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["job", "tag"], name="job_tags_one_per_job_and_tag"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tag_id}"
