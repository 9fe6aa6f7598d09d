"""Named conditions on notes, mentions and tags."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, OuterRef, Q

from recruit.applications.blind import blindness_of_jobs, known_by_name
from recruit.applications.models import Application
from recruit.applications.queries import candidates_visible_to
from recruit.common.text import fold
from recruit.common.words import STEMMED, searchable
from recruit.jobs.models import Job

if TYPE_CHECKING:
    from recruit.accounts.models import User
    from recruit.notes.models import Mention, Note, Tag


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: "User | None") -> "NoteQuerySet":
        """Keep the notes a user may read; None is the system and reads all.

        A note that speaks of a job is read by those who see the job. What was written
        about a person alone is read by recruiters and administrators.
        """
        if user is None:
            return self
        jobs = Job.objects.visible_to(user)
        if user.is_recruiting:
            return self.filter(Q(job=None) | Q(job__in=jobs))
        people = candidates_visible_to(user)
        return self.filter(Q(candidate=None) | Q(candidate__in=people), job__in=jobs)

    def standing(self) -> "NoteQuerySet":
        """Leave out what was deleted."""
        return self.filter(deleted_at=None)

    def that_name_people(self) -> "NoteQuerySet":
        """Leave out notes about people whom the job they are about hides."""
        hiding = list(blindness_of_jobs())
        if not hiding:
            return self
        known = known_by_name(
            Application.objects.filter(
                job=OuterRef("job"), candidate=OuterRef("candidate")
            )
        )
        about_both = Q(job__in=hiding, candidate__isnull=False)
        return self.exclude(about_both & ~Exists(known))

    def about_candidate(self, candidate_id: UUID) -> "NoteQuerySet":
        return self.filter(candidate=candidate_id)

    def about_job(self, job_id: UUID) -> "NoteQuerySet":
        return self.filter(job=job_id)

    def holding(self, words: str) -> "NoteQuerySet":
        """Keep the notes that hold all the words, "quoted ones" together."""
        query = SearchQuery(searchable(words), config=STEMMED, search_type="websearch")
        return self.standing().filter(words=query)

    def with_subjects(self) -> "NoteQuerySet":
        """Load whom and what each note is about."""
        return self.select_related("candidate", "job")

    def newest_first(self) -> "NoteQuerySet":
        return self.order_by("-written_at", "-id")


class MentionQuerySet(models.QuerySet["Mention"]):
    def unread(self) -> "MentionQuerySet":
        return self.filter(read_at=None)

    def with_notes(self) -> "MentionQuerySet":
        return self.select_related("note__candidate", "note__job")

    def newest_first(self) -> "MentionQuerySet":
        return self.order_by("-mentioned_at", "-id")


class TagQuerySet(models.QuerySet["Tag"]):
    def standing(self) -> "TagQuerySet":
        """Leave out those that became part of another."""
        return self.filter(merged_into=None)

    def beginning_with(self, words: str) -> "TagQuerySet":
        return self.standing().filter(key__startswith=fold(words)).order_by("key")

    def of_candidates(self, candidate_ids: Collection[UUID]) -> "TagQuerySet":
        """Keep the tags that some of these people bear."""
        return self.filter(candidate_tags__candidate__in=candidate_ids).distinct()

    def by_name(self) -> "TagQuerySet":
        return self.order_by("key")
