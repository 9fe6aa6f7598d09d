"""Addresses below /api/v1/; a slash at the end is taken off before."""

from django.urls import re_path

from recruit.api.routes import (
    applications,
    audit,
    candidates,
    documentation,
    imports,
    jobs,
    notes,
    parts,
    tags,
    talent,
    texts,
    users,
    webhooks,
)
from recruit.api.views.base import UnknownAddress

app_name = "api"

urlpatterns = [
    *documentation.routes,
    *jobs.routes,
    *candidates.routes,
    *texts.routes,
    *applications.routes,
    *webhooks.routes,
    *notes.routes,
    *tags.routes,
    *talent.routes,
    *users.routes,
    *imports.routes,
    *audit.routes,
    *parts.routes,
    re_path("", UnknownAddress.as_view(), name="unknown"),
]
