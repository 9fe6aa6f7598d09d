"""Where each part of the site answers."""

from django.contrib import admin
from django.urls import include, path

from recruit.accounts.views import email_addresses
from recruit.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/email/", email_addresses),
    path("accounts/", include("allauth.urls")),
    path("api/", include("recruit.api.urls")),
    path("", include("recruit.dashboard.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "recruit.api.handlers.bad_request"
handler403 = "recruit.api.handlers.forbidden"
handler404 = "recruit.api.handlers.not_found"
handler500 = "recruit.api.handlers.server_error"
