"""Jobs, and who fits them."""

from django.urls import path

from recruit.api.routes import CHANGED_BY_EXTERNAL_ID, COLLECTION, READ_COLLECTION, ROW
from recruit.api.views.jobs import Jobs
from recruit.api.views.matches import RankedCandidates
from recruit.api.views.stages import Stages

routes = [
    path(
        "v1/jobs/by_external_id",
        Jobs.as_view(CHANGED_BY_EXTERNAL_ID),
        name="job_by_external_id",
    ),
    path("v1/jobs", Jobs.as_view(COLLECTION), name="jobs"),
    path("v1/jobs/<uuid:pk>", Jobs.as_view(ROW), name="job"),
    path(
        "v1/jobs/<uuid:pk>/matches",
        RankedCandidates.as_view({"get": "matches"}),
        name="job_matches",
    ),
    path(
        "v1/jobs/<uuid:pk>/stages",
        Stages.as_view(READ_COLLECTION),
        name="job_stages",
    ),
]
