"""Make a token by which another system acts for an account."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recruit.accounts.choices import Scope
from recruit.accounts.management.telling import told_of, useless_scopes
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import issue_token

MOST_DAYS = 3650


class Command(BaseCommand):
    help = (
        "Make an API token; the last line of the output is the token alone. The lines"
        " before it say which token it is: its id, or its prefix as lists show it, name"
        " it to rotate_token."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, metavar="EMAIL")
        scopes = parser.add_mutually_exclusive_group(required=True)
        scopes.add_argument(
            "--scope",
            dest="scopes",
            nargs="+",
            action="extend",
            choices=Scope.values,
            metavar="NAME",
            help=f"one of {', '.join(Scope.values)}; may be given several times",
        )
        scopes.add_argument(
            "--all-scopes",
            action="store_true",
            help="every scope, those included that the account's role can never use",
        )
        parser.add_argument("--name", default="API token", help="shown in histories")
        parser.add_argument("--expires-days", type=int, metavar="DAYS")

    def handle(self, **options: Any) -> None:
        try:
            user = User.objects.active().get(email__iexact=options["user"])
        except User.DoesNotExist as error:
            raise CommandError(
                f"No active account has the e-mail {options['user']}."
            ) from error
        token, secret = self._issue(user, options)
        useless = useless_scopes(token, user)
        if useless is not None:
            self.stderr.write(useless)
        for line in told_of(token):
            self.stdout.write(line)
        self.stdout.write("The token is shown this once and kept as a digest only:")
        self.stdout.write(secret)

    def _issue(self, user: User, options: dict[str, Any]) -> tuple[ApiToken, str]:
        now = timezone.now()
        days = options["expires_days"]
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--expires-days takes 1 to {MOST_DAYS}.")
        try:
            return issue_token(
                user=user,
                name=options["name"],
                scopes=Scope.values if options["all_scopes"] else options["scopes"],
                created_at=now,
                expires_at=now + timedelta(days=days) if days else None,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
