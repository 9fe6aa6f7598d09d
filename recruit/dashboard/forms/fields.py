"""Fields shared by the forms."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from recruit.common.fields import LIST_LENGTH
from recruit.skills.names import SKILL_LENGTH

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LINE_LENGTH = 500


def plain(number: Decimal | None) -> str:
    """Return a number without the zeros that only its column asks for."""
    return "" if number is None else f"{number.normalize():f}"


class Lines(forms.CharField):
    """Several values, one on each line."""

    def __init__(
        self,
        *,
        check: Callable[[str], None] | None = None,
        refusal: "StrOrPromise" = "",
        **options: Any,
    ) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        options.setdefault("max_length", LIST_LENGTH * LINE_LENGTH)
        super().__init__(**options)
        self.check, self.refusal = check, refusal

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (line.strip() for line in super().clean(value).splitlines())
        kept = list(dict.fromkeys(filter(None, lines)))
        wrong = [line for line in kept if not self._passes(line)]
        if wrong:
            raise ValidationError(
                [ValidationError(self.refusal, params={"line": line}) for line in wrong]
            )
        return kept

    def _passes(self, line: str) -> bool:
        try:
            if self.check is not None:
                self.check(line)
        except ValidationError:
            return False
        return True


class SkillName(forms.CharField):
    """A skill by its words; a plain text field that suggests where scripts run."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", SKILL_LENGTH)
        suggest = {"data-suggest": reverse_lazy("dashboard:skill_suggest")}
        options.setdefault("widget", forms.TextInput(attrs=suggest))
        super().__init__(**options)


def day_input() -> forms.DateInput:
    """Return a widget for a day; browsers want it in this form in every language."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def search_words(label: "StrOrPromise", *, max_length: int = 200) -> forms.CharField:
    """Return a field for the words of a search."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=max_length,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
