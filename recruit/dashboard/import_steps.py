"""The steps of an import: which are done, and at which it stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from recruit.imports.choices import ImportState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FILE, COLUMNS, CHECK, IMPORT = range(4)
LABELS: "tuple[StrOrPromise, ...]" = (_("File"), _("Columns"), _("Check"), _("Import"))
STANDS_AT = {
    ImportState.MAPPING: COLUMNS,
    ImportState.CHECKING: CHECK,
    ImportState.CHECKED: CHECK,
}
# Where nothing of the step is left to wait for.
OVER = frozenset({ImportState.CHECKED, ImportState.FINISHED})


@dataclass(frozen=True, slots=True)
class Step:
    label: "StrOrPromise"
    is_done: bool
    is_current: bool


def steps_of(state: ImportState, *, asks_for_columns: bool) -> list[Step]:
    """Return the steps of an import whose file stands at a state."""
    current = COLUMNS if asks_for_columns else STANDS_AT.get(state, IMPORT)
    is_over = state in OVER and not asks_for_columns
    return [
        Step(
            label=label,
            is_done=place < current or (place == current and is_over),
            is_current=place == current,
        )
        for place, label in enumerate(LABELS)
    ]
