"""Train an encoder by a recipe, and write its card."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.training.outcome import AdapterTooLarge
from matching.training.recipe import RecipeInvalid, load_recipe
from matching.training.rows import TooFewRows
from matching.training.sources import SourceInvalid
from matching.training.splits import SplitShares
from matching.training.whole import OutputTaken, train_encoder

REFUSED = (
    AdapterTooLarge,
    OutputTaken,
    RecipeInvalid,
    SourceInvalid,
    SplitShares,
    TooFewRows,
)


class Command(BaseCommand):
    help = (
        "Train an encoder on top of the packaged one by a recipe: `card`, `default`, or"
        " a .toml file of your own. A run that was stopped goes on from its last"
        " checkpoint when asked for again with the same --output."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipe", metavar="RECIPE")
        parser.add_argument("--output", metavar="DIR", type=Path, required=True)
        parser.add_argument(
            "--data",
            metavar="DIR",
            type=Path,
            default=Path(settings.TRAINING_DATA),
            help="the folder with the training data (default: %(default)s)",
        )
        parser.add_argument("--seed", type=int, help="instead of the recipe's")
        parser.add_argument(
            "--no-scores",
            action="store_true",
            help="do not evaluate on the development tasks for the card",
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            saved = train_encoder(
                load_recipe(options["recipe"]),
                seed=options["seed"],
                data=options["data"],
                output=options["output"],
                with_scores=not options["no_scores"],
                tell=self.stdout.write,
            )
        except REFUSED as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{saved.folder}: {saved.size:,} bytes, SHA-256 {saved.sha256}."
            f" Card: {saved.folder / 'README.md'}"
        )
