"""Everybody who may knock: sessions and tokens, good and bad."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.accounts.operations import (
    deactivate_users,
    issue_token,
    revoke_token,
    rotate_token,
)
from recruit.jobs.models import Job
from tests.factories import NOW, make_user

EVERYTHING = frozenset(Scope.values)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever sends a request."""

    name: str
    user: User | None = None  # None: nobody is let in
    secret: str = ""
    scopes: frozenset[str] | None = None  # None: a session, which needs none
    session_of: User | None = None
    behind: User | None = None  # whose token it is that names somebody else

    @property
    def is_token(self) -> bool:
        return bool(self.secret)

    @property
    def is_like_another(self) -> bool:
        """True where its rights are none, or those of another actor by another way."""
        return self.scopes == frozenset() or self.name == "secret of before"

    @property
    def asks_about_what_is_gone(self) -> bool:
        """True for one of each role, on pages and by the API."""
        return self.name in {"hiring manager", "recruiter", "administrator", "token"}

    @property
    def is_recruiting(self) -> bool:
        return self.user is not None and all(
            one.role != Role.HIRING_MANAGER for one in self._people
        )

    @property
    def is_administrator(self) -> bool:
        return self.user is not None and all(
            one.role == Role.ADMINISTRATOR for one in self._people
        )

    @property
    def _people(self) -> list[User]:
        """Return everybody whose rights it takes."""
        return [one for one in (self.user, self.behind) if one is not None]

    def has_scope(self, scope: str | None) -> bool:
        return self.scopes is None or scope is None or scope in self.scopes

    def sees_job(self, job: Job | None, named: set[UUID]) -> bool:
        """Say whether the rules let this actor see a job; written out once more."""
        if job is None or self.user is None:
            return False
        if job.confidential and not self.has_scope(Scope.CONFIDENTIAL):
            return False
        return all(_sees(one, job, named) for one in self._people)

    def client(self) -> Client:
        """Return a client that sends what this actor has."""
        if self.is_token:
            headers = {"authorization": f"Bearer {self.secret}"}
            if self.behind is not None and self.user is not None:
                headers["on-behalf-of"] = self.user.email
            return Client(headers=headers)
        client = Client()
        if self.session_of is not None:
            client.force_login(self.session_of)
        return client


def _sees(user: User, job: Job, named: set[UUID]) -> bool:
    if user.role == Role.HIRING_MANAGER:
        return job.hiring_manager_id == user.pk
    is_named = job.hiring_manager_id == user.pk or user.pk in named
    return is_named or not job.confidential


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts of the matrix."""

    manager: User
    other_manager: User
    recruiter: User
    outsider: User
    administrator: User
    outside_administrator: User


def make_staff() -> Staff:
    return Staff(
        manager=make_user(Role.HIRING_MANAGER),
        other_manager=make_user(Role.HIRING_MANAGER),
        recruiter=make_user(),
        outsider=make_user(),
        administrator=make_user(Role.ADMINISTRATOR),
        outside_administrator=make_user(Role.ADMINISTRATOR),
    )


def _session(name: str, user: User) -> Actor:
    return Actor(name, user=user, session_of=user)


def _token(name: str, user: User, scopes: frozenset[str] = EVERYTHING) -> Actor:
    _row, secret = issue_token(
        user=user, name="matrix", scopes=sorted(scopes), created_at=timezone.now()
    )
    return Actor(name, user=user, secret=secret, scopes=scopes)


def _dead_token(name: str, user: User, *, is_revoked: bool) -> Actor:
    now = timezone.now()
    token, secret = issue_token(
        user=user,
        name="matrix",
        scopes=sorted(EVERYTHING),
        created_at=now - timedelta(days=2),
        expires_at=None if is_revoked else now - timedelta(days=1),
    )
    if is_revoked:
        revoke_token(token_id=token.pk, revoked_at=now)
    return Actor(name, secret=secret)


def _on_behalf(name: str, named: User, behind: User) -> Actor:
    token = _token(name, behind)
    return replace(token, user=named, behind=behind)


def _rotated(name: str, user: User, *, is_over: bool) -> Actor:
    """Return who still sends the secret that a token had before."""
    now = timezone.now()
    overlap, ago = timedelta(hours=1), timedelta(hours=2 if is_over else 0)
    token, secret = issue_token(
        user=user,
        name="matrix",
        scopes=sorted(EVERYTHING),
        created_at=now - timedelta(days=2),
    )
    rotate_token(token_id=token.pk, rotated_at=now - ago, overlap=overlap)
    if is_over:
        return Actor(name, secret=secret)
    return Actor(name, user=user, secret=secret, scopes=EVERYTHING)


def make_actors(staff: Staff) -> list[Actor]:
    closed = make_user()
    deactivate_users(user_ids=[closed.pk], ended_at=NOW)
    closed.refresh_from_db()
    plain = EVERYTHING - {Scope.CONFIDENTIAL}
    reading = frozenset(one for one in Scope.values if one.endswith(":read"))
    return [
        Actor("anonymous"),
        Actor("closed account", session_of=closed),
        _session("hiring manager", staff.manager),
        _session("hiring manager of another job", staff.other_manager),
        _session("recruiter", staff.recruiter),
        _session("recruiter outside the confidential job", staff.outsider),
        _session("administrator", staff.administrator),
        _session("administrator outside it", staff.outside_administrator),
        _token("token", staff.recruiter),
        _token("token of an outsider", staff.outsider),
        _token("token of another hiring manager", staff.other_manager),
        _token("token that sees nothing confidential", staff.recruiter, plain),
        _token("token that reads", staff.recruiter, reading),
        _token("token without scopes", staff.recruiter, frozenset()),
        _rotated("secret of before", staff.recruiter, is_over=False),
        _rotated("secret of long before", staff.recruiter, is_over=True),
        _on_behalf("token for the manager", staff.manager, staff.recruiter),
        _on_behalf("outsider's token for the manager", staff.manager, staff.outsider),
        _dead_token("expired token", staff.recruiter, is_revoked=False),
        _dead_token("revoked token", staff.recruiter, is_revoked=True),
    ]
