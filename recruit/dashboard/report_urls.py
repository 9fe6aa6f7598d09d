"""Addresses of the reports: each with its rows and its CSV files."""

from django.urls import URLPattern, path

from recruit.dashboard.views import reports
from recruit.reports.catalogue import REPORTS

ENDS = (
    ("", "report", reports.report),
    ("rows/", "report_rows", reports.report_rows),
    ("table.csv", "report_csv", reports.report_csv),
    ("rows.csv", "report_rows_csv", reports.report_rows_csv),
)


def report_urls() -> list[URLPattern]:
    """Return `report_<name>`, `report_rows_<name>` and so on for every report."""
    each = [
        path(f"reports/{name}/{end}", view, {"name": name}, name=f"{called}_{name}")
        for name in REPORTS
        for end, called, view in ENDS
    ]
    return [path("reports/", reports.reports, name="reports"), *each]
