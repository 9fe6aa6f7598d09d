"""A token does what its scopes name: at each address, with and without each of them."""

from collections import defaultdict
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from recruit.accounts.choices import USELESS_SCOPES, Role, Scope
from recruit.accounts.models import User
from recruit.accounts.operations import issue_token
from tests.factories import make_user
from tests.security.addresses import Address, all_addresses
from tests.security.matrix import row_of
from tests.security.rules import Group, Interface, Row

pytestmark = pytest.mark.django_db

API = [one for one in all_addresses() if one.pattern.startswith("api/")]
NOT_ALLOWED_HERE = 405


def rule_of(address: Address) -> Row:
    row = row_of(address.pattern)
    assert row is not None
    return row


RULED = [one for one in API if rule_of(one).interface is Interface.API]


@pytest.fixture
def administrator() -> User:
    return make_user(Role.ADMINISTRATOR)


def ask(user: User, scopes: set[str], address: Address, method: str) -> int:
    """Return the status of a request about ids that nothing has."""
    _row, secret = issue_token(
        user=user, name="scopes", scopes=sorted(scopes), created_at=timezone.now()
    )
    client = Client(headers={"authorization": f"Bearer {secret}"})
    path = address.filled(defaultdict(lambda: str(uuid4())))
    status: int = client.generic(method, path, b"{}", "application/json").status_code
    return status


class TestScope:
    @pytest.mark.parametrize("address", RULED, ids=lambda one: one.pattern)
    def test_is_needed_and_is_enough(self, address: Address, administrator: User):
        row = rule_of(address)
        asked = [("GET", row.read_scope)]
        asked += [(method, row.write_scope) for method in address.methods]
        for method, scope in asked:
            if scope is None:
                continue
            others = set(Scope.values) - {scope}

            without = ask(administrator, others, address, method)
            alone = ask(administrator, {scope}, address, method)

            assert without in {403, NOT_ALLOWED_HERE}, (method, scope)
            assert alone not in {401, 403}, (method, scope)


class TestUselessScopes:
    @pytest.mark.parametrize("role", Role)
    def test_are_those_that_no_address_takes_of_a_role(self, role: Role):
        groups = {Group.EVERYBODY}
        groups |= {Group.RECRUITING} if role != Role.HIRING_MANAGER else set()
        groups |= {Group.ADMINISTRATING} if role == Role.ADMINISTRATOR else set()
        rows = [rule_of(address) for address in RULED]
        of_use = {row.read_scope for row in rows if row.readers in groups}
        of_use |= {row.write_scope for row in rows if row.writers in groups}

        # These widen what others show, whoever asks.
        of_use |= {Scope.CONFIDENTIAL, Scope.PROTECTED}
        assert set(Scope) - of_use == USELESS_SCOPES[role]
