"""Forms of the admin pages: never older than their row, and open to refusals."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit.common.fields import no_null_characters
from recruit.common.refusals import Refused

# Columns that change without anybody having edited the row.
UNSEEN_COLUMNS = frozenset({"last_login", "last_used_at", "updated_at"})

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    BaseInlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    ModelForm = forms.ModelForm
    BaseInlineFormSet = forms.BaseInlineFormSet


def row_version(row: models.Model) -> str:
    """Return what differs after somebody has edited the row."""
    version = getattr(row, "version", None)
    if version is not None:
        return str(version)
    columns = [
        (field.attname, str(getattr(row, field.attname)))
        for field in row._meta.concrete_fields
        if field.name not in UNSEEN_COLUMNS
    ]
    return hashlib.sha256(repr(columns).encode()).hexdigest()


def as_form_error(refusal: Refused | ValidationError) -> ValidationError:
    """Return what an operation said in the form that forms understand."""
    if isinstance(refusal, Refused):
        return ValidationError(str(refusal))
    return refusal


class OperationForm(ModelForm):
    """A form that refuses to overwrite what its reader never saw."""

    version_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    refusal: ValidationError | None = None
    version_of: Callable[[models.Model], str] = staticmethod(row_version)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self._version_now = "" if is_new else type(self).version_of(self.instance)
        self.initial["version_seen"] = self._version_now
        for field in self.fields.values():
            name_date_and_time(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("version_seen", "") != self._version_now:
            raise ValidationError(
                _(
                    "Somebody else changed this after you opened it. Nothing was "
                    "saved: open the page again to see how it stands now."
                ),
                code="stale",
            )
        if self.refusal is not None:
            self._show(self.refusal)
        return cleaned

    def _show(self, refusal: ValidationError) -> None:
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else NON_FIELD_ERRORS, errors)


def name_date_and_time(field: forms.Field) -> None:
    """Give the two halves of a moment the names that no label gives them."""
    if isinstance(field.widget, forms.SplitDateTimeWidget):
        for half, words in zip(
            field.widget.widgets, (_("date"), _("time")), strict=True
        ):
            half.attrs["aria-label"] = f"{field.label}: {words}"


class KnownAutocompleteSelect(AutocompleteSelect):
    """An autocomplete field that asks the database for no label it was given."""

    known: Mapping[str, str] = {}

    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        chosen = [str(one) for one in value if one]
        if not chosen or not self.known.keys() >= set(chosen):
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [("", "")]
        options += [(one, self.known[one]) for one in chosen]
        made = [
            self.create_option(name, key, label, key in chosen, index)
            for index, (key, label) in enumerate(options)
        ]
        return [(None, made, 0)]


class InlineForm(ModelForm):
    """A row of an inline; the labels of its loaded relations are known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            loaded = self.instance._state.fields_cache.get(name)
            if isinstance(widget, KnownAutocompleteSelect) and loaded is not None:
                widget.known = {str(loaded.pk): str(loaded)}


class NamedFieldsFormSet(BaseInlineFormSet):
    """Rows of a table, whose fields have headings but no labels of their own."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                # A select with a link to add a row is drawn by the one inside.
                drawn = getattr(field.widget, "widget", field.widget)
                drawn.attrs["aria-label"] = str(field.label)


class LinesField(forms.CharField):
    """A list of short texts, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": 60}))
        kwargs.setdefault("help_text", _("One on each line."))
        super().__init__(required=False, validators=[no_null_characters], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = "\n".join(initial or [])
        return before.split() != (data or "").split()
