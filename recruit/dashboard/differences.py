"""What somebody typed beside what somebody else saved meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what was typed and what is stored."""

    label: str
    typed: str
    stored: str


def differences(
    form: forms.BaseForm, typed: Mapping[str, Any], stored: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield the fields whose stored value is not the typed one."""
    for name, value in typed.items():
        mine, theirs = (_worded(form, name, one) for one in (value, stored[name]))
        if mine != theirs:
            yield Difference(str(form[name].label), mine, theirs)


def row_differences(
    label: str, typed: Sequence[Mapping[str, Any]], stored: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    """Yield one difference where two lists of rows are not the same."""
    mine, theirs = _rows_worded(typed), _rows_worded(stored)
    if mine != theirs:
        yield Difference(label, mine, theirs)


def _rows_worded(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(
        " · ".join(_plain(value) for value in row.values() if value) for row in rows
    )


def _worded(form: forms.BaseForm, name: str, value: Any) -> str:
    field = form.fields[name]
    if isinstance(field.widget, forms.Select) and not isinstance(
        field, forms.ModelChoiceField
    ):
        labels = {str(key): str(label) for key, label in field.widget.choices}
        return labels.get(str(value), str(value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return number_format(value.normalize())
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(one) for one in value))
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
