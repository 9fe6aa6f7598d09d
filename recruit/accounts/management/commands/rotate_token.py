"""Give a token a new secret; the old one goes on for a while."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recruit.accounts.management.telling import told_of
from recruit.accounts.models import ApiToken
from recruit.accounts.operations import MOST_OVERLAP, OVERLAP, TokenEnded, rotate_token

HOUR = timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Give an API token a new secret; the last line of the output is the new one"
        " alone. The old one stays good for the overlap."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "token", help="its id, or its prefix: the eight characters that lists show"
        )
        parser.add_argument(
            "--overlap-hours",
            type=float,
            default=OVERLAP / HOUR,
            metavar="HOURS",
            help=f"0 to {MOST_OVERLAP // HOUR}; %(default)g unless said",
        )
        parser.add_argument(
            "--expires-days", type=int, metavar="DAYS", help="a new end, from now"
        )

    def handle(self, **options: Any) -> None:
        token_id = self._token(options["token"]).pk
        now = timezone.now()
        days = options["expires_days"]
        try:
            token, secret = rotate_token(
                token_id=token_id,
                rotated_at=now,
                overlap=timedelta(hours=options["overlap_hours"]),
                expires_at=None if days is None else now + timedelta(days=days),
            )
        except TokenEnded as ended:
            raise CommandError(str(ended)) from ended
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (OverflowError, ValueError) as error:  # 1e300 hours, or nan
            raise CommandError(str(error)) from error
        for line in told_of(token):
            self.stdout.write(line)
        self.stdout.write("The token is shown this once and kept as a digest only:")
        self.stdout.write(secret)

    def _token(self, named: str) -> ApiToken:
        try:
            found = list(ApiToken.objects.filter(pk=named))
        except ValidationError:
            found = list(ApiToken.objects.filter(prefix=named)[:2])
        if not found:
            raise CommandError(f"There is no token {named}.")
        if len(found) > 1:
            raise CommandError(
                f"Several tokens begin with {named}; name one by its id."
            )
        return found[0]
