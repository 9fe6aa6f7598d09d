"""Load many candidates, jobs and applications, to see how pages do with them."""

from argparse import ArgumentTypeError
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from matching.conf import encoder_identity
from matching.hnsw import ensure_hnsw_index
from matching.queries import unsearchable_candidates
from matching.random_vectors import give_random_vectors
from matching.search_rows import refresh_search_rows
from recruit.accounts.choices import Role
from recruit.accounts.models import User
from recruit.demo.large_operations import (
    LargeDemo,
    LargeDemoLoaded,
    load_large_demo,
)
from recruit.events.choices import Reader
from recruit.events.models import PendingEvent


def _amount(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ArgumentTypeError("a number from 1")


class Command(BaseCommand):
    help = (
        "Load a large amount of invented data: the same for the same numbers. Not for"
        " a database with real people in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--candidates", type=_amount, default=20_000)
        parser.add_argument("--jobs", type=_amount, default=200)
        parser.add_argument("--applications", type=_amount, default=30_000)
        parser.add_argument(
            "--random-vectors",
            action="store_true",
            help="write search rows now, and vectors that mean nothing but the field of"
            " work; without this, the worker reads everybody with the encoder",
        )

    def handle(self, **options: Any) -> None:
        began = perf_counter()
        owners = User.objects.active().filter(role=Role.ADMINISTRATOR)
        try:
            loaded = load_large_demo(
                candidates=options["candidates"],
                jobs=options["jobs"],
                applications=options["applications"],
                owner=owners.order_by("date_joined", "id").first(),
                now=timezone.now(),
                report=self.stdout.write,
            )
        except LargeDemoLoaded as refused:
            raise CommandError(str(refused)) from refused
        self._say("Rows", began)
        if options["random_vectors"]:
            self._give_vectors(loaded)
            self._say("Vectors and search rows", began)

    def _give_vectors(self, loaded: LargeDemo) -> None:
        identity = encoder_identity()
        give_random_vectors(
            candidates=loaded.candidates, jobs=loaded.jobs, encoder=identity
        )
        ensure_hnsw_index(identity)
        refresh_search_rows(unsearchable_candidates().values_list("pk", flat=True))
        # What the worker would read of them is done.
        PendingEvent.objects.of(Reader.INDEXING).delete()

    def _say(self, what: str, began: float) -> None:
        self.stdout.write(f"{what} written, {perf_counter() - began:.0f} s so far")
