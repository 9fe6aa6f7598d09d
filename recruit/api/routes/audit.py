"""The audit log."""

from django.urls import path

from recruit.api.routes import READ_COLLECTION
from recruit.api.views.audit import AuditLog

routes = [
    path("v1/audit_log", AuditLog.as_view(READ_COLLECTION), name="audit_log"),
    path(
        "v1/audit_log/export",
        AuditLog.as_view({"get": "export"}),
        name="audit_log_export",
    ),
]
