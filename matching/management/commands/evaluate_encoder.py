"""Print how well encoders rank the documents of task folders."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from matching.adapters import EncoderFolderInvalid
from matching.evaluation.judging import Row, judge
from matching.evaluation.ranking import ScoresNotFinite
from matching.evaluation.report import LEGEND, as_json, table
from matching.evaluation.tasks import (
    TaskFolderInvalid,
    check_tasks,
    read_task,
    task_folders,
)
from matching.judged import load_compared


class Command(BaseCommand):
    help = (
        "Print MRR, MAP, nDCG@10, RP@10 and R@10 of encoders on each task folder below"
        " --tasks, beside the base encoder, BM25 and chance. A task folder holds"
        " queries.jsonl, corpus.jsonl and qrels.tsv; docs/evaluation.md says more."
    )
    # Folders are judged whatever encoder is configured.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--encoder",
            metavar="DIR",
            type=Path,
            nargs="+",
            action="extend",
            default=[],
            help="folders of encoders; without it, the one that the platform uses",
        )
        parser.add_argument("--tasks", metavar="DIR", type=Path, required=True)
        parser.add_argument(
            "--macro", metavar="FIELD", help="average over the values of a query field"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print a JSON object a line, one for each task and system",
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        with tqdm(unit=" texts", file=sys.stderr, disable=None) as bar:
            for rows in _judged(options, bar.update, bar.set_description):
                if options["json"]:
                    self.stdout.write("\n".join(as_json(row) for row in rows))
                else:
                    self.stdout.write(table(rows) + "\n")
                self.stdout.flush()
        if not options["json"]:
            self.stdout.write(LEGEND)


def _judged(
    options: dict[str, Any],
    after_batch: Callable[[int], object],
    before_task: Callable[[str], object],
) -> Iterator[list[Row]]:
    """Give the rows of each task; every folder is read before the first encoding."""
    try:
        folders = task_folders(options["tasks"])
        check_tasks(folders, macro=options["macro"])
        compared = load_compared(options["encoder"], after_batch=after_batch)
        for folder in folders:
            before_task(folder.name)
            yield judge(
                read_task(folder),
                base=compared.base,
                encoders=compared.encoders,
                macro=options["macro"],
            )
    except (TaskFolderInvalid, ScoresNotFinite) as error:
        raise CommandError(str(error)) from error
    except EncoderFolderInvalid as error:
        raise CommandError(f"{error.message} {error.hint}") from error
