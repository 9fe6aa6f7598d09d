"""Write the development tasks of the encoder from the openly licensed data."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.evaluation.development.build import build_tasks
from matching.training.sources import SourceInvalid


class Command(BaseCommand):
    help = (
        "Write the development tasks: a folder each below --output, made of what"
        " training never reads of the data in DATA_DIR. The same data gives the same"
        " bytes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", metavar="DATA_DIR", type=Path)
        parser.add_argument("--output", metavar="DIR", type=Path, required=True)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            drafts = build_tasks(options["data"], options["output"])
        except SourceInvalid as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The tasks cannot be written: {error}.") from error
        for draft in drafts:
            self.stdout.write(
                f"{draft.name}: {len(draft.queries)} queries,"
                f" {len(draft.documents)} documents"
            )
