"""How figures of reports are worded, and where they lead."""

from datetime import timedelta
from fractions import Fraction

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from recruit.reports.tables import Cell, Line, Value

register = template.Library()


def days(took: timedelta) -> str:
    """Return a time in days, with one decimal, as programs read it."""
    return f"{took / timedelta(days=1):.1f}"


@register.filter
def figure(value: Value) -> str:
    """Return a figure as people read it; a dash where nothing was counted."""
    if value is None:
        return "–"
    if isinstance(value, timedelta):
        return number_format(days(value))
    if isinstance(value, Fraction):
        return _("%d %%") % round(value * 100)
    return str(value)


@register.filter
def is_none_counted(cell: Cell) -> bool:
    return cell.rows == 0


@register.simple_tag(takes_context=True)
def rows_query(context: Context, cell: Cell, line: Line, total: Line | None) -> str:
    """Return the query of the rows behind a cell, with the filters of this page."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    query["column"] = cell.column.key
    if line is not total:
        query["line"] = line.key
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def filters_query(context: Context) -> str:
    """Return the query of this page without what is not a filter."""
    return str(_filters(context).urlencode())


def _filters(context: Context) -> QueryDict:
    query: QueryDict = context["request"].GET.copy()
    for name in ("page", "column", "line"):
        query.pop(name, None)
    return query


@register.simple_tag(takes_context=True)
def whole_query(context: Context) -> str:
    """Return the query of this page without its page number."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def period_query(context: Context, since: str) -> str:
    """Return the query of this page about the time since a day; empty: about all."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    query["since"], query["until"] = since, ""
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def source_query(context: Context, source: str) -> str:
    """Return the filters of this page, for people of one source."""
    query = _filters(context)
    query["source"] = source
    return str(query.urlencode())
