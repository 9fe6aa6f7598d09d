"""Print how near two texts are in meaning."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from matching.conf import encoder_settings
from matching.free_text.vectors import ask_for_vector
from matching.query_encoding import encode_waiting_queries
from matching.similarity import similarity_of_texts
from matching.text_vectors import TextUnreadable


class Command(BaseCommand):
    help = (
        "Print the cosine similarity of two texts, in [-1, 1]. It is no percentage and"
        " no probability; what counts as near depends on the encoder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("first")
        parser.add_argument("second")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        first, second = options["first"], options["second"]
        if not first.strip() or not second.strip():
            raise CommandError("A text is blank.")
        settings, now = encoder_settings(), timezone.now()
        for text in {first, second}:
            ask_for_vector(text, settings.identity, asked_at=now)
        encode_waiting_queries(settings)
        try:
            found = similarity_of_texts(first, second, asked_at=now, wait_seconds=0)
        except TextUnreadable as error:
            raise CommandError("The encoder failed on one of the texts.") from error
        if options["json"]:
            told = {"similarity": found.similarity, "encoder": found.encoder}
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(
                f"cosine {found.similarity:.4f}  (encoder {found.encoder})"
            )
