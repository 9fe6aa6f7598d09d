"""Make the triggers of the audit log where a start or migration was cut short."""

from typing import Any

from django.core.management.base import BaseCommand

from recruit.audit.installing import ensure_installed


class Command(BaseCommand):
    help = "Make the triggers of the audit log, unless they are as they should be."

    def handle(self, **_options: Any) -> None:
        if ensure_installed():
            self.stdout.write("The triggers of the audit log were made anew.")
