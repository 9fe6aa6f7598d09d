"""The facets beside the list of candidates, and what its address asks of nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from matching.facets.asked import FacetValue
from matching.free_text.counts import SearchCounts
from matching.free_text.wording import FIELDS, unknown_fields
from recruit.dashboard.facet_panel import Panel, panel_of
from recruit.dashboard.forms.search import CandidateFilter
from recruit.finding.search_form import FACETS
from recruit.notes.models import Tag
from recruit.skills.models import Skill


@dataclass(frozen=True, slots=True)
class SearchPanel:
    """The facets with their counts, and of whom the counts are."""

    panel: Panel
    is_by_words: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class UnknownFields:
    """What was written like a field and is none, and which fields there are."""

    names: tuple[str, ...]
    known: tuple[str, ...] = FIELDS


def search_panel(
    form: CandidateFilter, counts: SearchCounts, asked: QueryDict
) -> SearchPanel:
    """Return the panel of the list that an address asks for."""
    values = counts.counted.values
    names = _named(Skill.objects.all(), values["skill"])
    names |= _named(Tag.objects.all(), values["tag"])
    panel = panel_of(form, counts.counted, names | form.names(), asked, shown=FACETS)
    # Kept open while somebody is choosing in it.
    is_open = bool(panel.gates or form.errors)
    return SearchPanel(panel, counts.is_by_words, is_open)


def _named(rows: QuerySet[Any], values: Iterable[FacetValue]) -> dict[str, str]:
    named = rows.filter(pk__in=[one.value for one in values])
    return {str(pk): name for pk, name in named.values_list("pk", "name")}


def fields_unknown(text: str) -> UnknownFields | None:
    """Return what a search asks for in fields that there are not."""
    names = unknown_fields(text)
    return UnknownFields(names) if names else None
