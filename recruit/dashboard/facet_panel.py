"""The facets of a list of people as a page shows them: worded, with their counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.facets.asked import NEVER, OLDER, UNSAID, FacetCounts, FacetValue, Gate
from matching.facets.counting import MOST_OFFERED
from recruit.applications.choices import Outcome
from recruit.applications.stage_names import stage_label
from recruit.common.codes import country_name, language_name
from recruit.finding.facet_form import FacetForm

GATES = {
    Gate.LOCATION: gettext_lazy("location"),
    Gate.SALARY: gettext_lazy("salary"),
    Gate.LANGUAGE: gettext_lazy("language"),
    Gate.AVAILABILITY: gettext_lazy("availability"),
    Gate.SKILL: gettext_lazy("a skill they lack"),
    Gate.WITHOUT: gettext_lazy("a skill they hold"),
    Gate.SOURCE: gettext_lazy("source"),
    Gate.HISTORY: gettext_lazy("stage history"),
    Gate.NOT_HISTORY: gettext_lazy("what they went through"),
    Gate.CONTACT: gettext_lazy("last contact"),
    Gate.CHANGED: gettext_lazy("time of the last update"),
    Gate.TAG: gettext_lazy("a tag they do not bear"),
    Gate.ASKED_SKILL: gettext_lazy("none of the skills the job asks for"),
}

# Parameters of the address that a gate is made of.
PARAMETERS: dict[Gate, tuple[str, ...]] = {
    Gate.LOCATION: ("country", "region", "remote"),
    Gate.SALARY: ("salary", "salary_unsaid"),
    Gate.LANGUAGE: ("language",),
    Gate.AVAILABILITY: ("available",),
    Gate.SKILL: ("skill",),
    Gate.WITHOUT: ("without",),
    Gate.SOURCE: ("source",),
    Gate.HISTORY: ("history",),
    Gate.NOT_HISTORY: ("not_history",),
    Gate.CONTACT: ("contact",),
    Gate.CHANGED: ("changed", "since"),
    Gate.TAG: ("tag",),
    Gate.ASKED_SKILL: ("new",),
}
PAGES = ("after", "before", "page", "limit", "saved")

# So many values of a facet are seen at once, the others on request.
SEEN = 8

# Facets in the order of the panel; those in which a person types have no list alone.
OF_JOB = (
    "country",
    "region",
    "language",
    "available",
    "skill",
    "without",
    "source",
    "history",
    "not_history",
    "contact",
    "changed",
)
TYPED = ("skill", "without")
NAMED = (*TYPED, "tag")


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen, and how many people it leaves."""

    value: str
    label: str
    people: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of the panel."""

    name: str
    label: str
    options: tuple[Option, ...]
    is_typed: bool
    errors: tuple[str, ...] = ()
    more: tuple[Option, ...] = ()  # seen on request
    has_others: bool = False  # not offered at all, but they can be typed


@dataclass(frozen=True, slots=True)
class GatedBy:
    """A gate that was asked for: whom it leaves out, the list without it."""

    label: str
    people: int
    without_it: str  # the query of the address


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything about the gates of one list."""

    facets: tuple[Facet, ...]
    remote: Option
    salary: Mapping[str, int]
    gates: tuple[GatedBy, ...]
    passing: int
    gated: int


def panel_of(
    form: FacetForm,
    counted: FacetCounts,
    names: Mapping[str, str],
    asked: QueryDict,
    *,
    shown: Sequence[str],
) -> Panel:
    """Return the panel of a list with the facets `shown`.

    `names` are those of skills and tags by their ids.
    """
    remote = counted.values["remote"] or (FacetValue("yes", 0),)
    return Panel(
        facets=tuple(_facet(name, form, counted, names) for name in shown),
        remote=_option("remote", remote[0], names),
        salary={one.value: one.people for one in counted.values.get("salary", ())},
        gates=tuple(
            GatedBy(str(GATES[gate]), people, without(asked, *PARAMETERS[gate]))
            for gate, people in counted.by_gate.items()
        ),
        passing=counted.passing,
        gated=counted.gated,
    )


def _facet(
    name: str, form: FacetForm, counted: FacetCounts, names: Mapping[str, str]
) -> Facet:
    values = counted.values[name]
    options = [_option(name, one, names) for one in values]
    # A skill that was taken off the job since has no name here.
    labelled = [one for one in options if one.label]
    seen = {one.value for one in labelled[:SEEN]}
    seen |= {one.value for one in labelled if one.is_chosen or one.value == UNSAID}
    return Facet(
        name=name,
        label=str(form.fields[name].label),
        options=tuple(one for one in labelled if one.value in seen),
        is_typed=name in TYPED,
        errors=tuple(map(str, form.errors.get(name, ()))),
        more=tuple(one for one in labelled if one.value not in seen),
        has_others=name not in TYPED and len(values) >= MOST_OFFERED,
    )


def _option(name: str, value: FacetValue, names: Mapping[str, str]) -> Option:
    label = _label(name, value.value, names)
    sent = label if name in NAMED else value.value
    return Option(sent, label, value.people, value.is_chosen)


def _label(name: str, value: str, names: Mapping[str, str]) -> str:
    if name in NAMED:
        return names.get(value, "")
    if value == UNSAID:
        return _("not said")
    worded = WORDED.get(name)
    return worded(value) if worded else value


def _available(value: str) -> str:
    return _("now") if value == "0" else _within(value)


def _contact(value: str) -> str:
    others = {OLDER: _("longer ago"), NEVER: _("never")}
    return others.get(value) or _("last %(time)s") % {"time": _days(value)}


def _within(value: str) -> str:
    return _("within %(time)s") % {"time": _days(value)}


def _days(value: str) -> str:
    days = int(value)
    return ngettext("%d day", "%d days", days) % days


def history_label(code: str) -> str:
    """Word a code of the stage history."""
    if code == NEVER:
        return _("never considered")
    kind, _colon, value = code.partition(":")
    if kind == "outcome" and value in Outcome.values:
        return str(Outcome(value).label)
    if kind == "stage":
        return _("last at: %(stage)s") % {"stage": stage_label(value)}
    return value or code


# How the values of facets are worded that do not speak for themselves.
WORDED: dict[str, Callable[[str], str]] = {
    "available": _available,
    "contact": _contact,
    "changed": _contact,
    "history": history_label,
    "not_history": history_label,
    "country": country_name,
    "language": language_name,
    "remote": lambda _value: _("Open to remote"),
}


def without(asked: QueryDict, *names: str) -> str:
    """Return the query of an address without some parameters, from its first page."""
    kept = asked.copy()
    for name in (*names, *PAGES):
        kept.pop(name, None)
    return kept.urlencode()


def with_value(asked: QueryDict, **values: str) -> str:
    """Return the query of an address with other values, from its first page."""
    kept = asked.copy()
    for name in PAGES:
        kept.pop(name, None)
    for name, value in values.items():
        kept[name] = value
    return kept.urlencode()
