"""Addresses below /api/v1/; a slash at the end is taken off before."""

from typing import Any

from django.urls import path, re_path

from recruit.api.views.applications import Applications, DispositionReasons
from recruit.api.views.base import UnknownAddress
from recruit.api.views.candidates import Candidates
from recruit.api.views.documentation import Documentation, Schema
from recruit.api.views.jobs import Jobs
from recruit.api.views.matches import RankedCandidates, RankedJobs
from recruit.api.views.search import Search, SimilarCandidates
from recruit.api.views.similarity import Similarity
from recruit.api.views.skills import Skills

app_name = "api"

Actions = dict[str, Any]  # HTTP method -> action of a view

COLLECTION: Actions = {"get": "list", "post": "create"}
ROW: Actions = {"get": "retrieve", "put": "update", "patch": "partial_update"}
READ_COLLECTION: Actions = {"get": "list"}
READ_ROW: Actions = {"get": "retrieve"}
MOVES = ("move", "reject", "withdraw", "hire", "undo")

urlpatterns = [
    path("v1/schema", Schema.as_view(), name="schema"),
    path("v1/docs", Documentation.as_view(), name="docs"),
    path("v1/jobs", Jobs.as_view(COLLECTION), name="jobs"),
    path("v1/jobs/<uuid:pk>", Jobs.as_view(ROW), name="job"),
    path(
        "v1/jobs/<uuid:pk>/matches",
        RankedCandidates.as_view({"get": "matches"}),
        name="job_matches",
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
    path("v1/search", Search.as_view({"get": "search"}), name="search"),
    path("v1/similarity", Similarity.as_view({"post": "compare"}), name="similarity"),
    path("v1/skills", Skills.as_view(READ_COLLECTION), name="skills"),
    path("v1/skills/<uuid:pk>", Skills.as_view(READ_ROW), name="skill"),
    path("v1/applications", Applications.as_view(COLLECTION), name="applications"),
    path(
        "v1/applications/<uuid:pk>", Applications.as_view(READ_ROW), name="application"
    ),
    *(
        path(
            f"v1/applications/<uuid:pk>/{move}",
            Applications.as_view({"post": move}),
            name=f"application_{move}",
        )
        for move in MOVES
    ),
    path(
        "v1/disposition_reasons",
        DispositionReasons.as_view(READ_COLLECTION),
        name="disposition_reasons",
    ),
    path(
        "v1/disposition_reasons/<uuid:pk>",
        DispositionReasons.as_view(READ_ROW),
        name="disposition_reason",
    ),
    re_path("", UnknownAddress.as_view(), name="unknown"),
]
