"""Many rows at once."""

from django.urls import path

from recruit.api.routes import COLLECTION, READ_COLLECTION, READ_ROW
from recruit.api.views.imports import ImportRows, Imports

ACTIONS = ("start", "cancel", "resume")

routes = [
    path("v1/imports", Imports.as_view(COLLECTION), name="imports"),
    path("v1/imports/<uuid:pk>", Imports.as_view(READ_ROW), name="import"),
    path(
        "v1/imports/<uuid:pk>/rows",
        ImportRows.as_view(READ_COLLECTION),
        name="import_rows",
    ),
    *(
        path(
            f"v1/imports/<uuid:pk>/{action}",
            Imports.as_view({"post": action}),
            name=f"import_{action}",
        )
        for action in ACTIONS
    ),
]
