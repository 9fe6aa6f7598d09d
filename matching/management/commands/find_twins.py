"""Look for skills and jobs that may be the same, by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from matching.conf import encoder_settings
from matching.twins.queries import proposed_twins
from matching.upkeep import find_all_twins


class Command(BaseCommand):
    help = (
        "Look for skills and jobs that may be the same, and print the pairs of skills"
        " that an administrator can merge or keep apart. The worker does this by"
        " itself after each change."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=20, help="pairs to print")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        found = find_all_twins(encoder_settings())
        proposed = proposed_twins()
        self.stdout.write(
            f"{proposed.count()} pairs of skills to decide on,"
            f" {found['jobs']} pairs of jobs that look alike."
        )
        for pair in proposed.order_by("-similarity", "id")[: max(options["limit"], 0)]:
            self.stdout.write(
                f"{pair.first_name} / {pair.second_name}"  # type: ignore[attr-defined]
                f"  cosine {pair.similarity:.3f}"
            )
