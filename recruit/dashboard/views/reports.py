"""Reports: figures, and the rows behind each of them, as pages and as CSV."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from recruit.accounts.models import User
from recruit.common.admin.export import csv_lines
from recruit.dashboard.charts import chart
from recruit.dashboard.forms.reports import ReportFilter
from recruit.dashboard.paging import PAGE_SIZE
from recruit.dashboard.permissions import viewer_of
from recruit.dashboard.refusing import bad_request
from recruit.dashboard.report_rows import ReportRow, loaded
from recruit.dashboard.templatetags.figures import days, figure
from recruit.reports.catalogue import REPORTS, Report
from recruit.reports.tables import Column, Table, Value

PERIODS = (30, 90, 365)  # days offered beside the filters


@require_safe
@login_required
def reports(_request: HttpRequest) -> HttpResponse:
    return redirect("dashboard:report_time-to-fill")


def _report(name: str, viewer: User) -> Report:
    """Return a report that a viewer may see. Raise Http404."""
    report = REPORTS[name]
    if report.is_for_recruiting and not viewer.is_recruiting:
        raise Http404
    return report


@require_safe
@login_required
def report(request: HttpRequest, name: str) -> HttpResponse:
    viewer = viewer_of(request)
    shown, form = _report(name, viewer), ReportFilter(request.GET, viewer=viewer)
    context = {
        "report": shown,
        "reports": _offered(viewer),
        "form": form,
        "jobs": form.jobs_offered(),
        "sources": form.sources_offered(),
        "periods": _periods(form),
    }
    if not form.is_valid():
        return render(request, "dashboard/report.html", context, status=400)
    table = shown.table(form.scope())
    context |= {"table": table, "chart": chart(table, shown.charted)}
    return render(request, "dashboard/report.html", context)


def _offered(viewer: User) -> list[Report]:
    return [
        one
        for one in REPORTS.values()
        if viewer.is_recruiting or not one.is_for_recruiting
    ]


def _periods(form: ReportFilter) -> list[tuple[str, str, bool]]:
    """Return the times offered: words, first day, and whether it is shown now."""
    today = timezone.localdate(form.now)
    asked = (form["since"].value() or "", form["until"].value() or "")
    found = []
    for count in PERIODS:
        since = (today - timedelta(days=count)).isoformat()
        words = ngettext("%d day", "%d days", count) % count
        found.append((words, since, asked == (since, "")))
    return [*found, (_("All time"), "", asked == ("", ""))]


@require_safe
@login_required
def report_rows(request: HttpRequest, name: str) -> HttpResponse:
    viewer = viewer_of(request)
    shown, form = _report(name, viewer), ReportFilter(request.GET, viewer=viewer)
    column = shown.column(request.GET.get("column", ""))
    if column is None or not form.is_valid():
        return bad_request(request, _("This address names no figure of the report."))
    scope = form.scope()
    line = request.GET.get("line")
    entries = shown.behind(scope, column, line)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "report": shown,
        "column": column,
        "line": shown.label(scope, line) if line is not None else None,
        "page": page,
        "rows": list(loaded(page.object_list, shown, scope)),
        "form": form,
    }
    return render(request, "dashboard/report_rows.html", context)


@require_safe
@login_required
def report_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    viewer = viewer_of(request)
    shown, form = _report(name, viewer), ReportFilter(request.GET, viewer=viewer)
    if not form.is_valid():
        return bad_request(request, _("The filters of this address cannot be used."))
    table = shown.table(form.scope())
    header = [str(shown.line_title), *(str(one.label) for one in table.columns)]
    return _csv(header, _table_lines(table), f"{name}.csv")


def _table_lines(table: Table) -> Iterator[list[object]]:
    for line in (*table.lines, *([table.total] if table.total else [])):
        yield [line.label, *(_exported(cell.value) for cell in line.cells)]


def _exported(value: Value) -> str:
    if value is None:
        return ""
    return days(value) if isinstance(value, timedelta) else figure(value)


@require_safe
@login_required
def report_rows_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    viewer = viewer_of(request)
    shown, form = _report(name, viewer), ReportFilter(request.GET, viewer=viewer)
    asked = request.GET.get("column")
    column: Column | None = shown.column(asked or shown.columns[0].key)
    if column is None or not form.is_valid():
        return bad_request(request, _("This address names no figure of the report."))
    scope = form.scope()
    entries = shown.behind(scope, column, request.GET.get("line"))
    rows = loaded(iter(entries), shown, scope)  # read once, not counted first
    return _csv(_row_header(), map(_row_line, rows), f"{name}-rows.csv")


def _row_header() -> list[str]:
    return [
        _("Person"),
        _("Requisition code"),
        _("Job"),
        _("Counted as"),
        _("From"),
        _("To"),
        _("Days"),
    ]


def _row_line(row: ReportRow) -> list[object]:
    took = row.entry.took
    return [
        row.candidate.name if row.candidate else "",
        row.job.requisition_code,
        row.job.title,
        row.said,
        timezone.localtime(row.entry.began_at),
        timezone.localtime(row.entry.ended_at) if row.entry.ended_at else "",
        "" if took is None else days(took),
    ]


def _csv(
    header: list[str], lines: Iterable[list[object]], filename: str
) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csv_lines(header, lines),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "no-store",
        },
    )
