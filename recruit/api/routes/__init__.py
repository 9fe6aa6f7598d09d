"""Addresses below /api/v1, one module for each kind of resource."""

from typing import Any

Actions = dict[str, Any]  # HTTP method -> action of a view

COLLECTION: Actions = {"get": "list", "post": "create"}
ROW: Actions = {"get": "retrieve", "put": "update", "patch": "partial_update"}
READ_COLLECTION: Actions = {"get": "list"}
READ_ROW: Actions = {"get": "retrieve"}
# A row of which some fields are for reading alone is changed, not replaced.
CHANGED_ROW: Actions = {
    "get": "retrieve",
    "patch": "partial_update",
    "delete": "destroy",
}
BY_EXTERNAL_ID: Actions = {"get": "look_up", "put": "put_named"}
CHANGED_BY_EXTERNAL_ID: Actions = {**BY_EXTERNAL_ID, "patch": "patch_named"}
WHOLE_ROW: Actions = {**ROW, "delete": "destroy"}
