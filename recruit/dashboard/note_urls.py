"""Addresses of timelines, notes, mentions and tags."""

from django.urls import URLPattern, path

from recruit.dashboard.views import activity, notes, tags


def note_urls() -> list[URLPattern]:
    """Return the addresses; the converter of requisition codes is registered before."""
    return [
        path("jobs/<code:code>/activity/", activity.of_job, name="job_activity"),
        path("jobs/<code:code>/tags/", tags.of_job, name="job_tags"),
        path(
            "candidates/<uuid:candidate_id>/activity/",
            activity.of_candidate,
            name="candidate_activity",
        ),
        path(
            "candidates/<uuid:candidate_id>/tags/",
            tags.of_candidate,
            name="candidate_tags",
        ),
        path("notes/<uuid:note_id>/", notes.note, name="note"),
        path("notes/<uuid:note_id>/delete/", notes.delete, name="note_delete"),
        path("mentions/", notes.mentions, name="mentions"),
        path("colleagues/suggest/", notes.suggest_colleagues, name="colleague_suggest"),
        path("tags/suggest/", tags.suggest, name="tag_suggest"),
    ]
