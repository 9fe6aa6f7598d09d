"""Load the demo data to its end and remember it; `up` runs this beside the site."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from recruit.deployment.milestones import demo_is_loaded


class Command(BaseCommand):
    help = "Load the demo data and note that it is complete."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
        demo_is_loaded(loaded_at=timezone.now())
