"""What a request may see and do: its user's rights, narrowed by its token."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Exists, OuterRef, Q
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Scope
from recruit.accounts.models import ApiToken, User
from recruit.applications.models import Application
from recruit.applications.queries import candidates_visible_to
from recruit.applications.querysets import ApplicationQuerySet
from recruit.candidates.querysets import CandidateQuerySet
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.notes.models import JobTag, Note, Tag
from recruit.notes.querysets import NoteQuerySet, TagQuerySet


@dataclass(frozen=True)
class Access:
    """The rights of one request."""

    user: User
    token: ApiToken | None

    @classmethod
    def of(cls, request: Request) -> Self:
        """Return the rights of a signed-in request. Raise NotAuthenticated."""
        if not isinstance(request.user, User):
            raise NotAuthenticated
        token = request.auth if isinstance(request.auth, ApiToken) else None
        return cls(user=request.user, token=token)

    @cached_property
    def actor(self) -> Actor:
        """Return who the events will name."""
        return Actor.of_token(self.token) if self.token else Actor.of(self.user)

    def has_scope(self, scope: Scope) -> bool:
        """True for a session, and for a token that holds the scope."""
        return self.token is None or scope in self.token.scopes

    @property
    def may_write(self) -> bool:
        """True for recruiters and administrators; hiring managers only read."""
        return self.user.is_recruiting

    @property
    def sees_confidential(self) -> bool:
        return self.has_scope(Scope.CONFIDENTIAL)

    def jobs(self) -> JobQuerySet:
        jobs = Job.objects.visible_to(self.user)
        return jobs if self.sees_confidential else jobs.filter(confidential=False)

    def applications(self) -> ApplicationQuerySet:
        applications = Application.objects.visible_to(self.user)
        if self.sees_confidential:
            return applications
        return applications.filter(job__confidential=False)

    def candidates(self) -> CandidateQuerySet:
        candidates = candidates_visible_to(self.user)
        if self.sees_confidential or self.user.is_recruiting:
            return candidates
        # Who is seen because of a confidential job alone is not seen without it.
        applied = self.applications().filter(candidate=OuterRef("pk"))
        return candidates.filter(Exists(applied))

    def notes(self) -> NoteQuerySet:
        """Return the notes that may be read; of what they are about, all is seen."""
        notes = Note.objects.standing().visible_to(self.user)
        if self.sees_confidential:
            return notes
        plain = notes.filter(Q(job=None) | Q(job__confidential=False))
        about_seen = Q(candidate=None) | Q(candidate__in=self.candidates())
        return plain.filter(about_seen)

    def tags(self) -> TagQuerySet:
        """Return the tags; who does not recruit sees those of the jobs they see."""
        tags = Tag.objects.standing()
        if self.user.is_recruiting:
            return tags
        borne = JobTag.objects.filter(tag=OuterRef("pk"), job__in=self.jobs())
        return tags.filter(Exists(borne))
