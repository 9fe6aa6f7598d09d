"""Print how many of the likely pairs of skills and jobs are right."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.conf import encoder_settings
from matching.encoder import load_encoder
from matching.measured import JOB_TWINS, SHORTENED_SKILL, SKILL_TWINS
from matching.training.sources import SourceInvalid, esco_skills, onet_occupations
from matching.twins.accuracy import (
    ThresholdRow,
    Told,
    esco_names,
    job_copies,
    jobs_told_otherwise,
    like_pairs,
    rows,
    shortened_rows,
    vocabulary_words,
)
from recruit.skills.vocabulary import read_vocabulary

NAMES = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
SHORT_NAMES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
JOBS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)

VOCABULARY = "words of the vocabulary"


class Command(BaseCommand):
    help = (
        "Count right and wrong pairs that the configured encoder finds: words of the"
        " shipped vocabulary, labels of ESCO and jobs made from O*NET in DATA_DIR."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data_dir", metavar="DATA_DIR", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        settings = encoder_settings()
        try:
            skills = esco_skills(options["data_dir"])
            occupations = onet_occupations(options["data_dir"])
        except SourceInvalid as error:
            raise CommandError(str(error)) from error
        encoder = load_encoder(settings)
        tables: dict[str, list[ThresholdRow]] = {}
        for name, told in (
            (VOCABULARY, vocabulary_words(read_vocabulary())),
            ("labels of ESCO", esco_names(skills)),
        ):
            pairs = like_pairs(told, encoder.encode_documents(_texts(told)))
            tables[name] = rows(pairs, NAMES)
            if name == VOCABULARY:
                tables[f"{name}, initials"] = shortened_rows(pairs, SHORT_NAMES)
        for name, told in (
            ("jobs copied with changes", job_copies(occupations)),
            ("jobs told otherwise", jobs_told_otherwise(occupations)),
        ):
            pairs = like_pairs(told, encoder.encode_queries(_texts(told)))
            tables[name] = rows(pairs, JOBS)
        if options["json"]:
            told_tables = {
                name: [asdict(row) for row in table] for name, table in tables.items()
            }
            self.stdout.write(json.dumps({"encoder": settings.identity, **told_tables}))
            return
        self.stdout.write(f"Encoder {settings.identity}")
        for name, table in tables.items():
            self.stdout.write("\n".join(_lines(name, table)))


def _texts(told: Sequence[Told]) -> list[str]:
    return [one.text for one in told]


def _lines(name: str, table: Sequence[ThresholdRow]) -> list[str]:
    used = {JOB_TWINS} if name.startswith("jobs") else {SKILL_TWINS}
    if name.endswith("initials"):
        used = {SHORTENED_SKILL}
    lines = ["", name, "cosine  pairs  right  precision  recall"]
    for row in table:
        mark = "  <- used" if row.threshold in used else ""
        lines.append(
            f"{row.threshold:6.2f}  {row.pairs:5}  {row.right:5}  {row.precision:9.3f}"
            f"  {row.recall:6.3f}{mark}"
        )
    return lines
