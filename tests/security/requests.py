"""One request of the matrix, and what may be compared of its answer."""

import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection, transaction
from django.test import Client

from recruit.common.ids import uuid7
from tests.security.actors import Actor
from tests.security.addresses import Address
from tests.security.rules import About, Interface, Row
from tests.security.worlds import World

READING = "GET"
TRACE = """
SELECT (SELECT count(*) FROM events_event),
       (SELECT count(*) FROM skills_skilllabel),
       (SELECT sum(version) FROM jobs_job),
       (SELECT sum(version) FROM candidates_candidate),
       (SELECT sum(version) FROM applications_application),
       (SELECT string_agg(concat(email, role, is_active, password), ',' ORDER BY id)
          FROM accounts_user),
       (SELECT count(*) FROM accounts_apitoken WHERE revoked_at IS NULL),
       (SELECT count(*) FROM applications_dispositionreason),
       (SELECT count(*) FROM reviews_screening),
       (SELECT concat(count(*), sum(version)) FROM webhooks_webhook),
       (SELECT count(*) FROM webhooks_delivery)
"""
# What differs from one answer to the next without saying anything.
CSRF = re.compile(r"[A-Za-z0-9]{64}")
NONCE = re.compile(r'nonce="[^"]+"')
REQUEST_ID = re.compile(r'"request_id": ?"[^"]+"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back to whom about what, and what a write left."""

    actor: Actor
    world: World
    method: str
    status: int
    body: str
    location: str
    left: tuple[object, ...] | None  # what a write left, before it was taken back

    @property
    def described(self) -> str:
        asked = f"{self.actor.name}: {self.method} about “{self.world.name}”"
        return f"{asked} answers {self.status}"

    def compared(self) -> tuple[int, str]:
        """Return what two answers must have in common, without the ids asked for."""
        world = self.world
        body = NONCE.sub("", CSRF.sub("", REQUEST_ID.sub("", self.body)))
        ids = [world.code, world.job_id, world.candidate_id, world.application_id]
        ids += [
            world.screening_id,
            world.pool_id,
            world.search_id,
            world.upload_id,
            world.skill_id,
            world.reason_id,
        ]
        ids += [world.note_id, world.tag_id, world.user_id]
        ids += [world.webhook_id, world.delivery_id]
        for one in ids:
            body = body.replace(str(one), "ID")
        return self.status, body


# Of a row below one that is asked about: nobody has it, so all are answered 404.
UNKNOWN = uuid7()


def path_of(address: Address, row: Row, world: World) -> str:
    """Return the path that asks about a world."""
    rows = {
        About.JOB: world.job_id,
        About.UPLOAD: world.upload_id,
        About.CANDIDATE: world.candidate_id,
        About.APPLICATION: world.application_id,
        About.SKILL: world.skill_id,
        About.REASON: world.reason_id,
        About.WEBHOOK: world.webhook_id,
        About.NOTE: world.note_id,
        About.TAG: world.tag_id,
        About.USER: world.user_id,
    }
    values = {**world.values(), "key": "x-y", "uidb36": "a", "number": "1"}
    rows[About.KEPT] = (
        world.pool_id if "talent_pools" in address.pattern else world.search_id
    )
    values["part_id"] = values["document_id"] = str(UNKNOWN)
    values["word"] = "nothing-that-was-signed"
    values["pk"] = str(rows.get(row.about, world.job_id))
    return address.filled(values)


def page_body(world: World) -> dict[str, Any]:
    """Return a form that means something to most pages, about a world."""
    return {
        "expected_version": "1",
        "to_stage": "screening",
        "reason": str(world.reason_id),
        "candidate": str(world.candidate_id),
        "status": "on_hold",
        "title": "Changed",
        "family_name": "Changed",
        "decision": str(world.screening_id),
        "seen_version": "1",
        "screened": "applied",
        "size": "25",
        "name": "Changed",
        "query": "q=changed",
        "search": str(world.search_id),
        "target": f"job:{world.job_id}",
        "text": "Changed",
        "job": str(world.job_id),
        "new_id": str(uuid7()),
    }


CHANGES: dict[str, dict[str, Any]] = {
    "jobs": {"title": "Changed"},
    "candidates": {"family_name": "Changed"},
    "notes": {"text": "Changed"},
    "webhooks": {"name": "Changed"},
    "tags": {"name": "Changed"},
    "talent_pools": {"name": "Changed"},
    "saved_searches": {"name": "Changed"},
}


def api_body(address: Address, world: World) -> dict[str, Any]:
    """Return a body that the address of the API takes, about a world."""
    last = address.pattern.rsplit("/", 1)[-1]
    if address.pattern.endswith("talent_pools/<pk>/candidates"):
        return {"candidates": [str(world.candidate_id)]}
    bodies: dict[str, dict[str, Any]] = {
        "jobs": {"requisition_code": "MATRIX-1", "title": "Changed"},
        "candidates": {"family_name": "Changed"},
        "applications": {
            "job": str(world.job_id),
            "candidate": str(world.candidate_id),
        },
        "webhooks": {"name": "Changed", "url": "https://hooks.example.org/"},
        "notes": {
            "job": str(world.job_id),
            "candidate": str(world.candidate_id),
            "text": "Changed",
        },
        "tags": {"name": "Changed"},
        "recognise": {"text": "Gardener"},
        "talent_pools": {"name": "Changed"},
        "saved_searches": {"name": "Changed", "query": "country=DE"},
        "take": {"candidates": [str(world.candidate_id)]},
        "merge": {"into": str(world.tag_id)},
        "similarity": {"first": "Gardener", "second": "Tree surgeon"},
        "move": {"to_stage": "screening"},
        "reject": {"disposition_reason": str(world.reason_id)},
        "withdraw": {"disposition_reason": str(world.reason_id)},
    }
    if last == "<pk>":
        resource = address.pattern.split("/")[-2]
        return CHANGES.get(resource, {})
    return bodies.get(last, {})


def trace() -> tuple[object, ...]:
    """Return what no request may change that is not allowed to."""
    with connection.cursor() as cursor:
        cursor.execute(TRACE)
        found = cursor.fetchone()
    assert found is not None
    return tuple(found)


def ask(
    actor: Actor,
    client: Client,
    world: World,
    method: str,
    *,
    address: Address,
    row: Row,
) -> Answer:
    """Send one request and take back whatever it wrote."""
    is_api, reads = row.interface is Interface.API, method == READING
    path = path_of(address, row, world)
    body = api_body(address, world) if is_api else page_body(world)
    kind = {"content_type": "application/json"} if is_api and not reads else {}
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        send = getattr(client, method.lower())
        answer = send(path) if reads else send(path, body, **kind)
        content = b"".join(answer) if answer.streaming else answer.content
        left = None if reads else trace()
        transaction.set_rollback(True)
    client.cookies = cookies
    return Answer(
        actor=actor,
        world=world,
        method=method,
        status=answer.status_code,
        body=content.decode(errors="replace"),
        location=answer.get("Location", ""),
        left=left,
    )
