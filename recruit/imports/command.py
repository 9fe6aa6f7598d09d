"""The command line of both imports."""

import gc
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from recruit.accounts.actors import Actor
from recruit.imports.columns import ByHeader, refuse_unknown_field
from recruit.imports.run import run_import
from recruit.imports.types import (
    DEFAULT_SOURCE,
    ImportKind,
    ImportResult,
    UnusableFile,
)

REASONS_SHOWN = 10
_BAR = "{desc} {percentage:3.0f}% |{bar}| [{elapsed}<{remaining}{postfix}]"
ALL_LANDED, SOME_REJECTED, NOTHING_DONE = 0, 1, 2


class ImportCommand(BaseCommand):
    """Parse, call, print; a subclass names the kind of the rows."""

    kind: ClassVar[ImportKind]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--source",
            default=DEFAULT_SOURCE,
            help="name of the system the ids come from (default: %(default)s)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, write nothing"
        )
        parser.add_argument(
            "--rejected",
            type=Path,
            metavar="FILE",
            help="where rejected rows go (default: NAME.rejected.csv beside the file)",
        )
        parser.add_argument("--encoding", help="when the one found is wrong")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            dest="mapped",
            help="what a column of the file means, for example"
            ' "Full legal name=name"; can be given again; COLUMN= leaves it out',
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Exit with 0 (all rows landed), 1 (some rejected) or 2 (nothing done)."""
        # What start-up made lives to the end: looking through it for garbage again and
        # again takes a sixth of a long import.
        gc.freeze()
        file: Path = options["file"]
        rejected_to: Path = options["rejected"] or file.with_name(
            f"{file.stem}.rejected.csv"
        )
        try:
            result = self._run(file, rejected_to, options)
        except UnusableFile as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error
        except (OperationalError, InterfaceError) as error:
            raise CommandError(
                _("The database went away: %s Run the import again to go on.") % error,
                returncode=SOME_REJECTED,
            ) from error
        self._print(result, rejected_to)
        if not result.landed:
            sys.exit(NOTHING_DONE)
        if result.rejected:
            sys.exit(SOME_REJECTED)

    def _run(
        self, file: Path, rejected_to: Path, options: dict[str, Any]
    ) -> ImportResult:
        total = file.stat().st_size if file.is_file() else 0
        with tqdm(
            total=total,
            disable=None,  # quiet unless on a terminal
            desc=_("Importing"),
            bar_format=_BAR,
        ) as bar:

            def show(*, rows: int, bytes_read: int) -> None:
                elapsed = bar.format_dict["elapsed"] or 1
                bar.set_postfix_str(
                    _("%(rows)s rows, %(rate)s rows/s")
                    % {"rows": f"{rows:,}", "rate": f"{rows / elapsed:,.0f}"},
                    refresh=False,
                )
                bar.update(bytes_read - bar.n)

            return run_import(
                file,
                kind=self.kind,
                actor=Actor.system(f"import_{self.kind}"),
                imported_at=timezone.now(),
                source=options["source"],
                dry_run=options["dry_run"],
                rejected_to=rejected_to,
                encoding=options["encoding"],
                columns=ByHeader(self.kind, mapping_of(self.kind, options["mapped"])),
                progress=show,
            )

    def _print(self, result: ImportResult, rejected_to: Path) -> None:
        if result.ignored_headers:
            ignored = ", ".join(f"“{header}”" for header in result.ignored_headers)
            self.stderr.write(_("Columns that are ignored: %s") % ignored)
        for row in result.rejected_rows[:REASONS_SHOWN]:
            self.stderr.write(row.reason)
        if result.rejected > REASONS_SHOWN:
            unshown = result.rejected - REASONS_SHOWN
            self.stderr.write(_("... and %d more.") % unshown)
        if result.rejected:
            self.stderr.write(_("Rejected rows are in %s") % rejected_to)
        said = _(
            "%(created)d created, %(changed)d changed, %(unchanged)d unchanged, "
            "%(rejected)d rejected"
        ) % {
            "created": result.created,
            "changed": result.changed,
            "unchanged": result.unchanged,
            "rejected": result.rejected,
        }
        if result.dry_run:
            said = _("Dry run, nothing was written: %s") % said
        self.stdout.write(f"{said} ({result.encoding})")


def mapping_of(kind: ImportKind, texts: Sequence[str]) -> dict[str, str]:
    """Read "Their Column=our_field". Raise UnusableFile for what is none."""
    mapping: dict[str, str] = {}
    for text in texts:
        header, sign, name = (part.strip() for part in text.rpartition("="))
        if not sign or not header:
            raise UnusableFile(
                _("“%s” does not read COLUMN=FIELD, for example “Their Name=name”.")
                % text
            )
        refuse_unknown_field(kind, name)
        mapping[header] = name
    return mapping
