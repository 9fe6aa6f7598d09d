"""manage.py create_token"""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import ApiToken
from recruit.accounts.operations import token_digest
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("create_token", *arguments, stdout=out)
    return out.getvalue().splitlines()


class TestCreateToken:
    def test_prints_the_token_alone_on_its_last_line(self):
        make_user(email="kim@example.org")

        lines = run("--user", "Kim@Example.org", "--all-scopes")

        token = ApiToken.objects.get()
        assert token.digest == token_digest(lines[-1])
        assert token.scopes == sorted(Scope.values)
        assert token.expires_at is None

    def test_says_before_it_which_token_it_is(self):
        make_user(email="kim@example.org")

        lines = run("--user", "kim@example.org", "--scope", "jobs:write", "jobs:read",
            "--name", "Nightly", "--expires-days", "30",
        )  # fmt: skip

        token = ApiToken.objects.get()
        assert token.expires_at is not None
        assert lines[:-2] == [
            f"Id:       {token.pk}",
            f"Prefix:   {lines[-1][:8]}",
            "Name:     Nightly",
            f"Expires:  {token.expires_at.isoformat(timespec='seconds')}",
            "Scopes:   jobs:read, jobs:write",
        ]

    def test_names_scopes_that_the_role_can_never_use(self):
        make_user(Role.HIRING_MANAGER, email="kim@example.org")
        out, err = StringIO(), StringIO()

        call_command(
            "create_token", "--user", "kim@example.org", "--all-scopes",
            stdout=out, stderr=err,
        )  # fmt: skip

        (line,) = err.getvalue().splitlines()
        assert line.startswith("An account of a hiring manager can never use: ")
        assert "jobs:write" in line
        assert "notes:write" not in line
        assert "Expires:  never" in out.getvalue()

    def test_says_nothing_of_scopes_that_are_of_use(self):
        make_user(email="kim@example.org")
        err = StringIO()

        call_command(
            "create_token", "--user", "kim@example.org", "--scope", "jobs:write",
            stdout=StringIO(), stderr=err,
        )  # fmt: skip

        assert err.getvalue() == ""

    def test_takes_scopes_together_and_one_by_one(self):
        make_user(email="kim@example.org")

        run("--user", "kim@example.org", "--scope", "jobs:read", "jobs:write",
            "--scope", "skills:read", "--name", "Nightly", "--expires-days", "30",
        )  # fmt: skip

        token = ApiToken.objects.get()
        assert token.scopes == ["jobs:read", "jobs:write", "skills:read"]
        assert token.name == "Nightly"
        assert token.expires_at is not None
        days = token.expires_at - timezone.now()
        assert timedelta(days=29) < days <= timedelta(days=30)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--user", "none@example.org", "--all-scopes"], "none@example.org"),
            (["--user", "kim@example.org"], "required"),
            (["--user", "kim@example.org", "--scope", "all"], "invalid choice"),
            (["--user", "kim@example.org", "--all-scopes", "--scope", "jobs:read"],
             "not allowed"),
            (["--user", "kim@example.org", "--all-scopes", "--expires-days", "0"],
             "expires-days"),
            (["--user", "kim@example.org", "--all-scopes", "--name", "x" * 200],
             "100 characters"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, arguments, message):
        make_user(email="kim@example.org")

        with pytest.raises(CommandError, match=message):
            run(*arguments)

        assert not ApiToken.objects.exists()

    def test_refuses_an_account_that_was_closed(self):
        user = make_user(email="kim@example.org")
        user.is_active = False
        user.save()

        with pytest.raises(CommandError, match="No active account"):
            run("--user", "kim@example.org", "--all-scopes")
