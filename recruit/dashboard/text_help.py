"""What the form of a new job proposes from its text, and where that stands there.

Nothing is stored of it: the proposals are read from the description each time the
form is shown, and count once the form is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.criteria.suggestions import Suggestion, near_suggestions
from recruit.common.locations import Location
from recruit.dashboard.forms.fields import plain
from recruit.jobs.choices import EmploymentType, RemotePolicy
from recruit.jobs.queries import ReadText, read_text
from recruit.jobs.reading.found import Found, FoundSkill, Salary, Span
from recruit.skills.choices import Importance
from recruit.skills.names import SKILL_LENGTH, skill_key

READ = "text-read"  # the button that reads the description
TAKE = "text-take"  # the button of one near skill
FROM_TEXT = "from_text"  # says that the description was read

MOST_PROPOSED = 40
MOST_NEAR = 8
BULLETS = " -–*•·"
AROUND = 60  # characters shown on each side of what was found

FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "location": gettext_lazy("Place"),
    "remote_policy": gettext_lazy("Remote policy"),
    "employment_type": gettext_lazy("Employment type"),
    "salary": gettext_lazy("Salary"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the text, with the words around it."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was recognised, or was named without being clear."""

    label: str
    value: str  # "" where the text names several
    place: Place
    others: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill that is proposed as a requirement."""

    name: str
    importance: str
    minimum_years: str
    heading: str
    place: Place

    def values(self) -> dict[str, str]:
        """Return the proposal as the values of a row of the form."""
        return {
            "skill": self.name,
            "importance": self.importance,
            "minimum_proficiency": "",
            "minimum_years": self.minimum_years,
        }


@dataclass(frozen=True, slots=True)
class TextHelp:
    """What was read of a text."""

    text: str = ""
    is_read: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)  # of the form's fields
    lines: Sequence[Line] = ()
    missing: Sequence[str] = ()  # labels of what the text does not say
    requirements: Sequence[Requirement] = ()
    near: Sequence[Suggestion] = ()

    def requirement_of(self, name: str) -> Requirement | None:
        """Return the proposal that a row of the form rests on."""
        key = skill_key(name or "")
        same = (one for one in self.requirements if skill_key(one.name) == key)
        return next(same, None)


NO_TEXT = TextHelp()

_TOGETHER = (
    ("title",),
    ("place", "region", "country"),
    ("remote_policy",),
    ("employment_type",),
    ("salary_min", "salary_max", "salary_currency"),
)
# What a form holds that nobody has touched.
_USUAL = {
    "remote_policy": RemotePolicy.ON_SITE.value,
    "employment_type": EmploymentType.FULL_TIME.value,
}


def is_about_text(posted: QueryDict) -> bool:
    """Say whether a button of the text was pressed."""
    return READ in posted or TAKE in posted


def was_read(posted: QueryDict) -> bool:
    """Say whether the form that was sent shows proposals."""
    return FROM_TEXT in posted or READ in posted


def help_for_text(pasted: str) -> TextHelp:
    """Read a text, and propose what it says."""
    read = read_text(pasted)
    requirements = _requirements(read)
    found = {name: getattr(read.reading, name) for name in FIELDS}
    return TextHelp(
        text=read.reading.text,
        is_read=True,
        values=_values(found),
        lines=[
            _line(name, one, read.reading.text) for name, one in found.items() if one
        ],
        missing=[str(FIELDS[name]) for name, one in found.items() if not one],
        requirements=requirements,
        near=near_suggestions(list(read.skills.values()), most=MOST_NEAR),
    )


def filled_in(typed: Mapping[str, Any], proposed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, with proposals where nothing was said.

    What belongs together is proposed together: no country of another place.
    """
    filled = dict(typed)
    for names in _TOGETHER:
        is_said = any(
            typed.get(name) not in ("", None, _USUAL.get(name)) for name in names
        )
        if not is_said:
            filled |= {name: proposed[name] for name in names if name in proposed}
    return filled


def more_rows(
    held: Sequence[Mapping[str, str]], proposed: Sequence[Requirement]
) -> list[Mapping[str, str]]:
    """Return the rows of a form, and one for each skill that none of them names."""
    keys = {skill_key(row["skill"]) for row in held}
    added = [one.values() for one in proposed if skill_key(one.name) not in keys]
    return [*held, *added]


def taken_row(posted: QueryDict) -> dict[str, str]:
    """Return the row for the near skill whose button was pressed."""
    name = posted.get(TAKE, "")[:SKILL_LENGTH]
    return {"skill": name, "importance": Importance.PREFERRED}


def _requirements(read: ReadText) -> list[Requirement]:
    known = [one for one in read.reading.skills if one.skill_id in read.skills]
    return [
        Requirement(
            name=read.skills[one.skill_id].name,
            importance=one.importance,
            minimum_years="" if one.minimum_years is None else str(one.minimum_years),
            heading=one.heading,
            place=place_in(read.reading.text, one.span),
        )
        for one in sorted(known, key=_required_first)[:MOST_PROPOSED]
    ]


def _required_first(one: FoundSkill) -> bool:
    # Stable: the order of the text is kept among those of equal importance.
    return one.importance != Importance.REQUIRED


def _values(found: Mapping[str, Found[Any] | None]) -> dict[str, Any]:
    """Return what the fields of the form are filled with."""
    values: dict[str, Any] = {}
    for name, one in found.items():
        value = None if one is None else one.value
        if isinstance(value, Location):
            values |= value._asdict()
        elif isinstance(value, Salary):
            values["salary_min"], values["salary_max"] = (
                plain(value.low),
                plain(value.high),
            )
            values["salary_currency"] = value.currency
        elif value:
            values[name] = value
    return values


def _line(name: str, one: Found[Any], text: str) -> Line:
    return Line(
        label=str(FIELDS[name]),
        value=_said(name, one.value),
        place=place_in(text, one.span),
        others=", ".join(one.others),
    )


def _said(name: str, value: Any) -> str:
    """Return a value as the page words it."""
    if value is None:
        return ""
    if isinstance(value, Location):
        return ", ".join(filter(None, value))
    if isinstance(value, Salary):
        return _salary(value)
    choices = {"remote_policy": RemotePolicy, "employment_type": EmploymentType}
    return str(choices[name](value).label) if name in choices else str(value)


def _salary(salary: Salary) -> str:
    low, high = _amount(salary.low), _amount(salary.high)
    if low and high:
        return f"{low}–{high} {salary.currency}"
    amount = low or high
    told = _("from %(amount)s") if low else _("up to %(amount)s")
    return told % {"amount": f"{amount} {salary.currency}"}


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else number_format(plain(amount), force_grouping=True)


def place_in(text: str, span: Span) -> Place:
    """Return a place of a text with the words of its line around it."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end == -1 else line_end
    start, end = max(line_start, span.start - AROUND), min(line_end, span.end + AROUND)
    is_cut = start > line_start
    before = text[start : span.start]
    before = f"…{before}" if is_cut else before.lstrip(BULLETS)
    after = text[span.end : end] + ("…" if end < line_end else "")
    return Place(before, text[span.start : span.end], after)
