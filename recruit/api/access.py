"""What a request may see and do: its user's rights, narrowed by its token."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Scope
from recruit.accounts.models import ApiToken, User
from recruit.applications.blind import known_by_name
from recruit.applications.models import Application
from recruit.applications.queries import candidates_visible_to
from recruit.applications.querysets import ApplicationQuerySet
from recruit.candidates.querysets import CandidateQuerySet
from recruit.imports.models import FileImport
from recruit.imports.querysets import FileImportQuerySet
from recruit.jobs.models import Job
from recruit.jobs.querysets import JobQuerySet
from recruit.notes.models import JobTag, Note, Tag
from recruit.notes.querysets import NoteQuerySet, TagQuerySet
from recruit.talent.models import Kept, SavedSearch, TalentPool
from recruit.talent.querysets import SavedSearchQuerySet, TalentPoolQuerySet

DIGEST_LENGTH = 16


@dataclass(frozen=True)
class Access:
    """The rights of one request.

    Those of its user, who owns what it makes and in whose name it reads. A token
    narrows them to its scopes, and to what its own account may see and do where the
    request names another user (On-Behalf-Of): nobody gains by naming somebody.
    """

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
        if self.token is None:
            return Actor.of(self.user)
        return Actor.of_token(self.token, self.token.on_behalf_of)

    @property
    def account(self) -> User:
        """Return whose token it is; of a session the user."""
        return self.token.user if self.token else self.user

    @property
    def names_another(self) -> bool:
        """True where two people's rights count, not one's."""
        return self.account != self.user

    @property
    def digest(self) -> str:
        """Return what a caller sees by: another one after each change of it."""
        scopes = sorted(self.token.scopes) if self.token else None
        people = [(str(one.pk), one.role) for one in (self.user, self.account)]
        told = json.dumps([people, scopes])
        return hashlib.sha256(told.encode()).hexdigest()[:DIGEST_LENGTH]

    def has_scope(self, scope: Scope) -> bool:
        """True for a session, and for a token that holds the scope."""
        return self.token is None or scope in self.token.scopes

    @property
    def may_write(self) -> bool:
        """True for recruiters and administrators; hiring managers only read."""
        return self.user.is_recruiting and self.account.is_recruiting

    @property
    def is_administrator(self) -> bool:
        return self.user.is_administrator and self.account.is_administrator

    @property
    def sees_protected(self) -> bool:
        """True for whom contacts, pay and work permits are not left out."""
        return self.has_scope(Scope.PROTECTED)

    @property
    def sees_confidential(self) -> bool:
        """True where it sees each confidential job that its user sees.

        On behalf of another user only those jobs that the token's account sees too:
        `jobs` knows which; whoever asks here alone shows none of them.
        """
        return self.has_scope(Scope.CONFIDENTIAL) and not self.names_another

    def jobs(self) -> JobQuerySet:
        jobs = Job.objects.visible_to(self.user)
        if self.names_another:
            jobs = jobs.filter(pk__in=Job.objects.visible_to(self.account).values("pk"))
        if self.has_scope(Scope.CONFIDENTIAL):
            return jobs
        return jobs.filter(confidential=False)

    def applications(self) -> ApplicationQuerySet:
        if self.names_another:
            return Application.objects.filter(job__in=self.jobs())
        applications = Application.objects.visible_to(self.user)
        if self.sees_confidential:
            return applications
        return applications.filter(job__confidential=False)

    def candidates(self) -> CandidateQuerySet:
        candidates = candidates_visible_to(self.user)
        if self.sees_confidential or self.user.is_recruiting:
            return candidates
        # Who is seen because of a confidential job alone is not seen without it.
        seen = known_by_name(self.applications())
        applied = seen.filter(candidate=OuterRef("pk"))
        return candidates.filter(Exists(applied))

    def notes(self) -> NoteQuerySet:
        """Return the notes that may be read; of what they are about, all is seen."""
        notes = Note.objects.standing().visible_to(self.user)
        if self.names_another:
            notes = notes.filter(pk__in=Note.objects.visible_to(self.account))
        if self.sees_confidential:
            return notes
        about_seen = Q(candidate=None) | Q(candidate__in=self.candidates())
        return notes.filter(Q(job=None) | Q(job__in=self.jobs())).filter(about_seen)

    def tags(self) -> TagQuerySet:
        """Return the tags; who does not recruit sees those of the jobs they see."""
        tags = Tag.objects.standing()
        if self.may_write:
            return tags
        borne = JobTag.objects.filter(tag=OuterRef("pk"), job__in=self.jobs())
        return tags.filter(Exists(borne))

    def pools(self) -> TalentPoolQuerySet:
        """Return the talent pools; of another user's private ones, none."""
        pools = TalentPool.objects.visible_to(self.user)
        if not self.names_another:
            return pools
        return pools.filter(pk__in=TalentPool.objects.visible_to(self.account))

    def searches(self) -> SavedSearchQuerySet:
        """Return the saved searches; of another user's private ones, none."""
        searches = SavedSearch.objects.visible_to(self.user)
        if not self.names_another:
            return searches
        return searches.filter(pk__in=SavedSearch.objects.visible_to(self.account))

    def imports(self) -> FileImportQuerySet:
        """Return the files; of another user's, those sent in their name by us."""
        files = FileImport.objects.of(self.user)
        return files.filter(token__user=self.account) if self.names_another else files

    def may_change(self, kept: Kept) -> bool:
        """Say whether a pool or search that is seen may be changed, too."""
        if kept.owner_id == self.user.pk:
            return True
        # Of two accounts both are asked, or naming an administrator would be a right.
        return kept.is_shared and self.is_administrator

    def users(self) -> QuerySet[User]:
        """Return the accounts that may be known.

        Who does not recruit knows themselves, and who recruits for their jobs.
        """
        if self.may_write:
            return User.objects.all()
        on_jobs = Q(jobs_as_recruiter__in=self.jobs())
        named = User.objects.filter(on_jobs).values("pk")
        return User.objects.filter(Q(pk=self.user.pk) | Q(pk__in=named))
