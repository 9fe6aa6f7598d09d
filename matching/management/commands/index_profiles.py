"""Bring search rows and embeddings up to date by hand."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from matching.conf import MAX_TOKENS, READ_TOKENS, EncoderSettings, encoder_settings
from matching.families.encoding import encode_families
from matching.indexing import index_subjects
from matching.upkeep import (
    count_longer,
    count_stale,
    differing,
    find_all_twins,
    index_stale,
    put_terms_right,
)

# Miscounted words that are printed; there may be as many as people say.
SOME = 50


class Command(BaseCommand):
    help = (
        "Encode jobs, candidates and skills whose vectors are missing or stale, and"
        " return when nothing is. With --verify, also compare every text with the one"
        " that was encoded, and encode those that differ, and count the words of all"
        " profiles anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--verify", action="store_true", help="find changes that went unnoticed"
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        settings = encoder_settings()
        self.stdout.write(f"Encoder {settings.identity}")
        stale = count_stale(settings)
        with tqdm(
            total=stale, unit=" profiles", file=sys.stderr, disable=stale == 0
        ) as bar:
            indexed = index_stale(settings, after_batch=bar.update)
        encode_families(settings)
        find_all_twins(settings)
        self.stdout.write(f"{indexed} profiles indexed; nothing is stale.")
        in_passages = count_longer(settings, tokens=MAX_TOKENS)
        beyond = count_longer(settings, tokens=READ_TOKENS)
        self.stdout.write(
            f"{in_passages} of the candidates say more than the {MAX_TOKENS} tokens"
            f" that the encoder reads at once: their texts are compared in passages."
            f" {beyond} say more than {READ_TOKENS}, which are not compared beyond;"
            " word search and evidence read it all."
        )
        if options["verify"]:
            self._verify(settings)

    def _verify(self, settings: EncoderSettings) -> None:
        with tqdm(unit=" texts", desc="Comparing", file=sys.stderr) as bar:
            found = differing(settings, after_batch=bar.update)
        for subjects, subject_id in found:
            self.stdout.write(f"{subjects.name}: {subject_id} differs")
        for subjects, subject_id in found:
            index_subjects(subjects, [subject_id], settings=settings)
        self.stdout.write(
            f"{len(found)} texts differed; they are encoded anew."
            if found
            else "No text differs from the one that was encoded."
        )
        self._verify_terms()

    def _verify_terms(self) -> None:
        with tqdm(unit=" profiles", desc="Counting words", file=sys.stderr) as bar:
            written, miscounted = put_terms_right(after_batch=bar.update)
        for candidate_id in written:
            self.stdout.write(f"candidates: {candidate_id} says other words")
        if miscounted:
            self.stdout.write(f"Counted wrongly: {', '.join(miscounted[:SOME])}")
        self.stdout.write(
            f"The words of {len(written)} profiles and the counts of"
            f" {len(miscounted)} words differed; they are put right."
            if written or miscounted
            else "No word of a profile and no count of words differs."
        )
