"""Push an application that came in elsewhere: the person, then their application.

    RECRUIT_URL=... RECRUIT_TOKEN=... python push_application.py application.json

The file says who applied for what:

    {"id": "A-17", "job": "GARDEN-1",
     "person": {"id": "4711", "given_name": "Noor", "family_name": "Vos",
                "emails": ["noor.vos@example.org"], "skills": [{"skill": "Pruning"}]}}

Run it again as often as you like: whoever is there already is found by the id of your
system, and an answer that got lost is asked for again by its Idempotency-Key.

Scopes: jobs:read, candidates:read, candidates:write, applications:read,
applications:write.
"""

import json
import sys
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

from calling import Refused, connected, settled
from recruit_client import AuthenticatedClient
from recruit_client.api.applications import applications_create, applications_list
from recruit_client.api.candidates import candidates_create, candidates_list
from recruit_client.api.jobs import jobs_list
from recruit_client.models import (
    Application,
    Candidate,
    CandidateRequest,
    NewApplicationRequest,
    PaginatedApplicationRowList,
    PaginatedCandidateRowList,
    PaginatedJobRowList,
)

SOURCE = "our-ats"  # the name of your system; with your ids it finds rows again


def push(client: AuthenticatedClient, application: dict[str, Any]) -> UUID:
    """Return the id of the application here, made now or before."""
    job = job_of(client, application["job"])
    person = person_here(client, application["person"])
    body = NewApplicationRequest(
        job=job, candidate=person, source=SOURCE, external_id=application["id"]
    )
    try:
        made: Application = settled(
            applications_create.sync_detailed,
            client=client,
            body=body,
            idempotency_key=key_of(body.to_dict()),
        )
    except Refused as refused:
        if refused.status != HTTPStatus.CONFLICT:
            raise
        found: PaginatedApplicationRowList = settled(
            applications_list.sync_detailed, client=client, job=job, candidate=person
        )
        if not found.items:
            raise  # the job is closed, or the person cannot apply
        return found.items[0].id
    return made.id


def job_of(client: AuthenticatedClient, requisition_code: str) -> UUID:
    """Return the id of the job with a requisition code."""
    found: PaginatedJobRowList = settled(
        jobs_list.sync_detailed, client=client, requisition_code=requisition_code
    )
    if not found.items:
        sys.exit(f"There is no job {requisition_code} that this token may see.")
    return found.items[0].id


def person_here(client: AuthenticatedClient, person: dict[str, Any]) -> UUID:
    """Return the id of a person here, made now or before."""
    known: PaginatedCandidateRowList = settled(
        candidates_list.sync_detailed,
        client=client,
        source=SOURCE,
        external_id=person["id"],
    )
    if known.items:
        return known.items[0].id
    stated = {**person, "source": SOURCE, "external_id": person["id"]}
    del stated["id"]
    body = CandidateRequest.from_dict(stated)
    made: Candidate = settled(
        candidates_create.sync_detailed,
        client=client,
        body=body,
        idempotency_key=key_of(stated),
    )
    return made.id


def key_of(body: dict[str, Any]) -> str:
    """Return one key for one body, so that a second run has the same one."""
    return sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


if __name__ == "__main__":
    print(push(connected(), json.loads(Path(sys.argv[1]).read_text())))
