"""Load the vocabulary of skills that comes with the platform."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from recruit.accounts.actors import Actor
from recruit.skills.operations import load_vocabulary
from recruit.skills.vocabulary import read_vocabulary


class Command(BaseCommand):
    help = "Add the skills and words that are missing; what people changed stays."

    def handle(self, **options: Any) -> None:
        loaded = load_vocabulary(
            entries=read_vocabulary(),
            actor=Actor.system("vocabulary"),
            loaded_at=timezone.now(),
        )
        self.stdout.write(
            f"Vocabulary: {loaded.created} skills and {loaded.labels_added} words "
            f"added, {loaded.confirmed} skills confirmed."
        )
