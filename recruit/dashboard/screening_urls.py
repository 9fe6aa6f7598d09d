"""Addresses of screening, comparing and the shortlist of a job."""

from django.urls import URLPattern, path

from recruit.dashboard.views import (
    screening,
    screening_notes,
    screening_summary,
    shortlist,
)


def screening_urls() -> list[URLPattern]:
    """Return the addresses; the parts that they are made of are known by then."""
    return [
        path("jobs/<code:code>/screening/", screening.screenings, name="screenings"),
        path(
            "jobs/<code:code>/screening/list/",
            screening.screen_list,
            name="screen_list",
        ),
        path(
            "jobs/<code:code>/screening/<uuid:screening_id>/",
            screening.screening,
            name="screening",
        ),
        path(
            "jobs/<code:code>/screening/<uuid:screening_id>/decide/",
            screening.decide_person,
            name="screening_decide",
        ),
        path(
            "jobs/<code:code>/screening/<uuid:screening_id>/undo/",
            screening.undo_person,
            name="screening_undo",
        ),
        path(
            "jobs/<code:code>/screening/<uuid:screening_id>/note/",
            screening_notes.note_person,
            name="screening_note",
        ),
        path(
            "jobs/<code:code>/screening/<uuid:screening_id>/summary/",
            screening_summary.summary,
            name="screening_summary",
        ),
        path(
            "jobs/<code:code>/screening/<uuid:screening_id>/undecided/",
            screening_summary.screen_undecided,
            name="screen_undecided",
        ),
        path("jobs/<code:code>/shortlist/", shortlist.shortlist, name="shortlist"),
        path(
            "jobs/<code:code>/shortlist/print/",
            shortlist.shortlist_print,
            name="shortlist_print",
        ),
        path(
            "jobs/<code:code>/shortlist.csv",
            shortlist.shortlist_file,
            {"ending": "csv"},
            name="shortlist_csv",
        ),
        path(
            "jobs/<code:code>/shortlist.xlsx",
            shortlist.shortlist_file,
            {"ending": "xlsx"},
            name="shortlist_xlsx",
        ),
        path("jobs/<code:code>/compare/", shortlist.compare, name="compare"),
        path(
            "applications/<uuid:application_id>/review/",
            shortlist.review,
            name="review",
        ),
    ]
