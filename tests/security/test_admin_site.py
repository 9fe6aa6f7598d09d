"""Every address of the admin site: administrators alone learn that it exists."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from itertools import groupby
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from tests.admin.rows import ONE_MORE
from tests.security.actors import Actor, make_actors, make_staff
from tests.security.addresses import Address, all_addresses
from tests.security.requests import trace
from tests.sharing import shared_rows

pytestmark = pytest.mark.django_db

ADDRESSES = [one for one in all_addresses() if one.pattern.startswith("admin/")]
TO_SIGN_IN = ("/admin/login/?next=", "/accounts/login/?next=")
# The site asks for nothing but the role, so that one of each kind is enough.
KNOCKING = ("anonymous", "closed account", "hiring manager", "recruiter", "token")
SENT = {"post": "yes", "title": "Changed", "action": "delete_selected", "next": "/"}


def part_of(address: Address) -> str:
    """Return the model that an address is about: "admin/jobs/job"."""
    return "/".join(address.pattern.split("/")[:3])


PARTS = {part: list(found) for part, found in groupby(ADDRESSES, key=part_of)}


def known_id(part: str) -> str:
    """Return the id of a row of the part's model, where it has one."""
    _admin, label, model_name = f"{part}//".split("/")[:3]
    models = {
        f"{one._meta.app_label}/{one._meta.model_name}": one
        for one in apps.get_models()
    }
    model = models.get(f"{label}/{model_name}")
    if model is None:
        return "1"
    ONE_MORE[f"{model._meta.app_label}.{model.__name__}"]()
    return str(model._default_manager.values_list("pk", flat=True)[0])


Knocks = list[tuple[Actor, Client]]


@pytest.fixture(scope="module")
def knocks(django_db_setup: None, django_db_blocker) -> Iterator[Knocks]:
    """Give everybody who knocks with a client of theirs, made once."""
    known = {*KNOCKING, "administrator"}
    with shared_rows(django_db_blocker):
        actors = [one for one in make_actors(make_staff()) if one.name in known]
        clients = [actor.client() for actor in actors]
        for client in clients:
            client.raise_request_exception = False
        yield list(zip(actors, clients, strict=True))


def faults_of(actor: Actor, client: Client, path: str, method: str) -> list[str]:
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        before = trace()
        send = getattr(client, method)
        answer = send(path) if method == "get" else send(path, SENT)
        has_written = trace() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    said = f"{actor.name}: {method} {path} answers {answer.status_code}"
    if actor.is_administrator and not actor.is_token:
        return [said] if answer.status_code >= 500 else []
    is_let_in = actor.user is not None and not actor.is_token
    expected = 404 if is_let_in else 302
    leads = answer.get("Location", "")
    is_well = answer.status_code == expected and not has_written
    # Signing out leads to the first page, which leads to the sign-in.
    is_well = is_well and (
        expected == 404 or leads.startswith(TO_SIGN_IN) or leads == "/admin/"
    )
    return [] if is_well else [f"{said} {leads}"]


@pytest.mark.parametrize("part", PARTS)
class TestAdminSite:
    def test_exists_for_administrators_alone(self, part: str, knocks: Knocks):
        ids = [known_id(part), str(uuid4())]
        values = {"app_label": "jobs", "content_type_id": "1", "url": "no/such/page"}

        faults = [
            fault
            for address in PARTS[part]
            for actor, client in knocks
            for one in (ids if actor.is_administrator else ids[:1])
            for method in ("get", "post")
            for fault in faults_of(
                actor,
                client,
                address.filled({**dict.fromkeys(address.parameters, one), **values}),
                method,
            )
        ]

        assert "\n".join(faults) == ""
