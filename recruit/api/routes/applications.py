"""Applications and their moves."""

from django.urls import path

from recruit.api.routes import BY_EXTERNAL_ID, COLLECTION, READ_COLLECTION, READ_ROW
from recruit.api.views.applications import Applications, DispositionReasons

MOVES = ("move", "reject", "withdraw", "hire", "undo")

routes = [
    path(
        "v1/applications/by_external_id",
        Applications.as_view(BY_EXTERNAL_ID),
        name="application_by_external_id",
    ),
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
]
