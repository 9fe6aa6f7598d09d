"""Notes on people and jobs."""

from django.urls import path

from recruit.api.routes import CHANGED_ROW, COLLECTION
from recruit.api.views.notes import Notes

routes = [
    path("v1/notes", Notes.as_view(COLLECTION), name="notes"),
    path("v1/notes/<uuid:pk>", Notes.as_view(CHANGED_ROW), name="note"),
]
