"""By what lists of people are narrowed, and how many each value leaves."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import Form
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from matching.facets.asked import (
    AVAILABLE_WITHIN,
    CHANGED_WITHIN,
    CONTACT_WITHIN,
    NEVER,
    OLDER,
    UNSAID,
    FacetCounts,
    Gate,
)
from recruit.api.fields import Choice, OptionalText
from recruit.api.serializers.query import Query, Several

BY_ID_OR_WORD = "By any word the skill is known by, or by its id."


def _days(spans: Sequence[int], *others: str) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=[*map(str, spans), *others])


class FacetQuery(Query):
    """The gates of a list of people; who does not say is `unsaid`."""

    country = Several(help_text="Where they live (ISO 3166-1), any of them.")
    region = Several(help_text="The region they live in, any of them.")
    remote = serializers.BooleanField(
        required=False, help_text="Also who is open to remote work, wherever they live."
    )
    language = Several(help_text="A language (ISO 639) they speak, all of them.")
    available = Several(
        child=_days(AVAILABLE_WITHIN, UNSAID),
        help_text="Who could start within so many days from today; `unsaid`: who"
        " names no day. Any of them.",
    )
    skill = Several(help_text=f"A skill they must hold, all of them. {BY_ID_OR_WORD}")
    source = Several(  # type: ignore[assignment]
        help_text="Where they came from, any of them."
    )
    contact = Several(
        child=_days(CONTACT_WITHIN, OLDER, NEVER),
        help_text="Days since the last contact, at most; `older`: further back than any"
        " of these, `never`: there was none. Any of them.",
    )
    changed = Several(
        child=_days(CHANGED_WITHIN),
        help_text="Days since the profile changed, at most.",
    )


def address_of(query: Mapping[str, Any], *names: str) -> QueryDict:
    """Return parameters of a checked query as the address of a page says them."""
    address = QueryDict(mutable=True)
    for name in names:
        value = query.get(name)
        if isinstance(value, list):
            address.setlist(name, value)
        elif isinstance(value, bool):
            address.update({name: "on"} if value else {})
        elif value is not None:
            moment = getattr(value, "isoformat", None)
            address[name] = moment() if moment else str(value)
    return address


def refuse_mistakes(form: Form) -> None:
    """Raise ValidationError for what a form refuses, naming the parameters."""
    if form.is_valid():
        return
    errors = {
        name: [
            ErrorDetail(message, one.code or "invalid")
            for one in mistakes
            for message in one.messages
        ]
        for name, mistakes in form.errors.as_data().items()
    }
    raise serializers.ValidationError(errors)


class FacetValueSerializer(serializers.Serializer[Any]):
    """One value of a facet, and how many people it leaves."""

    value = serializers.CharField(help_text="What to ask for; `unsaid`: not known.")
    name = OptionalText(help_text="Of a skill or tag, whose `value` is an id.")
    people = serializers.IntegerField(
        help_text="Who would be listed with it while all else stays as it is."
    )
    is_chosen = serializers.BooleanField()


def _values() -> "serializers.ListSerializer[Any]":
    rows: serializers.ListSerializer[Any] = FacetValueSerializer(
        many=True, allow_null=True
    )  # type: ignore[assignment]
    return rows


class JobFacetsSerializer(serializers.Serializer[Any]):
    """Facets of the people of a job; null where they would tell what is hidden."""

    country = _values()
    region = _values()
    remote = _values()
    language = _values()
    available = _values()
    skill = _values()
    without = _values()
    source = _values()  # type: ignore[assignment]
    history = _values()
    not_history = _values()
    contact = _values()
    changed = _values()
    salary = _values()


class GatedBySerializer(serializers.Serializer[Any]):
    """A gate that was asked for, and how many fail it; one may fail several."""

    gate = Choice(choices=[(one.value, one.name) for one in Gate])
    people = serializers.IntegerField()


def facets_told(
    counted: FacetCounts, names: Mapping[str, str], *, hidden: Sequence[str]
) -> dict[str, list[dict[str, Any]] | None]:
    """Return the facets of a list as a body; `names` are those of skills by id."""
    told: dict[str, list[dict[str, Any]] | None] = {}
    for facet, values in counted.values.items():
        is_named = facet in {"skill", "without", "tag"}
        told[facet] = [
            {
                "value": one.value,
                "name": names.get(one.value, "") if is_named else "",
                "people": one.people,
                "is_chosen": one.is_chosen,
            }
            for one in values
            # A skill that was taken off the job since has no name here.
            if not is_named or one.value in names
        ]
    return told | dict.fromkeys(hidden)


def gates_told(counted: FacetCounts) -> list[dict[str, Any]]:
    """Return whom each gate that was asked for leaves out, as a body."""
    return [
        {"gate": gate.value, "people": people}
        for gate, people in counted.by_gate.items()
    ]
