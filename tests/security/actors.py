"""Everybody who may knock: sessions and tokens, good and bad."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.accounts.operations import deactivate_users, issue_token, revoke_token
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

    @property
    def is_token(self) -> bool:
        return bool(self.secret)

    @property
    def is_recruiting(self) -> bool:
        return self.user is not None and self.user.role != Role.HIRING_MANAGER

    @property
    def is_administrator(self) -> bool:
        return self.user is not None and self.user.role == Role.ADMINISTRATOR

    def has_scope(self, scope: str | None) -> bool:
        return self.scopes is None or scope is None or scope in self.scopes

    def sees_job(self, job: Job | None, named: set[UUID]) -> bool:
        """Say whether the rules let this actor see a job; written out once more."""
        if job is None or self.user is None:
            return False
        if job.confidential and not self.has_scope(Scope.CONFIDENTIAL):
            return False
        if self.user.role == Role.HIRING_MANAGER:
            return job.hiring_manager_id == self.user.pk
        is_named = job.hiring_manager_id == self.user.pk or self.user.pk in named
        return is_named or not job.confidential

    def client(self) -> Client:
        """Return a client that sends what this actor has."""
        if self.is_token:
            return Client(headers={"authorization": f"Bearer {self.secret}"})
        client = Client()
        if self.session_of is not None:
            client.force_login(self.session_of)
        return client


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
        _dead_token("expired token", staff.recruiter, is_revoked=False),
        _dead_token("revoked token", staff.recruiter, is_revoked=True),
    ]
