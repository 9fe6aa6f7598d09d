"""The vocabulary of tags, and the tags of people and jobs."""

from django.urls import path

from recruit.api.routes import CHANGED_ROW, COLLECTION, Actions
from recruit.api.views.tags import CandidateTags, JobTags, Tags

GIVEN: Actions = {"put": "update", "delete": "destroy"}

routes = [
    path("v1/tags", Tags.as_view(COLLECTION), name="tags"),
    path("v1/tags/<uuid:pk>", Tags.as_view(CHANGED_ROW), name="tag"),
    path("v1/tags/<uuid:pk>/merge", Tags.as_view({"post": "merge"}), name="tag_merge"),
    path(
        "v1/candidates/<uuid:pk>/tags",
        CandidateTags.as_view(COLLECTION),
        name="candidate_tags",
    ),
    path(
        "v1/candidates/<uuid:pk>/tags/<uuid:tag_id>",
        CandidateTags.as_view(GIVEN),
        name="candidate_tag",
    ),
    path("v1/jobs/<uuid:pk>/tags", JobTags.as_view(COLLECTION), name="job_tags"),
    path(
        "v1/jobs/<uuid:pk>/tags/<uuid:tag_id>", JobTags.as_view(GIVEN), name="job_tag"
    ),
]
