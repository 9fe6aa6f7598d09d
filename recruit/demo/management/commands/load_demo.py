"""Load the demo data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.demo.operations import load_demo


class Command(BaseCommand):
    help = "Load the demo data, unless it is there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--owner",
            metavar="EMAIL",
            help="account named as recruiter on the jobs"
            " (default: the first administrator)",
        )

    def handle(self, **options: Any) -> None:
        owner = self._owner(options["owner"])
        loaded = load_demo(now=timezone.now(), owner=owner, report=self.stdout.write)
        if loaded is None:
            self.stdout.write("The demo data is loaded already.")
            return
        self.stdout.write(
            f"Demo data: {loaded.jobs} jobs, {loaded.candidates} candidates, "
            f"{loaded.applications} applications."
        )

    def _owner(self, email: str | None) -> User | None:
        if email is None:
            administrators = User.objects.active().filter(role=Role.ADMINISTRATOR)
            return administrators.order_by("date_joined", "id").first()
        owner = User.objects.active().filter(email__iexact=email).first()
        if owner is None:
            raise CommandError(f"There is no account {email} that may sign in.")
        return owner
