"""What a token may do, as the forms of both sites ask for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from recruit.accounts.choices import Scope


def named_scopes() -> list[tuple[str, SafeString]]:
    """Return each scope with its words and the name that errors and documents use."""
    return [
        (scope.value, format_html("{} <code>{}</code>", scope.label, scope.value))
        for scope in Scope
    ]


class ScopesForm(forms.Form):
    """Some scopes, or all of them by one box."""

    all_scopes = forms.BooleanField(
        label=_("All scopes"),
        required=False,
        help_text=_("Those of today; what later versions add is not among them."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=named_scopes,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_scopes(self) -> list[str]:
        if self.cleaned_data.get("all_scopes"):
            return list(Scope.values)
        chosen: list[str] = self.cleaned_data["scopes"]
        if not chosen:
            raise ValidationError(_("Choose at least one."), code="required")
        return chosen
