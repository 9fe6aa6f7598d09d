"""Idempotency-Key: what was asked twice is done once.

The answer is kept in the transaction of the write. So there is no moment at which one
of them is there without the other, whatever is killed when; and a request that died
before its commit left nothing, not even its claim: that is a lock, which PostgreSQL
gives back with the transaction.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ValidationError

from recruit.api.models import KEY_LENGTH, KeptAnswer
from recruit.common.sealing import Unreadable, sealed, unsealed

HEADER = "Idempotency-Key"
PURPOSE = "answers"
REPLAYED = "Idempotency-Replayed"
VISIBLE = re.compile(r"[\x21-\x7e]+")
SUCCESSES = range(200, 300)
KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Link")
# Besides successes. A refusal by the facts is an outcome too: who lost the answer is
# told what became of that request, not what would become of it now. What is wrong with
# the request itself (400, 403, 404, 412, 415) is not kept, for nothing was begun: the
# key is still good for the mended request.
KEPT_REFUSALS = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
# A request that keeps no transaction open writes nothing that may not be done twice;
# it is taken for dead after this.
LONGEST_CLAIM = timedelta(minutes=1)
REPLACED = [
    *("fingerprint", "rights", "status", "headers", "body", "mentions"),
    *("is_forgotten", "created_at"),
]  # fmt: skip
ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)


class KeyInUse(APIException):
    """The first request with this key is not answered yet."""

    status_code = HTTPStatus.CONFLICT
    default_code = "idempotency_key_in_use"
    default_detail = _("The first request with this key still runs; ask again.")
    wait = 1


class KeyReused(APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = _("This key was used for another address or another body.")


class AnswerForgotten(APIException):
    """The request was done once and is not done again; its answer is not shown."""

    status_code = HTTPStatus.GONE
    default_code = "answer_forgotten"
    default_detail = _(
        "This was done; its answer is no longer kept, for somebody whom it was about"
        " was erased, or the caller's rights or the secret key of the platform were"
        " changed."
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asks under which key for what."""

    caller: str
    key: str
    fingerprint: str
    rights: str  # `Access.digest`
    asked: str  # address and body, for the ids in them
    asked_at: datetime

    @property
    def lock(self) -> int:
        """Return the number of the lock that twins of this request share."""
        digest = sha256(f"idempotency\n{self.caller}\n{self.key}".encode()).digest()
        return int.from_bytes(digest[:8], signed=True)


def checked_key(given: str) -> str:
    """Return a key. Raise ValidationError unless it is 1 to 255 visible characters."""
    if len(given) <= KEY_LENGTH and VISIBLE.fullmatch(given):
        return given
    sentence = _("A key has 1 to 255 visible ASCII characters.")
    raise ValidationError({HEADER: [sentence]}, code="bad_idempotency_key")


def fingerprint(address: str, body: str) -> str:
    """Return what two requests have in common if they ask for the same."""
    return sha256(f"{address}\n{body}".encode()).hexdigest()


def run_once(claim: Claim, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer as the first request of a key was answered; run it if this is the first.

    To be called in the transaction of the write. `run` undoes what a refused request
    has written. Raise KeyInUse, KeyReused, AnswerForgotten.
    """
    _lock(claim)
    if kept := _kept(claim):
        return _replayed(kept)
    answer = run()
    if is_outcome(answer):
        _keep(claim, answer)
    return answer


def run_once_waiting(
    claim: Claim, run: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Do as `run_once` without a transaction around what runs.

    For what waits until the worker has seen something, and writes nothing else.
    """
    with transaction.atomic():
        _lock(claim)
        if kept := _kept(claim):
            return _replayed(kept)
        _write(claim, status=None, headers={}, body="", mentions=[])
    answer: HttpResponseBase | None = None
    try:
        answer = run()
    finally:
        if answer is not None and is_outcome(answer):
            _keep(claim, answer)
        else:
            KeptAnswer.objects.of_key(claim.caller, claim.key).delete()
    return answer


def is_outcome(answer: HttpResponseBase) -> bool:
    """Tell an answer that is kept from one after which the same is asked again."""
    status = answer.status_code
    if answer.has_header("Retry-After"):
        return False
    return status in SUCCESSES or status in KEPT_REFUSALS


def forget_candidate(candidate_id: UUID) -> None:
    """Forget what was answered about a person; that it was done is still known."""
    about = KeptAnswer.objects.mentioning(candidate_id)
    about.update(is_forgotten=True, body="", headers={}, mentions=[])


def delete_old_answers(*, now: datetime) -> int:
    """Delete the answers that are replayed no more; return how many."""
    return KeptAnswer.objects.over_at(now).delete()[0]


def _lock(claim: Claim) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [claim.lock])
        (is_ours,) = cursor.fetchone() or (False,)
    if not is_ours:
        raise KeyInUse


def _kept(claim: Claim) -> KeptAnswer | None:
    # Not in the statement that locks: that one may see what was before the lock.
    answers = KeptAnswer.objects.of_key(claim.caller, claim.key)
    kept = answers.kept_at(claim.asked_at).first()
    if kept is None:
        return None
    if kept.fingerprint != claim.fingerprint:
        raise KeyReused
    if kept.is_forgotten or kept.rights not in {"", claim.rights}:
        raise AnswerForgotten
    if kept.status is None:
        if kept.created_at > claim.asked_at - LONGEST_CLAIM:
            raise KeyInUse
        return None
    return kept


def _keep(claim: Claim, answer: HttpResponseBase) -> None:
    if not isinstance(answer, HttpResponse):
        raise TypeError("An answer in pieces cannot be kept.")
    body = answer.content.decode()
    found = {UUID(one) for one in ID.findall(f"{claim.asked}\n{body}")}
    headers = {name: answer[name] for name in KEPT_HEADERS if answer.has_header(name)}
    _write(
        claim,
        status=answer.status_code,
        headers=headers,
        # It may hold a secret that is shown this once.
        body=sealed(body, purpose=PURPOSE),
        mentions=sorted(found),
    )


def _write(
    claim: Claim,
    *,
    status: int | None,
    headers: dict[str, str],
    body: str,
    mentions: list[UUID],
) -> None:
    row = KeptAnswer(
        caller=claim.caller,
        key=claim.key,
        fingerprint=claim.fingerprint,
        rights=claim.rights,
        status=status,
        headers=headers,
        body=body,
        mentions=mentions,
        created_at=claim.asked_at,
    )
    # In the place of one that is over and not deleted yet.
    KeptAnswer.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["caller", "key"],
        update_fields=REPLACED,
    )


def _replayed(kept: KeptAnswer) -> HttpResponse:
    try:
        body = unsealed(kept.body, purpose=PURPOSE)
    except Unreadable as error:
        raise AnswerForgotten from error
    answer = HttpResponse(body, status=kept.status, headers=kept.headers)
    answer.headers[REPLAYED] = "true"
    return answer
