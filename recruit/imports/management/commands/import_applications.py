"""Import applications from a CSV or XLSX file."""

from recruit.imports.command import ImportCommand
from recruit.imports.types import ImportKind


class Command(ImportCommand):
    help = (
        "Import applications from a CSV or XLSX file; running it again changes nothing."
    )
    kind = ImportKind.APPLICATIONS
