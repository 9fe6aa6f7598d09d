"""Candidates, and the jobs that fit them."""

from django.urls import path

from recruit.api.routes import CHANGED_BY_EXTERNAL_ID, COLLECTION, ROW
from recruit.api.views.candidates import Candidates
from recruit.api.views.matches import RankedJobs
from recruit.api.views.search import SimilarCandidates

routes = [
    path(
        "v1/candidates/by_external_id",
        Candidates.as_view(CHANGED_BY_EXTERNAL_ID),
        name="candidate_by_external_id",
    ),
    path("v1/candidates", Candidates.as_view(COLLECTION), name="candidates"),
    path("v1/candidates/<uuid:pk>", Candidates.as_view(ROW), name="candidate"),
    path(
        "v1/candidates/<uuid:pk>/jobs",
        RankedJobs.as_view({"get": "jobs"}),
        name="candidate_jobs",
    ),
    path(
        "v1/candidates/<uuid:pk>/similar",
        SimilarCandidates.as_view({"get": "similar"}),
        name="candidate_similar",
    ),
]
