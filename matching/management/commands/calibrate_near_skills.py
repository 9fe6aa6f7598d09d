"""Propose from which similarity on an encoder's near skills are shown."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.adapters import EncoderFolderInvalid
from matching.calibration import TARGET_PRECISION, Estimate, Report, Row
from matching.conf import (
    encoder_settings,
    folder_settings,
    verify_dimensions,
)
from matching.encoder import load_encoder
from matching.near_skill_cases import cases, judge
from matching.thresholds import keep_threshold
from matching.training.sources import SourceInvalid

HEADINGS = f"{'':12} {'shown':>7} {'right':>7}  {'precision':20}  recall"


class Command(BaseCommand):
    help = (
        "Measure, on the data in DATA_DIR, how many of the near skills shown are the"
        " skill asked for in other words, and propose the lowest threshold from which"
        " on the precision is reached. With --write, keep it in the encoder's folder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", metavar="DATA_DIR", type=Path)
        parser.add_argument("--encoder", metavar="DIR", type=Path)
        parser.add_argument("--target", type=float, default=TARGET_PRECISION)
        parser.add_argument("--write", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        folder = options["encoder"]
        if options["write"] and folder is None:
            raise CommandError("--write needs --encoder DIR.")
        try:
            settings = encoder_settings() if folder is None else folder_settings(folder)
            verify_dimensions(settings)
            judged = judge(cases(options["data"]), load_encoder(settings))
        except (EncoderFolderInvalid, SourceInvalid) as error:
            raise CommandError(str(error)) from error
        report = Report.of(settings.identity, judged, target=options["target"])
        as_text = json.dumps(asdict(report)) if options["json"] else _text(report)
        self.stdout.write(as_text)
        if options["write"] and report.proposal is not None:
            keep_threshold(folder, report.proposal.threshold)


def _text(report: Report) -> str:
    lines = [
        f"Encoder {report.encoder}: {report.cases} cases, {report.skills} skills"
        " asked for.",
        HEADINGS,
        *(_line(f"{row.threshold:.2f}", row) for row in report.rows),
    ]
    if report.proposal is None:
        return "\n".join([*lines, f"No threshold reaches {report.target:.2f}."])
    return "\n".join(
        [
            *lines,
            f"Proposal {report.proposal.threshold:.2f}, the lowest from which on the"
            f" precision is {report.target:.2f} or more:",
            _line("all", report.proposal),
            *(_line(kind, row) for kind, row in report.kinds.items()),
        ]
    )


def _line(name: str, row: Row) -> str:
    figures = f"{row.shown:7} {row.right:7}"
    return f"{name:12} {figures}  {_share(row.precision)}  {_share(row.recall)}"


def _share(share: Estimate) -> str:
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}]"
