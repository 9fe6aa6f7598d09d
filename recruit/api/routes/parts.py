"""Rows of profiles and of jobs, one by one."""

from typing import Any

from django.urls import path

from recruit.api.routes import COLLECTION, READ_COLLECTION, READ_ROW, WHOLE_ROW
from recruit.api.views.documents import Documents, Downloads
from recruit.api.views.parts import (
    CandidateEducation,
    CandidateExperience,
    CandidateLanguages,
    CandidateSkills,
    PartRows,
)
from recruit.api.views.requirements import CriteriaVersions, Requirements

PARTS: dict[str, type[PartRows[Any]]] = {
    "skills": CandidateSkills,
    "experience": CandidateExperience,
    "education": CandidateEducation,
    "languages": CandidateLanguages,
    "documents": Documents,
}

routes = [
    *(
        path(
            f"v1/candidates/<uuid:pk>/{name}",
            view.as_view(COLLECTION),
            name=f"candidate_{name}",
        )
        for name, view in PARTS.items()
    ),
    *(
        path(
            f"v1/candidates/<uuid:pk>/{name}/<uuid:part_id>",
            view.as_view(WHOLE_ROW),
            name=f"candidate_{name}_row",
        )
        for name, view in PARTS.items()
    ),
    path(
        "v1/candidates/<uuid:pk>/documents/<uuid:part_id>/download",
        Documents.as_view({"get": "download"}),
        name="candidate_document_download",
    ),
    path("v1/downloads/<str:word>", Downloads.as_view(), name="download"),
    path(
        "v1/jobs/<uuid:pk>/requirements",
        Requirements.as_view(COLLECTION),
        name="job_requirements",
    ),
    path(
        "v1/jobs/<uuid:pk>/requirements/<uuid:part_id>",
        Requirements.as_view(WHOLE_ROW),
        name="job_requirement",
    ),
    path(
        "v1/jobs/<uuid:pk>/criteria_versions",
        CriteriaVersions.as_view(READ_COLLECTION),
        name="job_criteria_versions",
    ),
    path(
        "v1/jobs/<uuid:pk>/criteria_versions/<uuid:part_id>",
        CriteriaVersions.as_view(READ_ROW),
        name="job_criteria_version",
    ),
]
