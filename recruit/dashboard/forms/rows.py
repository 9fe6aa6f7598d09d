"""Forms made of rows: requirements of a job, skills and career of a candidate.

Without JavaScript a row is added or removed by a submit button; the page comes back
with everything that was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

ADDED_AT_ONCE = 3
FIRST_BLANKS = 3
MOST_ROWS = 500  # as many as the operations take of one part


class Rows(forms.BaseFormSet):  # type: ignore[type-arg] # not generic at run time
    """Rows of one kind; a row left blank says nothing."""

    def said(self) -> list[dict[str, Any]]:
        """Return what the rows say that are not blank."""
        return [
            form.cleaned_data
            for form in self.forms
            if form.has_changed() and any(form.cleaned_data.values())
        ]


@dataclass(frozen=True, slots=True)
class RowsKind:
    """One kind of row: its name in the page and the form of one row."""

    name: str
    form: type[forms.Form]
    rows: type[Rows] = Rows

    def typed(self, posted: QueryDict) -> Rows:
        """Return the rows as they were sent."""
        return self._formset(0)(posted, prefix=self.name)

    def shown(self, initial: Sequence[Mapping[str, Any]], *, blanks: int) -> Rows:
        """Return rows to be filled in: the known ones and some blank ones."""
        return self._formset(blanks)(initial=list(initial), prefix=self.name)

    def first_shown(self, initial: Sequence[Mapping[str, Any]]) -> Rows:
        """Return the rows of a page that was just opened."""
        return self.shown(initial, blanks=1 if initial else FIRST_BLANKS)

    def _formset(self, blanks: int) -> type[Rows]:
        made: type[Rows] = forms.formset_factory(  # type: ignore[assignment]
            self.form,
            formset=self.rows,
            extra=blanks,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS + FIRST_BLANKS,
            validate_max=True,
        )
        return made

    def edited(self, posted: QueryDict) -> Rows | None:
        """Return the rows with one added or removed, None if neither was asked."""
        if f"{self.name}-add" in posted:
            return self.shown(self._raw(posted), blanks=ADDED_AT_ONCE)
        removed = posted.get(f"{self.name}-remove")
        if removed is None:
            return None
        kept = [
            row
            for number, row in enumerate(self._raw(posted, keep_blank=True))
            if str(number) != removed
        ]
        return self.shown([row for row in kept if any(row.values())], blanks=1)

    def filled(self, posted: QueryDict) -> list[dict[str, str]]:
        """Return what stands in the rows that were sent, as it was typed."""
        return self._raw(posted)

    def _raw(
        self, posted: QueryDict, *, keep_blank: bool = False
    ) -> list[dict[str, str]]:
        formset = self.typed(posted)
        rows = [
            {name: posted.get(form.add_prefix(name), "") for name in form.fields}
            for form in formset.forms
        ]
        return [row for row in rows if keep_blank or any(row.values())]


def is_about_rows(posted: QueryDict, kinds: Sequence[RowsKind]) -> bool:
    """Say whether a button for adding or removing a row was pressed."""
    return any(
        f"{kind.name}-{button}" in posted
        for kind in kinds
        for button in ("add", "remove")
    )


def typed_values(form: forms.BaseForm, posted: QueryDict) -> dict[str, Any]:
    """Return what was typed, to be shown again without judging it yet."""
    return {
        name: field.widget.value_from_datadict(posted, {}, name)
        for name, field in form.fields.items()
    }
