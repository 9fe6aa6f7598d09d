"""What may stand behind the question mark; anything else is refused."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from recruit.api.fields import Moment, Text
from recruit.api.pagination import MOST_PER_PAGE, PER_PAGE
from recruit.common.fields import LINE_LENGTH

WORDS_LENGTH = 200
RELATED = "related"
MOST_VALUES = 30
UNKNOWN = _("There is no such parameter.")
TWICE = _("This parameter is given twice.")


class Several(serializers.ListField):
    """A parameter that may be given more than once: `country=DE&country=FR`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "required": False,
                "max_length": MOST_VALUES,
                "child": Text(max_length=LINE_LENGTH),
                **kwargs,
            }
        )


class Query(serializers.Serializer[Any]):
    """No parameters at all, unless a subclass names some."""

    def checked(self, parameters: QueryDict) -> None:
        """Raise ValidationError naming the parameters that are unknown or double."""
        errors = {}
        for name, values in parameters.lists():
            if name not in self.fields:
                errors[name[:80]] = [ErrorDetail(str(UNKNOWN), "unknown_parameter")]
            elif isinstance(self.fields[name], Several):
                self.initial_data[name] = values
            elif len(values) > 1:
                errors[name] = [ErrorDetail(str(TWICE), "given_twice")]
        if errors:
            raise serializers.ValidationError(errors)
        self.is_valid(raise_exception=True)


# The columns of an order, the last of which is unique; `-` for descending.
Orders = Mapping[str, tuple[str, ...]]
BY_TIME: Orders = {
    "-created_at": ("-created_at", "-id"),
    "created_at": ("created_at", "id"),
    "-updated_at": ("-updated_at", "-id"),
    "updated_at": ("updated_at", "id"),
}


class Names(serializers.CharField):
    """Names with commas between them, out of some."""

    def __init__(self, *, known: Sequence[str], **kwargs: Any) -> None:
        self.known = tuple(known)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> list[str]:  # type: ignore[override]
        names = [name.strip() for name in super().to_internal_value(data).split(",")]
        for name in names:
            if name not in self.known:
                sentence = _("There is no “%s” here.") % name[:80]
                raise serializers.ValidationError([sentence], code="unknown_name")
        return list(dict.fromkeys(names))


class NamesInSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = Names

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        one = "|".join(re.escape(name) for name in self.target.known)
        return {"type": "string", "pattern": f"^({one})(,({one}))*$"}


class ShapedQuery(Query):
    """What of rows is shown: some of their fields, and what is related to them."""

    row_class: ClassVar[type[serializers.Serializer[Any]]]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        shown = self.row_class().fields
        fields["fields"] = Names(
            known=[str(name) for name in shown.keys() if name != RELATED],  # noqa: SIM118
            required=False,
            max_length=1000,
            help_text="Only these fields of a row, with commas between them; `id` is"
            " always there, and the rest is absent.",
        )
        if RELATED in shown:
            related = shown[RELATED].fields  # type: ignore[attr-defined]
            fields["include"] = Names(
                known=list(related),
                required=False,
                max_length=1000,
                help_text="What to add as `related`, with commas between them. Each"
                " needs the scope that reads it.",
            )
        return fields


class PageQuery(Query):
    """The page of a list; a list with `orders` is in the first unless said."""

    orders: ClassVar[Orders] = {}

    per_page = serializers.IntegerField(
        min_value=1,
        max_value=MOST_PER_PAGE,
        default=PER_PAGE,
        help_text="Most rows on one page.",
    )
    cursor = Text(
        required=False,
        max_length=4000,
        help_text="Where the page begins: taken from `next`, never made by hand.",
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if self.orders:
            fields["order_by"] = serializers.ChoiceField(
                choices=list(self.orders),
                default=next(iter(self.orders)),
                help_text="The order of the list; `-` is descending.",
            )
        return fields


class SyncedQuery(PageQuery):
    """For rows whose changes another system can follow."""

    sync_token = Text(
        required=False,
        max_length=1000,
        help_text="Only what changed since a list answered with this token, and what is"
        " gone (`deleted`), in order of the ids. Other filters must be those of then.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "sync_token" in attrs and "updated_since" in attrs:
            sentence = _("Say either from which moment on, or from which sync.")
            raise serializers.ValidationError({"updated_since": [sentence]}, "refused")
        return attrs


class SourcedQuery(SyncedQuery):
    """For rows that can come from another system."""

    source = Text(  # type: ignore[assignment]
        required=False, max_length=100, help_text="The system a row came from."
    )
    external_id = Text(
        required=False, max_length=LINE_LENGTH, help_text="Its id in that system."
    )
    updated_since = Moment(
        required=False,
        help_text="Only rows changed at this moment or after it. A change can become"
        " visible some time after its moment: to miss nothing, use `sync_token`.",
    )


class ExternalIdQuery(Query):
    """Which row is meant, by the id that another system gave it."""

    source = serializers.CharField(  # type: ignore[assignment]
        max_length=100, allow_blank=True, help_text="The system the row came from."
    )
    external_id = serializers.CharField(
        max_length=LINE_LENGTH, help_text="Its id in that system."
    )


class WordsQuery(serializers.Serializer[Any]):
    q = Text(
        required=False,
        max_length=WORDS_LENGTH,
        help_text="Words that must all be found.",
    )
