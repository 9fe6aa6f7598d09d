"""Addresses of screening, comparing and the shortlist of a job."""

from django.urls import URLPattern, path

from recruit.dashboard.views import screening


def screening_urls() -> list[URLPattern]:
    """Return the addresses; the parts that they are made of are known by then."""
    return [
        path("jobs/<code:code>/screening/", screening.screenings, name="screenings"),
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
    ]
