"""Print how often the family that would be proposed for an occupation is right."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.conf import encoder_settings
from matching.encoder import load_encoder
from matching.families.accuracy import (
    Accuracy,
    JudgedOccupation,
    accuracy,
    judge,
)
from matching.measured import FAMILY_MARGIN
from matching.training.sources import SourceInvalid, onet_occupations

MOST_CONFUSED = 12


class Command(BaseCommand):
    help = (
        "Judge the families of matching/families/examples.toml by the occupations of"
        " O*NET in DATA_DIR, with the configured encoder: how often the family is"
        " right, and how often if one is proposed from a margin on only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data_dir", metavar="DATA_DIR", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        settings = encoder_settings()
        try:
            occupations = onet_occupations(options["data_dir"])
        except SourceInvalid as error:
            raise CommandError(str(error)) from error
        judged = judge(occupations, load_encoder(settings))
        parts = {
            "all": accuracy(judged),
            "held_out": accuracy([one for one in judged if one.is_held_out]),
        }
        if options["json"]:
            told = {name: asdict(part) for name, part in parts.items()}
            self.stdout.write(json.dumps({"encoder": settings.identity, **told}))
            return
        self.stdout.write(f"Encoder {settings.identity}")
        for name, part in parts.items():
            self.stdout.write("\n".join(_lines(name.replace("_", " "), part)))
        self.stdout.write("\n".join(_confused(judged)))


def _lines(name: str, part: Accuracy) -> list[str]:
    lines = [
        "",
        f"{part.occupations} occupations ({name}): family {part.family:.3f}, among the"
        f" best three {part.among_few:.3f}, major group {part.major_group:.3f}",
        "margin  proposed  family  major group",
    ]
    for row in part.margins:
        mark = "  <- proposed from here on" if row.margin == FAMILY_MARGIN else ""
        lines.append(
            f"{row.margin:6.2f}  {row.proposed:8.3f}  {row.family:6.3f}"
            f"  {row.major_group:11.3f}{mark}"
        )
    return lines


def _confused(judged: list[JudgedOccupation]) -> list[str]:
    pairs = Counter((one.family, one.proposed) for one in judged if not one.is_right)
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        "",
        "Most often taken for another:",
        *(
            f"{count:4}  {family}: {proposed}"
            for (family, proposed), count in ordered[:MOST_CONFUSED]
        ),
    ]
