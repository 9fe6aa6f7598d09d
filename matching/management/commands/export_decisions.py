"""Write a company's own decisions as training data."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.training.decisions import (
    DECISIONS_FILE,
    TooFewDecisions,
    export_decisions,
)


class Command(BaseCommand):
    help = (
        f"Write {DECISIONS_FILE} into a folder: for each job, people hired or invited"
        " beside people rejected earlier, as the texts that the encoder reads. Only"
        " with enough of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", metavar="DIR", type=Path, required=True)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        path = options["output"] / DECISIONS_FILE
        try:
            options["output"].mkdir(parents=True, exist_ok=True)
            count = export_decisions(path)
        except TooFewDecisions as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error
        self.stdout.write(
            f"{path}: {count:,} decisions. The file holds what people told of"
            " themselves: keep it as you keep the database, and delete it after use."
        )
